import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keysFileWarning, resolveKey, storedKeys, storeKey } from "./keys-file.ts";
import { runKeyCommand } from "./run-key-command.ts";

let home: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "d0ttino-keys-"));
  file = join(home, "keys.json");
  vi.stubEnv("D0TTINO_HOME", home);
  vi.stubEnv("SERVICE_API_KEY", "");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("the keys file", () => {
  it("can be read by its owner only, and keeps the other keys", () => {
    storeKey("one", "sk-1");
    storeKey("two", "sk-2");
    storeKey("one", undefined);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ two: "sk-2" });
    expect(keysFileWarning()).toBeUndefined();
  });

  it("is warned of when others can read it", () => {
    storeKey("one", "sk-1");
    chmodSync(file, 0o644);
    expect(keysFileWarning()).toContain(`chmod 600 ${file}`);
  });

  it.each(['{"one": sk-very-secret}', '{"one": "sk-very-secret"', '["sk-very-secret"]', '{"one": 5}'])(
    "is refused without a word of what it holds: %s",
    (text) => {
      writeFileSync(file, text);
      const error = (() => {
        try {
          return storedKeys();
        } catch (thrown) {
          return thrown as Error;
        }
      })();
      expect(error).toMatchObject({ code: "bad-config", message: expect.stringContaining(file) });
      expect((error as Error).message).not.toContain("secret");
    },
  );

  it("is not trusted with names of object properties", async () => {
    expect(await resolveKey("constructor", undefined)).toBeUndefined();
    expect(await resolveKey("__proto__", undefined)).toBeUndefined();
  });
});

describe("resolveKey", () => {
  it("takes the backend's variable before what is stored", async () => {
    storeKey("service", "stored");
    expect(await resolveKey("service", "SERVICE_API_KEY")).toBe("stored");
    vi.stubEnv("SERVICE_API_KEY", " from-variable ");
    expect(await resolveKey("service", "SERVICE_API_KEY")).toBe("from-variable");
  });

  it("follows env: to a variable, and says which is not set", async () => {
    storeKey("service", "env:OTHER_KEY");
    await expect(resolveKey("service", undefined)).rejects.toThrow(
      "The key of service is in the variable OTHER_KEY, which is not set.",
    );
    vi.stubEnv("OTHER_KEY", "there");
    expect(await resolveKey("service", undefined)).toBe("there");
  });

  it("runs a command and takes the first line it prints", async () => {
    storeKey("service", "!printf 'from command\\nsecond line\\n'; echo noise >&2");
    expect(await resolveKey("service", undefined)).toBe("from command");
  });

  it("resolves nothing for another backend", async () => {
    const witness = join(home, "ran");
    storeKey("service", `!touch ${witness}`);
    expect(await resolveKey("other", undefined)).toBeUndefined();
    expect(statSync(witness, { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each([
    ["exit 3", "The command for the key of service failed with exit code 3."],
    ["true", "The command for the key of service printed nothing."],
    ["echo secret; exit 1", "The command for the key of service failed with exit code 1."],
    ["no-such-command-here", "The command for the key of service failed with exit code 127."],
  ])("tells of a command that gives no key: %s", async (command, message) => {
    await expect(runKeyCommand("service", command)).rejects.toMatchObject({ code: "bad-config", message });
  });

  it("gives up on a command that hangs", async () => {
    await expect(runKeyCommand("service", "sleep 30; echo late", 50)).rejects.toThrow(
      "did not end within 0.05 seconds",
    );
  });
});

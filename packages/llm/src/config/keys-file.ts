import { statSync } from "node:fs";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { directories } from "./directories.ts";
import { variable } from "./environment.ts";
import { readJson } from "./read-json.ts";
import { withLock } from "./with-lock.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

/** What a stored key is: the key itself, the name of a variable (`env:NAME`), or a command that prints it (`!command`). */
export type KeySource = "literal" | "variable" | "command";

/** Tells the source of a stored key by its first characters. */
export function keySource(stored: string): KeySource {
  if (stored.startsWith("env:")) return "variable";
  return stored.startsWith("!") ? "command" : "literal";
}

/**
 * The stored keys by backend name, unresolved.
 * @throws D0ttinoError `bad-config`, naming file and line and never a key
 */
export function storedKeys(file: string = directories().keysFile): ReadonlyMap<string, string> {
  let value: unknown;
  try {
    value = readJson(file) ?? {};
  } catch (error) {
    throw new D0ttinoError("bad-config", `The keys file cannot be read: ${messageOf(error)}`, {
      hint: "Correct that line, or move the file away and set the keys again.",
    });
  }
  const isValid =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText);
  if (!isValid) {
    throw new D0ttinoError("bad-config", `The keys file ${file} is not an object of texts.`, {
      hint: "Correct it, or move it away and set the keys again.",
    });
  }
  return new Map(Object.entries(value as Record<string, string>));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Stores a key, or removes it when there is none; only the owner can read the file. */
export function storeKey(name: string, stored: string | undefined, file: string = directories().keysFile): void {
  withLock(() => {
    const keys = new Map(storedKeys(file));
    if (stored === undefined) keys.delete(name);
    else keys.set(name, stored);
    writeFileAtomic(file, `${JSON.stringify(Object.fromEntries(keys), null, 2)}\n`, 0o600);
  });
}

/** Warns when others on this machine can read the keys; undefined when not, or when there is no file. */
export function keysFileWarning(file: string = directories().keysFile): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || process.platform === "win32" || (found.mode & 0o077) === 0) return undefined;
  return `Others on this machine can read your keys. Run: chmod 600 ${file}`;
}

let isWarned = false;

/**
 * The API key of a backend: the variable's value, else what is stored for the backend, resolved now.
 * @param variableName the variable that holds it, where the backend has one
 * @returns undefined when there is none
 * @throws D0ttinoError `bad-config` when what is stored gives no key
 */
export async function resolveKey(backend: string, variableName: string | undefined): Promise<string | undefined> {
  const set = variableName === undefined ? undefined : variable(variableName)?.trim();
  if (set !== undefined && set !== "") return set;
  const stored = storedKeys().get(backend);
  if (stored === undefined) return undefined;
  const warning = keysFileWarning();
  if (warning !== undefined && !isWarned) {
    isWarned = true;
    process.emitWarning(warning, "D0ttinoKeysWarning");
  }
  return resolveStored(backend, stored);
}

async function resolveStored(backend: string, stored: string): Promise<string> {
  const source = keySource(stored);
  if (source === "literal") return stored;
  if (source === "command") {
    const { runKeyCommand } = await import("./run-key-command.ts");
    return runKeyCommand(backend, stored.slice(1));
  }
  const name = stored.slice("env:".length);
  const value = variable(name)?.trim();
  if (value !== undefined && value !== "") return value;
  throw new D0ttinoError("bad-config", `The key of ${backend} is in the variable ${name}, which is not set.`, {
    hint: `Set ${name}, or store the key: ai-cli keys set ${backend}`,
  });
}

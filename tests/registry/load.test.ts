import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadRegistry, type RegistryOptions } from "../../packages/ai-cli/src/manager/registry/load-registry.ts";
import { startFaultServer, type AnswerCall, type FaultServer } from "../support/fault-server.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SHIPPED = resolve(import.meta.dirname, "../../plugin-registry.json");
const NEVER = new URL("http://127.0.0.1:9/never.json").href;
const INSTEAD_SHIPPED = "The copy that came with ai-cli is used instead.";

let home: string;
beforeEach(() => {
  home = tempFolder("home");
  vi.stubEnv("D0TTINO_HOME", home);
  vi.stubEnv("PLUGIN_REGISTRY_URL", NEVER);
  vi.stubEnv("PLUGIN_REGISTRY_TTL", "");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

interface Loaded {
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

async function load(options: Partial<RegistryOptions> = {}): Promise<Loaded> {
  const warnings: string[] = [];
  const registry = await loadRegistry({
    shipped: SHIPPED,
    timeouts: { head: 20_000, total: 20_000 },
    onWarning: (line) => warnings.push(line.replaceAll(/127\.0\.0\.1:\d+/g, "HOST")),
    ...options,
  });
  return { names: registry.entries.map(({ name }) => name), warnings };
}

/** Makes a server the registry. Without an answer of its own it serves one backend whose name tells the request. */
async function serve(
  answer: AnswerCall = (response, _call, at) => response.writeHead(200, { etag: `"v${at}"` }).end(registryOf(`n${at}`)),
): Promise<FaultServer> {
  const server = await startFaultServer(answer);
  vi.stubEnv("PLUGIN_REGISTRY_URL", server.url);
  return server;
}

function registryOf(name: string): string {
  return `{"ecosystem": "npm",\n\t"plugins": {"${name}": "x"}}\r\n`;
}

function cacheFile(name: "plugin_registry.json" | "plugin_registry.meta.json"): string {
  return join(home, "cache", name);
}

function readMeta(): Record<string, unknown> {
  return JSON.parse(readFileSync(cacheFile("plugin_registry.meta.json"), "utf8")) as Record<string, unknown>;
}

/** Makes what is kept look as if it had been fetched so many milliseconds ago. */
function age(milliseconds: number): void {
  const fetchedAt = new Date(Date.now() - milliseconds).toISOString();
  writeFileSync(cacheFile("plugin_registry.meta.json"), JSON.stringify({ ...readMeta(), fetchedAt }));
}

const HOUR = 60 * 60 * 1000;

describe("the cache", () => {
  it("keeps what came, as it came, and is used for a day", async () => {
    const server = await serve();
    expect(await load()).toEqual({ names: ["n0"], warnings: [] });
    expect(readFileSync(cacheFile("plugin_registry.json"), "utf8")).toBe(registryOf("n0"));
    expect(readMeta()).toEqual({
      url: server.url,
      etag: '"v0"',
      fetchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(readdirSync(join(home, "cache")).toSorted()).toEqual(["plugin_registry.json", "plugin_registry.meta.json"]);
    age(23 * HOUR);
    expect(await load()).toEqual({ names: ["n0"], warnings: [] });
    expect(server.calls).toHaveLength(1);
  });

  it("lies where XDG has caches", async () => {
    const cache = tempFolder("xdg");
    vi.stubEnv("D0TTINO_HOME", "");
    vi.stubEnv("XDG_CACHE_HOME", cache);
    await serve();
    await load();
    expect(readFileSync(join(cache, "d0ttino/plugin_registry.json"), "utf8")).toBe(registryOf("n0"));
  });

  it.each([
    ["after a day", () => age(24 * HOUR + 1)],
    ["when the clock ran ahead as it was fetched", () => age(-HOUR)],
    ["when PLUGIN_REGISTRY_TTL is over", () => (age(2000), vi.stubEnv("PLUGIN_REGISTRY_TTL", "1"))],
    ["when PLUGIN_REGISTRY_TTL is 0", () => vi.stubEnv("PLUGIN_REGISTRY_TTL", "0")],
  ])("is renewed %s", async (_when, change) => {
    const server = await serve();
    await load();
    change();
    expect(await load()).toEqual({ names: ["n1"], warnings: [] });
    expect(server.calls.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"v0"']);
    expect(readMeta()["etag"]).toBe('"v1"');
  });

  it("is used for longer when PLUGIN_REGISTRY_TTL says so", async () => {
    const server = await serve();
    await load();
    age(48 * HOUR);
    vi.stubEnv("PLUGIN_REGISTRY_TTL", "1000000");
    expect((await load()).names).toEqual(["n0"]);
    expect(server.calls).toHaveLength(1);
  });

  it("is renewed with --update, and is young again when nothing changed", async () => {
    const server = await serve((response, { headers }) =>
      headers["if-none-match"] === '"v"'
        ? response.writeHead(304).end()
        : response.writeHead(200, { etag: '"v"' }).end(registryOf("same")),
    );
    await load();
    age(48 * HOUR);
    expect(await load({ update: true })).toEqual({ names: ["same"], warnings: [] });
    expect(server.calls).toHaveLength(2);
    expect(readMeta()["etag"]).toBe('"v"');
    await load();
    expect(server.calls).toHaveLength(2);
    await load({ update: true });
    expect(server.calls).toHaveLength(3);
  });

  it("is none for another address", async () => {
    const first = await serve();
    await load();
    vi.stubEnv("PLUGIN_REGISTRY_URL", `${first.url}?other`);
    expect((await load()).names).toEqual(["n1"]);
    expect(first.calls[1]?.headers).not.toHaveProperty("if-none-match");
    await serve((response) => response.writeHead(500).end());
    expect(await load()).toMatchObject({
      names: expect.arrayContaining(["openrouter"]),
      warnings: [expect.anything()],
    });
  });

  it.each([
    ["the text is torn", () => writeFileSync(cacheFile("plugin_registry.json"), registryOf("n0").slice(0, 20))],
    ["the text is of another fetch", () => writeFileSync(cacheFile("plugin_registry.json"), registryOf("n9"))],
    ["the text is empty", () => writeFileSync(cacheFile("plugin_registry.json"), "")],
    ["the note is torn", () => writeFileSync(cacheFile("plugin_registry.meta.json"), '{"url": "h')],
    ["the note is empty", () => writeFileSync(cacheFile("plugin_registry.meta.json"), "")],
    ["the note is no object", () => writeFileSync(cacheFile("plugin_registry.meta.json"), "null")],
    ["the note says no time", () => note({ fetchedAt: "yesterday" })],
    ["the note says no hash", () => note({ sha256: undefined })],
  ])("is none when %s", async (_what, damage) => {
    const server = await serve();
    await load();
    damage();
    expect(await load()).toEqual({ names: ["n1"], warnings: [] });
    expect(server.calls[1]?.headers).not.toHaveProperty("if-none-match");
    expect(await load()).toEqual({ names: ["n1"], warnings: [] });
  });

  it("is none when what an older program kept is not valid by the rules of today", async () => {
    const server = await serve();
    await load();
    const text = '{"plugins": {"a": "git+ssh://x"}}';
    writeFileSync(cacheFile("plugin_registry.json"), text);
    note({ sha256: createHash("sha256").update(text).digest("hex") });
    expect(await load()).toEqual({ names: ["n1"], warnings: [] });
    expect(server.calls[1]?.headers).not.toHaveProperty("if-none-match");
  });

  it("asks for the whole when the version that is noted makes no header", async () => {
    const server = await serve();
    await load();
    note({ etag: '"a"\r\nx-evil: 1' });
    expect((await load({ update: true })).names).toEqual(["n1"]);
    expect(server.calls[1]?.headers).not.toHaveProperty("if-none-match");
  });

  it("warns when it cannot be written, and gives the registry", async () => {
    writeFileSync(join(home, "cache"), "a file in place of the folder");
    await serve();
    expect(await load()).toEqual({
      names: ["n0"],
      warnings: [expect.stringMatching(/^The plug-in registry cannot be kept for the next time: .*\.$/)],
    });
  });
});

function note(change: Record<string, unknown>): void {
  writeFileSync(cacheFile("plugin_registry.meta.json"), JSON.stringify({ ...readMeta(), ...change }));
}

const FAULTS: [string, AnswerCall, string][] = [
  ["404", (response) => response.writeHead(404).end(), "cannot be fetched: HOST has no such file (HTTP 404)."],
  ["401", (response) => response.writeHead(401).end(), "cannot be fetched: HOST does not give it without a login"],
  ["500", (response) => response.writeHead(500).end(), "cannot be fetched: HOST answered with an error of its own"],
  [
    "a reset",
    (response) => response.socket?.resetAndDestroy(),
    "cannot be fetched: the connection was closed by HOST.",
  ],
  ["a web page", (response) => response.end("<html>"), "cannot be fetched: HOST sends a web page"],
  [
    "a wrong form",
    (response) => response.end('{\n"plugins": []}'),
    'cannot be used, line 2 is not valid: "plugins" is',
  ],
  ["half a file", (response) => response.end('{"plugins": {'), "cannot be used, line 1 is not valid: this is not JSON"],
  [
    "a hostile entry",
    (response) => response.end('{"plugins": {"good": "x",\n"a": "y@npm:z", "b": "../x"}}'),
    'cannot be used, line 2 is not valid: "y@npm:z", the package of "a", has no version, range or tag that npm knows, and 1 more.',
  ],
];

describe("one step down is one warning", () => {
  it.each(FAULTS)("to the stale copy after %s", async (_what, answer, why) => {
    const server = await serve((response, call, at) =>
      at === 0 ? response.end(registryOf("old")) : answer(response, call, at),
    );
    await load();
    age(48 * HOUR);
    const before = [readFileSync(cacheFile("plugin_registry.json"), "utf8"), readMeta()];
    const { names, warnings } = await load();
    expect([names, warnings]).toEqual([["old"], [expect.stringContaining(`registry http://HOST/v1 ${why}`)]]);
    expect(warnings[0]).toMatch(/^[^\n]* The copy of \d{4}-\d\d-\d\d is used instead\.$/);
    expect([readFileSync(cacheFile("plugin_registry.json"), "utf8"), readMeta()]).toEqual(before);
    expect(server.calls).toHaveLength(2);
  });

  it.each(FAULTS)("to the shipped copy after %s", async (_what, answer, why) => {
    await serve(answer);
    const { names, warnings } = await load();
    expect(names).toContain("openrouter");
    expect(warnings).toEqual([expect.stringContaining(`registry http://HOST/v1 ${why}`)]);
    expect(warnings[0]?.endsWith(INSTEAD_SHIPPED)).toBe(true);
    expect(() => readdirSync(join(home, "cache"))).toThrow("ENOENT");
  });

  it("to the shipped copy when nobody answers in time", async () => {
    await serve(() => {});
    const { warnings } = await load({ timeouts: { head: 50, total: 20_000 } });
    expect(warnings).toEqual([
      `The plug-in registry http://HOST/v1 cannot be fetched: no answer from HOST within 0.05 seconds. ${INSTEAD_SHIPPED}`,
    ]);
  });

  it("shows no secret of the address", async () => {
    const server = await serve((response) => response.writeHead(404).end());
    vi.stubEnv("PLUGIN_REGISTRY_URL", `${server.url}?token=hidden`);
    const { warnings } = await load();
    expect(warnings).toEqual([expect.not.stringContaining("hidden")]);
    expect(server.calls[0]?.url).toBe("/v1?token=hidden");
  });

  it("and an error when there is no way further down", async () => {
    await serve((response) => response.writeHead(404).end());
    const broken = join(tempFolder("shipped"), "plugin-registry.json");
    await expect(load({ shipped: broken })).rejects.toMatchObject({
      code: "download-failed",
      message: expect.stringMatching(/HTTP 404.*The copy that came with ai-cli is no help: there is no such file/),
      hint: expect.stringContaining("PLUGIN_REGISTRY_URL"),
    });
    writeFileSync(broken, '{\n"plugins": 1}');
    await expect(load({ shipped: broken })).rejects.toThrow(
      /is no help: line 2 is not valid: "plugins" is not an object/,
    );
  });

  it("but none when the user leaves", async () => {
    const leave = new AbortController();
    await serve(() => leave.abort(new Error("enough")));
    await expect(load({ signal: leave.signal })).rejects.toThrow("enough");
  });
});

describe("the shipped copy", () => {
  it("may have been packed without a folder that it names, and names none outside", async () => {
    const dir = tempFolder("shipped");
    const shipped = join(dir, "plugin-registry.json");
    mkdirSync(join(dir, "here"));
    const plugins = { here: { package: "h", path: "./here" }, gone: { package: "g", path: "./gone" } };
    writeFileSync(shipped, JSON.stringify({ plugins }));
    const registry = await loadRegistry({ shipped, offline: true, onWarning: () => {} });
    expect(registry.entries.map((entry) => entry.dir)).toEqual([join(dir, "here"), undefined]);
    writeFileSync(shipped, JSON.stringify({ plugins: { out: { package: "o", path: ".." } } }));
    await expect(load({ shipped, offline: true })).rejects.toThrow(/leads out of the folder/);
  });
});

describe("offline", () => {
  it("takes what is kept however old, and asks nobody", async () => {
    const server = await serve();
    await load();
    age(1000 * 24 * HOUR);
    expect(await load({ offline: true })).toEqual({ names: ["n0"], warnings: [] });
    expect(await load({ offline: true, update: true })).toEqual({ names: ["n0"], warnings: [] });
    expect(server.calls).toHaveLength(1);
  });

  it("takes the shipped copy when nothing is kept", async () => {
    const server = await serve();
    const { names, warnings } = await load({ offline: true });
    expect(names).toContain("echo");
    expect(warnings).toEqual([
      `The plug-in registry http://HOST/v1 was never fetched, and --offline asks nobody. ${INSTEAD_SHIPPED}`,
    ]);
    expect(server.sockets).toHaveLength(0);
  });
});

describe("wrong settings", () => {
  it("are errors, even where another copy could be had", async () => {
    const server = await serve();
    vi.stubEnv("PLUGIN_REGISTRY_TTL", "soon");
    await expect(load()).rejects.toMatchObject({ code: "bad-config", message: expect.stringContaining('"soon"') });
    vi.stubEnv("PLUGIN_REGISTRY_TTL", "");
    vi.stubEnv("PLUGIN_REGISTRY_URL", "http://registry.invalid/r.json");
    await expect(load()).rejects.toMatchObject({ code: "bad-config" });
    expect(server.sockets).toHaveLength(0);
  });
});

it.skipIf(process.getuid?.() === 0)("takes a cache that may not be read for none", async () => {
  await serve();
  await load();
  chmodSync(cacheFile("plugin_registry.json"), 0);
  expect((await load()).names).toEqual(["n1"]);
});

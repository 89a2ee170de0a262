import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace, type ManagerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage, type PackageSource } from "../support/npm-registry.ts";
import { runCli, type RunResult } from "../support/run-cli.ts";

/** A provider of the AI SDK that answers with its version, its model and what it was created with. */
function providerSource(version: string, more: Readonly<Record<string, unknown>> = {}): PackageSource {
  return {
    name: "fake-provider",
    version,
    type: "module",
    exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.js" } },
    files: {
      "dist/index.js": `
const model = (modelId, settings) => ({
  specificationVersion: "v3",
  provider: "fake.chat",
  modelId,
  doStream: async () => ({
    stream: ReadableStream.from([
      { type: "text-delta", id: "1", delta: \`${version} \${modelId} \${JSON.stringify(settings)}\` },
      { type: "finish", finishReason: { unified: "stop" }, usage: {} },
    ]),
  }),
});
export const createOther = (settings) => ({ languageModel: (id) => model("other/" + id, settings) });
export const createFake = (settings) => Object.assign((id) => model(id, settings), { languageModel: (id) => model(id, settings) });
`,
    },
    ...more,
  };
}

const FAKE = {
  package: "fake-provider",
  version: "1.0.0",
  adapter: "ai-sdk",
  export: "createFake",
  apiKeyEnv: "FAKE_KEY",
  defaultModel: "small",
};

const KEY = { FAKE_KEY: "k1" };

/** A place whose registry of plug-ins can be changed, and what a backend says with a key. */
async function place(plugins: Readonly<Record<string, unknown>>): Promise<
  ManagerPlace & {
    change(plugins: Readonly<Record<string, unknown>>): void;
    send(...args: string[]): Promise<RunResult>;
  }
> {
  const found = await managerPlace(plugins);
  return {
    ...found,
    change: (now) => writeFileSync(found.registryFile, JSON.stringify({ ecosystem: "npm", plugins: now, recipes: {} })),
    send: (...args) => runCli(["send", ...args, "hi"], { home: found.home, env: KEY }),
  };
}

function entriesOf(home: string): unknown {
  const current = readFileSync(join(home, "plugins/current"), "utf8").trim();
  const index = JSON.parse(readFileSync(join(home, "plugins/generations", current, "index.json"), "utf8")) as {
    packages: { name: string; entries: unknown }[];
  };
  return index.packages.find(({ name }) => name === "fake-provider")?.entries;
}

describe("a provider of the AI SDK", () => {
  it("is installed by its name in the registry, answers with key and default model, and is removed", async () => {
    const { registry, run, send, home } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    expect(await run("plugins", "install", "fake")).toMatchObject({
      code: 0,
      stdout: "",
      stderr:
        "fake-provider 1.0.0 is installed (fake). " +
        "fake needs a key: set FAKE_KEY, or store it with ai-cli keys set fake.\n",
    });
    expect(entriesOf(home)).toEqual([
      {
        group: "llm.plugins",
        name: "fake",
        file: "dist/index.js",
        export: "createFake",
        adapter: "ai-sdk",
        apiKeyEnv: "FAKE_KEY",
        defaultModel: "small",
      },
    ]);
    expect(await send("-b", "fake")).toMatchObject({ code: 0, stdout: '1.0.0 small {"apiKey":"k1"}\n', stderr: "" });
    expect((await send("-m", "fake/large")).stdout).toBe('1.0.0 large {"apiKey":"k1"}\n');
    expect((await run("backends")).stdout).toMatch(/^fake +installed +fake-provider +1\.0\.0 +the plug-in home$/m);
    expect((await run("models", "fake")).stdout).toBe("fake/small  (default)\n");
    expect((await run("plugins", "remove", "fake")).stderr).toBe("fake-provider 1.0.0 is removed.\n");
    expect((await send("-b", "fake")).stderr).toContain('There is no backend "fake"');
  });

  it("answers again when doctor has made the index anew, which alone says what it brings", async () => {
    const { registry, run, send, home } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake");
    const current = readFileSync(join(home, "plugins/current"), "utf8").trim();
    writeFileSync(join(home, "plugins/generations", current, "index.json"), "torn");
    expect((await run("plugins", "doctor")).code).toBe(1);
    expect((await run("plugins", "doctor", "--fix")).stdout).toMatch(
      /^mended {3}The index was made anew: fake-provider/m,
    );
    expect((await run("plugins", "doctor")).code).toBe(0);
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
  });

  it("goes to the registry's version with update, and back with rollback", async () => {
    const { registry, run, send, change, home } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    registry.publish(providerSource("2.0.0", { exports: "./dist/index.js" }));
    await run("plugins", "install", "fake");
    change({ fake: { ...FAKE, version: "2.0.0", defaultModel: "newer" } });
    expect((await run("plugins", "outdated")).stdout).toMatch(/^fake +backend +outdated +1\.0\.0/m);
    expect((await run("plugins", "update")).stderr).toContain("2.0.0 is installed, in place of 1.0.0 (fake)");
    expect((await send("-b", "fake")).stdout).toBe('2.0.0 newer {"apiKey":"k1"}\n');
    expect((await run("plugins", "outdated", "--json")).stdout).toBe("[]\n");
    expect((await run("plugins", "rollback")).code).toBe(0);
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
    expect(leftovers(home)).toEqual([]);
  });

  it("gets what the registry says of it anew, also when its version is the same", async () => {
    const { registry, run, send, change } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake");
    expect((await run("plugins", "update")).stderr).toContain("is installed already");
    change({ fake: { ...FAKE, defaultModel: "newer", export: "createOther" } });
    expect((await run("plugins", "update")).stderr).toContain("fake-provider 1.0.0 is installed (fake)");
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 other/newer {"apiKey":"k1"}\n');
  });

  it("stays a provider when others are installed, linked and removed, and when no registry speaks of it", async () => {
    const { registry, run, send, change } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    registry.publish(backendSource("other", "1.0.0"));
    await run("plugins", "install", "fake");
    await run("plugins", "install", "--yes", "npm:other-plugin");
    await run("plugins", "link", writePackage(backendSource("mine", "1.0.0")));
    await run("plugins", "remove", "other");
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
    change({});
    expect((await run("plugins", "update")).code).toBe(0);
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
    registry.publish(providerSource("2.0.0"));
    expect((await run("plugins", "install", "--yes", "npm:fake-provider@2")).code).toBe(0);
    expect((await send("-b", "fake")).stdout).toBe('2.0.0 small {"apiKey":"k1"}\n');
  });

  it("can stand in the registry under two names, of which update takes the installed one", async () => {
    const other = { ...FAKE, export: "createOther" };
    const { registry, run, send, change } = await place({ another: other, fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    registry.publish(providerSource("2.0.0"));
    await run("plugins", "install", "fake");
    change({ another: { ...other, version: "2.0.0" }, fake: { ...FAKE, version: "2.0.0" } });
    await run("plugins", "update");
    expect((await send("-b", "fake")).stdout).toBe('2.0.0 small {"apiKey":"k1"}\n');
    expect((await send("-b", "another")).stderr).toContain('There is no backend "another"');
    expect((await run("plugins", "install", "another")).stderr).toContain("(fake, another)");
    expect((await send("-b", "another")).stdout).toBe('2.0.0 other/small {"apiKey":"k1"}\n');
    expect((await send("-b", "fake")).stdout).toBe('2.0.0 small {"apiKey":"k1"}\n');
  });

  it("stays for its other name when one is removed, and goes with the last, or by its own name", async () => {
    const { registry, run, send, home } = await place({ fake: FAKE, another: { ...FAKE, export: "createOther" } });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake", "another");
    expect((await run("plugins", "remove", "another", "--dry-run")).stderr).toBe(
      "another would be removed; fake-provider 1.0.0 would stay for fake.\n",
    );
    expect((await run("plugins", "remove", "another")).stderr).toBe(
      "another is removed; fake-provider 1.0.0 stays for fake.\n",
    );
    expect((await send("-b", "another")).stderr).toContain('There is no backend "another"');
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
    expect((await run("plugins", "doctor")).code).toBe(0);
    expect((await run("plugins", "remove", "fake")).stderr).toBe("fake-provider 1.0.0 is removed.\n");
    await run("plugins", "install", "fake", "another");
    expect(JSON.parse((await run("plugins", "remove", "fake", "--json")).stdout)).toMatchObject([
      { name: "fake", package: "fake-provider", left: ["another"] },
    ]);
    await run("plugins", "rollback");
    expect((await run("plugins", "remove", "fake-provider")).stderr).toBe("fake-provider 1.0.0 is removed.\n");
    expect(leftovers(home)).toEqual([]);
  });

  it("gets no name by update that nobody asked for, and the settings of all that somebody did", async () => {
    const { registry, run, send, change } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake");
    const another = { ...FAKE, export: "createOther" };
    change({ another });
    expect((await run("plugins", "update", "--dry-run")).stderr).toBe("fake-provider 1.0.0 is installed already.\n");
    expect((await run("plugins", "update")).stderr).toContain("fake-provider 1.0.0 is installed already (fake).");
    await run("plugins", "install", "another");
    change({ another: { ...another, defaultModel: "newer" }, fake: { ...FAKE, defaultModel: "new" } });
    expect((await run("plugins", "update")).stderr).toContain("fake-provider 1.0.0 is installed (fake, another)");
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 new {"apiKey":"k1"}\n');
    expect((await send("-b", "another")).stdout).toBe('1.0.0 other/newer {"apiKey":"k1"}\n');
    expect((await run("plugins", "update")).stderr).toContain("is installed already (fake, another)");
  });

  it("becomes a plug-in when its package is one and the registry says so", async () => {
    const { registry, run, send, change } = await place({ fake: FAKE });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake");
    registry.publish({ ...backendSource("fake", "2.0.0"), name: "fake-provider" });
    change({ fake: { package: "fake-provider", version: "2.0.0" } });
    expect((await run("plugins", "update")).code).toBe(0);
    expect((await send("-b", "fake")).stdout).toBe("fake 2.0.0\n");
  });

  it.each([
    ["no file", providerSource("1.0.0", { files: {} }), "no file that an import would load"],
    ["no export for imports", providerSource("1.0.0", { exports: { require: "./dist/index.js" } }), "no file that an"],
    ["a file outside of it", providerSource("1.0.0", { exports: `${"../".repeat(40)}etc/hosts` }), "is missing"],
    ["TypeScript", providerSource("1.0.0", { exports: "./i.ts", files: { "i.ts": "" } }), "is TypeScript"],
  ])("is refused with %s, and nothing is left behind", async (_what, source, told) => {
    const { registry, run, home } = await place({ fake: FAKE });
    registry.publish(source);
    const { code, stderr } = await run("plugins", "install", "fake");
    expect([code, stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(leftovers(home)).toEqual([]);
  });

  it("is refused with another content than the registry means, and under a name that is taken", async () => {
    const sha = `sha512-${"A".repeat(86)}==`;
    const { registry, run, change } = await place({ fake: { ...FAKE, integrity: sha } });
    registry.publish(providerSource("1.0.0"));
    expect((await run("plugins", "install", "fake")).stderr).toContain("its SHA-512 is another");
    registry.publish({ ...backendSource("fake", "1.0.0"), name: "first" });
    change({ fake: FAKE });
    await run("plugins", "install", "--yes", "npm:first");
    expect((await run("plugins", "install", "fake")).stderr).toContain('the backend "fake" is first\'s already');
  });

  it("is refused by its npm name, with what to do about it", async () => {
    const { registry, run } = await place({});
    registry.publish({ name: "@ai-sdk/provider", version: "1.0.0" });
    registry.publish(providerSource("1.0.0", { dependencies: { "@ai-sdk/provider": "1.0.0" } }));
    const { code, stderr } = await run("plugins", "install", "--yes", "npm:fake-provider");
    expect(code).toBe(1);
    expect(stderr).toContain("It looks like a provider of the AI SDK: docs/guide/wrap-a-provider.md");
  });

  it("is told of when its export is none", async () => {
    const { registry, run, send } = await place({ fake: { ...FAKE, export: "createGone" } });
    registry.publish(providerSource("1.0.0"));
    await run("plugins", "install", "fake");
    const { code, stderr } = await send("-b", "fake");
    expect([code, stderr]).toEqual([1, expect.stringContaining('has no export "createGone"')]);
  });

  it("is installed from a package that has main alone", async () => {
    const { registry, run, send } = await place({ fake: { ...FAKE, export: undefined } });
    registry.publish(providerSource("1.0.0", { exports: undefined, main: "dist" }));
    expect((await run("plugins", "install", "fake")).stderr).toContain("is installed (fake)");
    // Of several factories the first in the order of their names.
    expect((await send("-b", "fake")).stdout).toBe('1.0.0 small {"apiKey":"k1"}\n');
  });
});

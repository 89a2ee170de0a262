import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePlugin } from "../support/make-plugin.ts";
import { backendSource, startNpmRegistry, writePackage, type PackageSource } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Report {
  readonly published: boolean | null;
  readonly integrity: string;
  readonly entry: { readonly plugins?: Readonly<Record<string, { readonly integrity: string }>> };
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly what: string }[];
}

async function check(dir: string, env: Readonly<Record<string, string>> = {}, ...more: string[]) {
  const result = await runCli(["plugins", "publish", "--check", dir, "--json", ...more], { env });
  return { ...result, report: JSON.parse(result.stdout) as Report };
}

const SOUND = {
  license: "MIT",
  peerDependencies: { "@d0ttino/plugin-sdk": "^0.1.0" },
  peerDependenciesMeta: { "@d0ttino/plugin-sdk": { optional: true } },
};

function sound(name: string, more: Readonly<Record<string, unknown>> = {}): PackageSource {
  return backendSource(name, "1.0.0", { ...SOUND, ...more });
}

const rulesOf = ({ findings }: Report): string[] => findings.map(({ rule }) => rule);

describe("ai-cli plugins publish --check", () => {
  it("finds nothing in a sound package, and says whether it is published", async () => {
    const npm = await startNpmRegistry();
    const dir = writePackage(sound("parrot"));
    const before = await check(dir, npm.env);
    expect(before).toMatchObject({ code: 0, report: { published: false, findings: [] } });
    expect(before.report.entry.plugins?.["parrot"]?.integrity).toBe(before.report.integrity);

    // npm has something else under that version.
    npm.publish(sound("parrot", { files: { "other.js": "" } }));
    const other = await check(dir, npm.env);
    expect(other.code).toBe(1);
    expect(rulesOf(other.report)).toEqual(["integrity"]);
  });

  it("goes on without npm, and says so", async () => {
    const dir = writePackage(sound("parrot"));
    const unreachable = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
    expect(await check(dir, unreachable)).toMatchObject({ code: 0, report: { published: null, findings: [] } });
    const { stderr } = await runCli(["plugins", "publish", "--check", "--offline"], { cwd: dir });
    expect(stderr).toMatch(/^parrot-plugin 1\.0\.0 is good as far as can be seen \(npm was not asked: --offline\)/);
  });

  it.each([
    ["name-form", sound("Big_Parrot", { name: "parrot-plugin" })],
    ["name-reserved", sound("openrouter")],
    ["name-alike", sound("open-router")],
    ["entry-file", sound("parrot", { entryPoints: { "llm.plugins": { parrot: "./gone.js" } } })],
    [
      "entry-file",
      sound("parrot", { files: { "index.ts": "" }, entryPoints: { "llm.plugins": { parrot: "./index.ts" } } }),
    ],
    ["sdk-range", sound("parrot", { peerDependencies: { "@d0ttino/plugin-sdk": "^9.0.0" } })],
    ["sdk-optional", sound("parrot", { peerDependenciesMeta: {} })],
    ["no-entry", sound("parrot", { entryPoints: {} })],
  ])("tells %s, with exit code 1", async (rule, source) => {
    const { code, report } = await check(writePackage(source), {}, "--offline");
    expect(rulesOf(report)).toContain(rule);
    expect(code).toBe(1);
  });

  it.each([
    ["licence", sound("parrot", { license: undefined })],
    ["install-scripts", sound("parrot", { scripts: { postinstall: "echo" } })],
    ["engines", sound("parrot", { engines: { node: ">=24" } })],
    ["name-generic", sound("chat")],
  ])("warns of %s, with exit code 0", async (rule, source) => {
    const { code, report } = await check(writePackage(source), {}, "--offline");
    expect(report.findings).toMatchObject([{ rule, severity: "warning" }]);
    expect(code).toBe(0);
  });

  it("counts what is packed, not what lies there, and runs no script", async () => {
    const dir = writePackage(sound("parrot", { files: ["other.js"], scripts: { prepack: "touch ran" } }));
    const manifest = join(dir, "package.json");
    const text = JSON.parse(readFileSync(manifest, "utf8")) as object;
    writeFileSync(manifest, JSON.stringify({ ...text, files: ["other.js"] }));
    writeFileSync(join(dir, "index.js"), "export const run = () => 'hi';\n");
    const { report } = await check(dir, {}, "--offline");
    expect(rulesOf(report)).toContain("entry-file");
    expect(() => readFileSync(join(dir, "ran"))).toThrow("ENOENT");
  });

  it("prints an entry for each backend and each recipe", async () => {
    const dir = makePlugin(tempFolder("both"), {
      name: "both-kinds",
      backends: { parrot: "./index.js" },
      recipes: { tidy: "./index.js" },
      sdk: "^0.1.0",
      manifest: { ...SOUND, homepage: "https://example.test/", description: "Both" },
      files: { "index.js": "" },
    });
    const { stdout } = await runCli(["plugins", "publish", "--check", "--offline", dir]);
    const line = { package: "both-kinds", version: "1.0.0", description: "Both", homepage: "https://example.test/" };
    const { plugins, recipes } = JSON.parse(stdout) as Record<"plugins" | "recipes", unknown>;
    expect(plugins).toMatchObject({ parrot: line });
    expect(recipes).toMatchObject({ tidy: line });
  });

  it.each([
    [["publish"], "npm publish does"],
    [["publish", "--check", "."], "holds no package.json"],
    [["publish", "--check", ".", "other"], "Name one folder"],
    [["list", "--check"], "It goes with publish."],
  ])("says what is wrong with plugins %s", async (words, said) => {
    const { code, stderr } = await runCli(["plugins", ...words]);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });

  it("says what keeps a folder from being packed", async () => {
    const dir = tempFolder("odd");
    writeFileSync(join(dir, "package.json"), '{"name": "parrot-plugin"}');
    const { code, stderr } = await runCli(["plugins", "publish", "--check", "--offline", dir]);
    expect(code).toBe(1);
    expect(stderr).toContain("cannot be packed: its package.json needs a name and a version.");
  });
});

import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../packages/ai-cli/src/manager/registry-check/finding.ts";
import { installCli } from "../support/installed-cli.ts";
import { writeFiles } from "../support/make-plugin.ts";
import { backendSource, startNpmRegistry, type NpmRegistry, type PackageSource } from "../support/npm-registry.ts";
import { CLI_PACKAGE, runCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Place {
  readonly npm: NpmRegistry;
  /** The folder with the registry files. */
  readonly dir: string;
  /** Writes a registry with these backends; gives its name. */
  write(plugins: object, file?: string): string;
  run(...args: string[]): Promise<RunResult>;
  findings(...args: string[]): Promise<Finding[]>;
}

async function place(): Promise<Place> {
  const npm = await startNpmRegistry();
  const dir = tempFolder("registry");
  const run = (...args: string[]): Promise<RunResult> =>
    runCli(["plugins", "registry", "check", ...args], { cwd: dir, env: npm.env });
  return {
    npm,
    dir,
    run,
    write(plugins, file = "r.json") {
      writeFiles(dir, { [file]: JSON.stringify({ ecosystem: "npm", plugins }, null, 1) });
      return file;
    },
    async findings(...args) {
      const { stdout, stderr } = await run(...args, "--json", "--allow-shrinking");
      expect(stderr).toBe("");
      const { findings } = JSON.parse(stdout) as { findings: Finding[] };
      return findings.filter(({ rule }) => rule !== "name-gone");
    },
  };
}

const WRONG_SHA = `sha512-${Buffer.alloc(64).toString("base64")}`;
const sound = (version = "1.0.0", more: object = {}): PackageSource =>
  backendSource("parrot", version, { license: "MIT", ...more });

/** The entry of what was published. */
async function pinned({ npm }: Place, version = "1.0.0"): Promise<object> {
  const answer = await fetch(`${npm.url}parrot-plugin`);
  const { versions } = (await answer.json()) as { versions: Record<string, { dist: { integrity: string } }> };
  return { package: "parrot-plugin", version, integrity: versions[version]?.dist.integrity };
}

describe("registry check, with npm", () => {
  it("tells in one line how much of a good registry was looked at", async () => {
    const at = await place();
    at.npm.publish(sound());
    const file = at.write({ parrot: await pinned(at) });
    expect(await at.run(file, "--against", file)).toEqual({
      code: 0,
      signal: null,
      stdout: `r.json is good: 1 entry, 1 package of npm, compared with ${join(at.dir, file)}.\n`,
      stderr: "",
    });
  });

  it.each<[string, string, (at: Place) => Promise<object>, string]>([
    ["no-package", "a package that is not there", async () => ({ version: "1.0.0", integrity: WRONG_SHA }), "no such"],
    [
      "no-version",
      "a version that is not there",
      async ({ npm }) => {
        npm.publish(sound());
        return { version: "1.0.1", integrity: WRONG_SHA };
      },
      "no such version",
    ],
    [
      "integrity",
      "another integrity",
      async ({ npm }) => {
        npm.publish(sound());
        return { version: "1.0.0", integrity: WRONG_SHA };
      },
      "is not what npm has",
    ],
    [
      "integrity",
      "a tarball that was swapped",
      async (at) => {
        at.npm.publish(sound());
        const entry = await pinned(at);
        at.npm.publish(sound("2.0.0"));
        const other = at.npm.tarballs.get("parrot-plugin/-/2.0.0.tgz") ?? Buffer.of();
        at.npm.tarballs.set("parrot-plugin/-/1.0.0.tgz", other);
        return entry;
      },
      "not what the registry of npm promised",
    ],
    [
      "deprecated",
      "a deprecated version",
      async (at) => {
        at.npm.publish(sound("1.0.0", { deprecated: "Use\n\u001B[31mlizard" }));
        return pinned(at);
      },
      "lizard",
    ],
    [
      "package-name",
      "another version inside",
      async (at) => {
        at.npm.publish(sound("2.0.0"));
        at.npm.publish(sound(), at.npm.tarballs.get("parrot-plugin/-/2.0.0.tgz"));
        return pinned(at);
      },
      'has the version "2.0.0"',
    ],
    [
      "entry-file",
      "a file that is not packed",
      async (at) => {
        at.npm.publish({ ...sound(), files: {} });
        return pinned(at);
      },
      "is not in parrot-plugin",
    ],
    [
      "unreadable",
      "no tarball",
      async (at) => {
        at.npm.publish(sound(), Buffer.from("hello"));
        return pinned(at);
      },
      "cut off or damaged",
    ],
  ])("finds %s: %s", async (rule, _what, prepare, told) => {
    const at = await place();
    const entry = await prepare(at);
    const found = await at.findings(at.write({ parrot: { package: "parrot-plugin", ...entry } }));
    expect(found.map((one) => [one.rule, one.kind, one.name])).toEqual([[rule, "backend", "parrot"]]);
    expect(found[0]?.what).toContain(told);
    expect(found[0]?.what).not.toContain("\u001B");
  });

  it("runs nothing of a package, and looks at those alone that are named", async () => {
    const at = await place();
    const mark = join(at.dir, "mark");
    const touch = `node -e "fs.writeFileSync('${mark}', '')"`;
    at.npm.publish(sound("1.0.0", { scripts: { postinstall: touch, prepare: touch } }));
    const file = at.write({ parrot: await pinned(at), other: { ...(await pinned(at)), package: "not-there" } });
    const found = await at.findings(file, "Parrot");
    expect(found.map(({ rule }) => rule)).toEqual(["install-scripts"]);
    expect(at.npm.asked.filter((path) => path.includes("not-there"))).toEqual([]);
    expect(() => readFileSync(mark)).toThrow("ENOENT");
  });

  it("asks nobody with --offline, and says so", async () => {
    const at = await place();
    const file = at.write({ parrot: { package: "parrot-plugin", version: "1.0.0", integrity: WRONG_SHA } });
    const { code, stdout } = await at.run(file, "--offline", "--against", file);
    expect([code, stdout]).toEqual([0, expect.stringContaining("npm was not asked for 1 package: --offline.")]);
    expect(at.npm.asked).toEqual([]);
  });

  it("asks nobody about hostile specs", async () => {
    const at = await place();
    const specs = ["git+ssh://git@example.test/x", "x@npm:y", "../x", `${at.npm.url}x.tgz`, "file:x", "constructor"];
    const entries = specs.map((spec, index) => [`${"abcdef"[index]?.repeat(6)}`, spec]);
    const found = await at.findings(at.write(Object.fromEntries(entries)));
    expect(found.map(({ rule, line }) => [rule, line])).toEqual(specs.map((_, index) => ["form", index + 4]));
    expect(at.npm.asked).toEqual([]);
  });

  it("says that npm cannot be reached, and blames no package", async () => {
    const at = await place();
    const file = at.write({ parrot: { package: "parrot-plugin", version: "1.0.0", integrity: WRONG_SHA } });
    const env = { ...at.npm.env, npm_config_registry: "http://127.0.0.1:9/" };
    const { code, stdout, stderr } = await runCli(["plugins", "registry", "check", file], { cwd: at.dir, env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("cannot be reached");
    expect(stderr).toContain("--offline");
  });
});

describe("registry check", () => {
  const ours = (): string => readFileSync(join(CLI_PACKAGE, "../../plugin-registry.json"), "utf8");

  it("compares with the registry that came along, unless it is that one", async () => {
    const at = await place();
    const { code, stdout } = await at.run(at.write({}));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^r\.json:1: error: .* of the registry that came with ai-cli are gone: .* \[shrinking\]$/m);
    const root = join(CLI_PACKAGE, "../..");
    const own = await runCli(["plugins", "registry", "check", "plugin-registry.json", "--offline"], { cwd: root });
    expect(own).toMatchObject({ code: 0, stderr: "" });
    expect(own.stdout).toMatch(/^plugin-registry\.json is good: \d+ entries, 6 folders beside it\./);
  });

  it("compares with a file or a URL, whatever else is wrong there", async () => {
    const at = await place();
    at.npm.answers.set("old.json", (_request, response) => response.end(ours()));
    const file = at.write({});
    at.write({ parrot: "parrot-plugin", lizard: "git+ssh://x" }, "old");
    expect((await at.run(file, "--against", "./old")).stdout).toContain("1 of the 1 names");
    expect((await at.run(file, "--against", `${at.npm.url}old.json`)).stdout).toContain(
      "old.json are gone: openrouter",
    );
    const refused = await at.run(file, "--against", `${at.npm.url}old.json`, "--offline");
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--offline asks nobody")]);
    writeFiles(at.dir, { broken: "{" });
    const broken = await at.run(file, "--against", "broken");
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining("in line 1, this is not JSON")]);
  });

  it("lets no entry of the registry that came along vouch for itself", async () => {
    const { cli } = installCli();
    const shipped = join(cli, "registry/plugin-registry.json");
    const write = (file: string, ...names: string[]): string => {
      const entries = names.map((name) => [name, { package: `${name}-x`, version: "1.0.0", integrity: WRONG_SHA }]);
      const value = { ecosystem: "npm", plugins: Object.fromEntries(entries) };
      writeFiles(dirname(file), { [basename(file)]: JSON.stringify(value) });
      return file;
    };
    write(shipped, "openai", "ollama");
    const before = write(join(tempFolder(), "before.json"), "openai");
    const check = ["plugins", "registry", "check", shipped, "--offline"];
    expect(await runCli(check, { cli })).toMatchObject({ code: 0 });
    const { code, stdout } = await runCli([...check, "--against", before], { cli });
    expect([code, stdout]).toEqual([1, expect.stringContaining('"ollama" is a backend that comes with the program')]);
    expect(stdout).not.toContain("openai");
  });

  it("gives JSON to a program", async () => {
    const at = await place();
    const file = at.write({ Parrot: "parrot-plugin" });
    const { code, stdout } = await at.run(file, "--json", "--offline", "--against", file);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      file,
      findings: ["name-form", "not-pinned"].map((rule) => ({
        severity: "error",
        rule,
        line: 4,
        kind: "backend",
        name: "Parrot",
        what: expect.stringContaining("arrot") as string,
        fix: expect.any(String) as string,
      })),
      checked: { entries: 1, folders: 0, packages: 0, notAsked: 1 },
      offline: true,
      against: join(at.dir, file),
    });
  });

  it.each([
    [["registry"], "Say which registry"],
    [["registry", "chek", "r.json"], "There is no ai-cli plugins registry"],
    [["registry", "check"], "Say which registry"],
    [["backends", "registry", "check", "r.json"], "Say which registry"],
    [["registry", "check", "r.json", "parot", "--offline"], 'Did you mean "parrot"?'],
    [["list", "--against", "r.json"], "It goes with registry check."],
  ])("refuses %j", async (args, told) => {
    const dir = writeFiles(tempFolder(), { "r.json": '{"plugins": {"parrot": "parrot-plugin"}}' });
    const { code, stderr } = await runCli(["plugins", ...args], { cwd: dir });
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  it("says of a file that it cannot be read", async () => {
    const { code, stderr } = await runCli(["plugins", "registry", "check", "nothing.json"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("The registry nothing.json cannot be read")]);
  });
});

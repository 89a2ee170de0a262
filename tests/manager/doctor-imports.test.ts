import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentGeneration } from "../support/damaged-store.ts";
import { answering, backendPackage, makePlugin, recipePackage } from "../support/make-plugin.ts";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Report {
  readonly ok: boolean;
  readonly plugins: readonly { name: string; package: string; status: string; problem: string | null }[];
  readonly findings: readonly { level: string; about: string; message: string; hint: string | null }[];
}

/** Runs doctor over folders, and gives what it says of plug-ins that the tests made. */
async function doctor(
  plugins: readonly string[],
  env: Readonly<Record<string, string>> = {},
  home = tempFolder("home"),
) {
  const { code, stdout } = await runCli(["plugins", "doctor", "--offline", "--json"], { home, plugins, env });
  const report = JSON.parse(stdout) as Report;
  return { code, home, ...report };
}

const says = (message: string, hint = ""): unknown =>
  expect.objectContaining({
    message: expect.stringContaining(message) as string,
    hint: expect.stringContaining(hint) as string,
  });

describe("plugins doctor", { timeout: 60_000 }, () => {
  it("names each plug-in that cannot be used, as its use would, and finds the sound one sound", async () => {
    const plugins = [
      backendPackage("sound", answering("sound", "hi")),
      backendPackage("throws", 'throw new Error("no such luck");'),
      backendPackage("exits", "process.exit(7);"),
      backendPackage(
        "older",
        'throw Object.assign(new Error("compiled using NODE_MODULE_VERSION 1"), { code: "ERR_DLOPEN_FAILED" });',
      ),
      backendPackage("silent", "export const nothing = 1;"),
      backendPackage("newer", answering("newer", "hi"), { sdk: "^9.0.0" }),
      backendPackage("fileless", "", { files: {} }),
      backendPackage("lacks", 'import "not-there";'),
      recipePackage("recipeless", "export const run = 1;"),
    ];
    const { code, ok, plugins: seen, findings } = await doctor(plugins);
    expect([code, ok]).toEqual([1, false]);
    expect(seen.find((one) => one.name === "sound")).toMatchObject({ status: "linked", problem: null });
    expect(findings.filter((one) => one.about === "sound")).toEqual([]);
    for (const expected of [
      says("plug-in throws (import): it failed while it was loaded: no such luck.", "Update or remove it"),
      says("plug-in exits (import): it ended the process with exit code 7."),
      says(
        "plug-in older (import): ",
        "Native code of older was made for another version of Node. Run npm rebuild in /",
      ),
      says('plug-in silent (register): it did not register the backend "silent".'),
      says("plug-in newer (sdk): it needs @d0ttino/plugin-sdk ^9.0.0"),
      says("plug-in fileless (file): its file index.js is missing", "Build the plug-in"),
      says(
        "plug-in lacks (import): it failed while it was loaded: Cannot find package 'not-there'",
        "Install its dependencies",
      ),
      says('plug-in recipeless (register): it did not register the recipe "recipeless"'),
    ]) {
      expect(findings).toContainEqual(expected);
    }
    const use = await runCli(["send", "-b", "throws", "hi"], { plugins });
    const told = findings.find((one) => one.about === "throws");
    expect(use.stderr).toContain(`${told?.message}\n${told?.hint}`);
  });

  it("ends modules that hang, also those that block their process, with all that they started", async () => {
    const pid = join(tempFolder("started"), "pid");
    const { code, findings } = await doctor([
      backendPackage("waits", "await new Promise((resolve) => setTimeout(resolve, 600_000));"),
      backendPackage(
        "spins",
        `import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
const child = spawn("sleep", ["600"], { stdio: "inherit" });
writeFileSync(${JSON.stringify(pid)}, String(child.pid));
for (;;);`,
      ),
    ]);
    expect(code).toBe(1);
    for (const name of ["waits", "spins"]) {
      expect(findings).toContainEqual(says(`plug-in ${name} (import): it did not finish loading within 10 seconds`));
    }
    const isAlive = (): boolean => {
      const status = `/proc/${readFileSync(pid, "utf8")}/status`;
      return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, "utf8"));
    };
    expect(isAlive()).toBe(false);
  });

  it("warns of what prints, or keeps a program from ending, and shows what a failing one printed", async () => {
    const { code, findings } = await doctor([
      backendPackage("prints", `console.log("look at me");\n${answering("prints", "hi")}`),
      backendPackage("ticks", `setInterval(() => {}, 1000);\n${answering("ticks", "hi")}`),
      backendPackage("quiet", `setInterval(() => {}, 1000).unref();\n${answering("quiet", "hi")}`),
      backendPackage("complains", 'console.error("x".repeat(5000)); throw new Error("so it is");'),
    ]);
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: "warning",
        about: "prints",
        message: expect.stringContaining("it prints when it is imported: look at me") as string,
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: "warning",
        about: "ticks",
        message: expect.stringContaining("leaves a timer open") as string,
      }),
    );
    expect(findings.filter((one) => one.about === "quiet")).toEqual([]);
    const complaint = findings.find((one) => one.about === "complains")?.message ?? "";
    expect(complaint).toContain("so it is. It printed: xxx");
    expect(complaint.length).toBeLessThan(500);
  });

  it("gives imported code none of the user's variables", async () => {
    const file = join(tempFolder("seen"), "variables");
    const spy = `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env));
${answering("spy", "hi")}`;
    const needy =
      'if (!process.env.NEEDY_API_KEY) throw new Error("NEEDY_API_KEY is not set");\nexport const run = () => "hi";';
    const env = { OPENAI_API_KEY: "sk-secret", MY_TOKEN: "t0ken", NEEDY_API_KEY: "sk-other" };
    const { code, findings } = await doctor([backendPackage("spy", spy), backendPackage("needy", needy)], env);
    const seen = readFileSync(file, "utf8");
    expect(seen).not.toMatch(/secret|t0ken|sk-other/);
    expect(Object.keys(JSON.parse(seen) as object)).toEqual(expect.arrayContaining(["PATH", "HOME", "D0TTINO_HOME"]));
    expect(code).toBe(0);
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: "warning",
        message: expect.stringContaining("it reads NEEDY_API_KEY when it is imported") as string,
      }),
    );
    expect((await doctor([backendPackage("needy", needy)])).code).toBe(1);
  });

  it("tells of two packages with one name in one place", async () => {
    const both = ["first", "second"].map((name) =>
      makePlugin(tempFolder(name), {
        name,
        backends: { twin: "./index.js" },
        files: { "index.js": answering("twin", name) },
      }),
    );
    const { code, findings } = await doctor(both);
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      says('plug-in second (name): "twin" is taken by first 1.0.0, which is used.', "Remove one of the two"),
    );
  });

  it("looks at those alone that are named, and suggests a name", async () => {
    const plugins = [backendPackage("sound", answering("sound", "hi")), backendPackage("throws", "throw new Error();")];
    expect(await runCli(["plugins", "doctor", "sound"], { plugins })).toMatchObject({
      code: 0,
      stdout: "works    sound 1.0.0\n",
    });
    expect((await runCli(["plugins", "doctor", "throws"], { plugins })).code).toBe(1);
    const wrong = await runCli(["plugins", "doctor", "thorws"], { plugins });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      'ai-cli: No plug-in here is called "thorws".\nDid you mean "throws"?\n',
    ]);
  });

  it("warns of a registry that cannot be reached, and does not ask it with --offline", async () => {
    const env = { PLUGIN_REGISTRY_URL: "http://127.0.0.1:9/registry.json" };
    const asked = await runCli(["plugins", "doctor"], { env });
    expect(asked.code).toBe(0);
    expect(asked.stdout).toMatch(/^warning {2}The plug-in registry http:\/\/127\.0\.0\.1:9\S* cannot be fetched/m);
    expect((await runCli(["plugins", "doctor", "--offline"], { env })).stdout).not.toContain("registry");
  });
});

describe("what doctor found broken", { timeout: 60_000 }, () => {
  it("is shown by the lists until the plug-in changes", async () => {
    const dir = backendPackage("shaky", 'import "./part.js";', {
      files: { "index.js": 'import "./part.js";', "part.js": "throw new Error('no');" },
    });
    const { home } = await doctor([dir]);
    const list = async (): Promise<string> => (await runCli(["backends"], { home, plugins: [dir] })).stdout;
    expect(await list()).toMatch(/^shaky +broken .* it failed while it was loaded: no\. /m);
    writeFileSync(join(dir, "part.js"), answering("shaky", "hi"));
    expect(await list()).toMatch(/^shaky +linked /m);
    expect((await doctor([dir], {}, home)).code).toBe(0);
    expect(existsSync(join(home, "cache/broken-plugins.json"))).toBe(false);
    mkdirSync(join(home, "cache"), { recursive: true });
    for (const damaged of ["", "{", "[]", '{"broken":[null]}']) {
      writeFileSync(join(home, "cache/broken-plugins.json"), damaged);
      expect(await list()).toMatch(/^shaky +linked /m);
    }
  });

  it("is shown by plugins list, removed without an import, and sound again after another version", async () => {
    const { registry, run, home } = await managerPlace({ boom: "boom-plugin", vain: "vain-plugin" });
    registry.publish(backendSource("boom", "1.0.0", { files: { "index.js": "process.exit(3);" } }));
    const suicidal =
      'import { rmSync } from "node:fs";\nrmSync(import.meta.dirname, { recursive: true });\nexport const run = () => "";';
    registry.publish(backendSource("vain", "1.0.0", { files: { "index.js": suicidal } }));
    expect((await run("plugins", "install", "boom", "vain")).code).toBe(0);
    const found = await run("plugins", "doctor");
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(
      /^broken {3}plug-in vain-plugin \(import\): .*it removed itself\. Remove it: ai-cli plugins remove vain-plugin$/m,
    );
    const rows = JSON.parse((await run("plugins", "list", "--json")).stdout) as object[];
    expect(rows[0]).toMatchObject({
      name: "boom",
      status: "broken",
      problem: expect.stringContaining("exit code 3") as string,
    });
    expect((await run("plugins", "list")).stdout).toMatch(/^boom +backend +broken +1\.0\.0 +plug-in boom-plugin/m);
    expect((await run("plugins", "remove", "vain")).stderr).toBe("vain-plugin 1.0.0 is removed.\n");
    registry.publish(backendSource("boom", "1.0.1"));
    expect((await run("plugins", "install", "boom")).code).toBe(0);
    expect((await run("plugins", "list")).stdout).toMatch(/^boom +backend +installed +1\.0\.1/m);
    expect((await run("plugins", "doctor")).code).toBe(0);
    rmSync(join(currentGeneration(join(home, "plugins")), "alone"), { recursive: true });
    expect((await run("plugins", "remove", "boom")).code).toBe(0);
  });
});

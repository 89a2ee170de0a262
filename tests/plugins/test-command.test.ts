import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { answering, backendPackage, makePlugin } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Check {
  readonly about: string;
  readonly name: string;
  readonly ok: boolean;
  readonly skipped: boolean;
  readonly message: string | null;
}

interface Report {
  readonly ok: boolean;
  readonly package: string;
  readonly version: string | null;
  readonly importMs: number | null;
  readonly checks: readonly Check[];
}

async function test(
  dir: string,
  ...args: readonly string[]
): Promise<Report & { code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await runCli(["plugins", "test", dir, "--json", ...args], {
    home: tempFolder("home"),
  });
  return { code, stderr, ...(JSON.parse(stdout) as Report) };
}

/** What failed, as `about: name`, with its message. */
function failures({ checks }: Report): Record<string, string | null> {
  const failed = checks.filter((check) => !check.ok);
  return Object.fromEntries(failed.map(({ about, name, message }) => [`${about}: ${name}`, message]));
}

const REGISTER = 'import { registerBackend, registerRecipe, BackendError } from "@d0ttino/plugin-sdk";\n';

/** The client of a service, at the address in a variable; `send` can be changed by its text. */
const client = (name: string, address: string): string => `${REGISTER}
async function ask(prompt, model, { signal }) {
  const messages = [{ role: "user", content: prompt }];
  const response = await fetch(process.env.${address} + "/chat/completions",
    { method: "POST", body: JSON.stringify({ model, messages }), signal });
  const answer = await response.json();
  if (!response.ok) throw new BackendError("refused", { status: response.status });
  const text = answer.choices?.[0]?.message?.content;
  if (text === undefined) throw new BackendError("no text", { kind: "malformed" });
  return text;
}
registerBackend("${name}", ask);
`;

describe("plugins test", { timeout: 60_000 }, () => {
  it("finds a sound package sound, in lines for a person", async () => {
    const dir = backendPackage("my-client", client("my-client", "MY_CLIENT_BASE_URL"));
    const { code, stdout, stderr } = await runCli(["plugins", "test", dir], { home: tempFolder("home") });
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(`my-client 1.0.0, in ${dir}`);
    expect(lines).toContain('backend "my-client"');
    expect(lines).toContain("  ✓ answers a prompt");
    expect(lines).toContain("  ✓ fails with the right kind when the service refuses the key (401)");
    expect(lines).toContain("  - stops when it is aborted in mid-stream (skipped: the answer does not come in pieces)");
    expect(stdout).toMatch(/✓ is imported, and registers its name \(\d+ ms\)\n/);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, 3 skipped\.\n$/);
  });

  it("says once what it leaves out, and why", async () => {
    const dir = backendPackage("quiet", answering("quiet", "hi"));
    const { stdout } = await runCli(["plugins", "test", dir], { home: tempFolder("home") });
    const reason = "skipped: the backend makes no request to the fake server";
    expect(stdout).toContain(`  - gives all that the service sends, in order, and 11 more (${reason})\n`);
    expect(stdout.split(reason)).toHaveLength(2);
    expect(stdout).toMatch(/\n18 passed, 0 failed, 14 skipped\.\n$/);
  });

  it("takes the folder it stands in, and TypeScript from its source", async () => {
    const dir = makePlugin(tempFolder("typed"), {
      name: "typed",
      recipes: { typed: "./index.ts#run" },
      files: { "index.ts": "export const run = (goal: string): string[] => [`echo ${goal.length}`];\n" },
    });
    const { code, stdout } = await runCli(["plugins", "test"], { home: tempFolder("home"), cwd: dir });
    expect([code, stdout]).toEqual([0, expect.stringContaining("  ✓ keeps the goal from running\n")]);
  });

  it("says what keeps a folder from being a plug-in, without running it", async () => {
    const none = await test(tempFolder("none"));
    expect([none.code, none.ok]).toEqual([1, false]);
    expect(failures(none)).toEqual({
      "package: package.json says what it brings": expect.stringMatching(
        /^there is no .*package\.json\. Name the folder/,
      ),
    });
    const marker = join(tempFolder("marker"), "ran");
    const source = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(marker)}, "");`;
    const outside = backendPackage("outside", source, { backends: { outside: "../index.js", "b@d": "./index.js" } });
    const report = await test(outside);
    expect(failures(report)["package: package.json says what it brings"]).toContain("outside");
    expect(existsSync(marker)).toBe(false);
  });

  it("names what an import does besides", async () => {
    const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const report = await test(
      backendPackage(
        "noisy",
        `import net from "node:net";
        await new Promise((resolve) => net.connect(${port}, "127.0.0.1").on("close", resolve).resume());
        console.log("welcome to noisy");
        setInterval(() => {}, 1000);
        ${answering("noisy", "hi")}`,
        { sdk: "^9.0.0" },
      ),
    );
    expect(failures(report)).toEqual({
      "package: works with this SDK": expect.stringContaining("it needs @d0ttino/plugin-sdk ^9.0.0"),
      'backend "noisy": is imported, and registers its name': expect.stringContaining("^9.0.0"),
    });
    const again = await test(
      backendPackage(
        "noisier",
        `import net from "node:net";
        await new Promise((resolve) => net.connect(${port}, "127.0.0.1").on("close", resolve).resume());
        console.log("welcome to noisier");
        setInterval(() => {}, 1000);
        ${answering("noisier", "hi")}`,
      ),
    );
    expect(again.importMs).toBeGreaterThan(0);
    expect(failures(again)).toEqual({
      "package: connects to nothing while it is imported": expect.stringContaining(`127.0.0.1:${port}`),
      "package: prints nothing while it is imported": expect.stringContaining('"welcome to noisier"'),
      "package: lets the process end after its import": expect.stringContaining("Timeout"),
    });
  });

  it("does not take what a package prints for something that stays open", async () => {
    const source = `console.log("hi"); console.error("hm");\n${answering("chatty", "hi")}`;
    expect(Object.keys(failures(await test(backendPackage("chatty", source))))).toEqual([
      "package: prints nothing while it is imported",
    ]);
  });

  it("names what is imported and does not register, ends the process or is not there", async () => {
    const dir = makePlugin(tempFolder("several"), {
      name: "several",
      backends: { silent: "./silent.js", missing: "./missing.js", good: "./good.js", "throws-up": "./throws.js" },
      files: {
        "silent.js": "export const nothing = 1;",
        "good.js": answering("good", "hi"),
        "throws.js": 'throw new Error("no such luck");',
      },
    });
    const report = await test(dir);
    expect([report.code, report.importMs]).toEqual([1, null]);
    expect(failures(report)).toEqual({
      'backend "missing": has its file in the package': expect.stringContaining("missing.js is missing"),
      'backend "missing": is imported, and registers its name': expect.stringContaining("missing.js is missing"),
      'backend "silent": is imported, and registers its name': expect.stringContaining("did not register"),
      'backend "throws-up": is imported, and registers its name': expect.stringContaining("no such luck"),
    });
    expect(report.checks).toContainEqual(
      expect.objectContaining({ about: 'backend "good"', name: "answers a prompt", ok: true, skipped: false }),
    );
  });

  it("names the faults of backends", async () => {
    const dir = makePlugin(tempFolder("faulty"), {
      name: "faulty",
      backends: { prints: "./prints.js", outside: "./outside.js", exits: "./exits.js", vague: "./vague.js" },
      files: {
        "prints.js": `${REGISTER} registerBackend("prints", (prompt) => { console.log(prompt); return "hi"; });`,
        "outside.js": `${REGISTER} registerBackend("outside", async () => (await fetch("https://service.invalid/")).text());`,
        "exits.js": `${REGISTER} registerBackend("exits", () => process.exit(3));`,
        "vague.js": client("vague", "VAGUE_BASE_URL").replace("{ status: response.status }", '{ kind: "other" }'),
      },
    });
    const found = failures(await test(dir));
    expect(found).toMatchObject({
      'backend "prints": writes nothing to stdout': expect.stringContaining("this was written to it"),
      'backend "outside": asks nobody but the fake server': expect.stringContaining("service.invalid:443"),
      'backend "exits": keeps the contract': expect.stringContaining("ended the process with exit code 3"),
      'backend "vague": fails with the right kind when the service refuses the key (401)': expect.stringContaining(
        'failed with "refused" (kind other)',
      ),
    });
    expect(Object.keys(found).filter((key) => key.includes('"prints"'))).toHaveLength(1);
    expect(Object.keys(found).filter((key) => key.includes('"vague"'))).toHaveLength(4);
  });

  it("names the faults of recipes", async () => {
    const recipe = (name: string, body: string): string =>
      `${REGISTER} import { writeFileSync } from "node:fs"; import { execSync } from "node:child_process";
      let times = 0;
      registerRecipe("${name}", (goal) => { ${body} });`;
    const dir = makePlugin(tempFolder("recipes"), {
      name: "recipes",
      recipes: {
        unquoted: "./unquoted.js",
        writes: "./writes.js",
        runs: "./runs.js",
        differs: "./differs.js",
        odd: "./odd.js",
      },
      files: {
        "unquoted.js": recipe("unquoted", 'return ["echo " + goal];'),
        "writes.js": recipe("writes", 'writeFileSync("plan.txt", "x"); return ["true"];'),
        "runs.js": recipe("runs", 'execSync("true"); return ["true"];'),
        "differs.js": recipe("differs", "return [`echo ${(times += 1)}`];"),
        "odd.js": recipe("odd", 'return [{ run: "true", timeout: "soon" }];'),
      },
    });
    expect(failures(await test(dir))).toEqual({
      'recipe "unquoted": keeps the goal from running': expect.stringContaining("let the tag `sh`"),
      'recipe "writes": writes no file while it plans': expect.stringContaining("work/plan.txt"),
      'recipe "runs": runs nothing while it plans': expect.stringContaining("a process was started"),
      'recipe "differs": gives the same plan twice': expect.stringContaining("deterministic: false"),
      'recipe "odd": gives well-formed steps': expect.stringContaining("`timeout` is"),
    });
  });

  it("ends code that blocks its process", async () => {
    const dir = makePlugin(tempFolder("blocking"), {
      name: "blocking",
      recipes: { blocking: "./index.js" },
      files: { "index.js": `${REGISTER} registerRecipe("blocking", () => { for (;;); });` },
    });
    expect(failures(await test(dir))).toEqual({
      'recipe "blocking": keeps the contract': expect.stringContaining("blocks the process"),
    });
  });

  it("asks as the author says, and by what was registered", async () => {
    const dir = makePlugin(tempFolder("told"), {
      name: "told",
      backends: { told: "./told.js" },
      recipes: { picky: "./picky.js", random: "./random.js", optional: "./optional.js" },
      files: {
        "told.js": client("told", "TOLD_ADDRESS").replace(
          "return text;",
          'if (model !== "m1") throw new Error(model); return text;',
        ),
        "picky.js": `${REGISTER} registerRecipe("picky", (goal) => {
          if (!goal.startsWith("tag ")) throw new TypeError("give a tag");
          return [{ run: "git tag -- \\"$TAG\\"", env: { TAG: goal.slice(4) } }];
        });`,
        "random.js": `${REGISTER} registerRecipe("random", () => [\`echo \${Math.random()}\`], { deterministic: false });`,
        "optional.js": `${REGISTER} registerRecipe("optional", (goal, { options }) => [\`sleep \${options.depth}\`].slice(0, options.depth),
          { options: { depth: { type: "number", default: 3 } } });`,
      },
    });
    const told = await test(dir, "--env", "TOLD_ADDRESS={server}", "--goal", "tag v1", "--model", "m1");
    expect(failures(told)).toEqual({});
    expect(failures(await test(dir))).toMatchObject({
      'backend "told": answers a prompt': expect.any(String),
      'recipe "picky": plans an ordinary goal': expect.stringContaining("give a tag"),
    });
  });

  it("imports once more with the copy of the SDK that lies beside the package", async () => {
    const dir = backendPackage(
      "copied",
      `import * as sdk from "@d0ttino/plugin-sdk"; if (sdk.own) throw new Error("another SDK");
       sdk.registerBackend("copied", () => "hi");`,
    );
    expect((await test(dir)).checks).toContainEqual(
      expect.objectContaining({ name: "works with another copy of the SDK", skipped: true }),
    );
    const copy = join(dir, "node_modules/@d0ttino/plugin-sdk");
    mkdirSync(copy, { recursive: true });
    writeFileSync(
      join(copy, "package.json"),
      JSON.stringify({
        name: "@d0ttino/plugin-sdk",
        type: "module",
        exports: { ".": "./index.js", "./testing": "./index.js" },
      }),
    );
    writeFileSync(join(copy, "index.js"), "export const own = true; export const registerBackend = () => {};");
    expect(failures(await test(dir))).toEqual({
      "package: works with another copy of the SDK": expect.stringContaining("another SDK"),
    });
  });

  it.each([
    [["no-such-folder"], "There is no folder /"],
    [["a", "b"], "plugins test takes one folder."],
    [[".", "--env", "novalue"], "--env takes NAME=VALUE"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await runCli(["plugins", "test", ...args], { home: tempFolder("home") });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("keeps its options to itself", async () => {
    const { code, stderr } = await runCli(["plugins", "list", "--goal", "x"], { home: tempFolder("home") });
    expect([code, stderr]).toEqual([2, expect.stringContaining("has no --goal")]);
  });
});

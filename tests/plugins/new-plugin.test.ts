import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fakeServer } from "@d0ttino/plugin-sdk/testing";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { TEMPLATES } from "../../packages/ai-cli/src/manager/new-plugin/plugin-template.ts";
import { installAuthorCli, projectWith } from "../support/author-cli.ts";
import { runCli, type RunOptions, type RunResult } from "../support/run-cli.ts";
import { runShell } from "../support/run-shell.ts";
import { tempFolder } from "../support/temp-folder.ts";

let cli: string;

beforeAll(() => {
  cli = installAuthorCli();
}, 60_000);

const EACH = ["backend", "recipe", "provider"].flatMap((kind) => ["js", "ts"].map((language) => ({ kind, language })));

/** What TypeScript needs, and what the provider imports. */
const AROUND = ["typescript", "@types/node", "undici-types", "@ai-sdk"];

interface Author {
  readonly dir: string;
  readonly home: string;
  run(args: readonly string[], more?: RunOptions): Promise<RunResult>;
  /** Runs a command in the plug-in's folder, with no network. */
  npm(command: string): Promise<string>;
}

function author(project: string): Author {
  const home = tempFolder("home");
  const dir = join(project, "acme-1");
  return {
    dir,
    home,
    run: (args, more) => runCli(args, { home, cli, cwd: project, ...more }),
    npm: (command) =>
      runShell(command, dir, { HOME: home, npm_config_offline: "true", npm_config_registry: "http://127.0.0.1:9" }),
  };
}

/** What npm install does; the dependency of the provider cannot come without a network. */
async function install({ dir, npm }: Author, kind: string): Promise<void> {
  if (kind !== "provider") {
    await npm("npm install --no-audit --no-fund");
    return;
  }
  const target = join(dir, "node_modules/@d0ttino/plugin-sdk");
  mkdirSync(target, { recursive: true });
  const [tarball = ""] = readdirSync(join(dir, "vendor"));
  execFileSync("tar", ["-xzf", join(dir, "vendor", tarball), "-C", target, "--strip-components=1"]);
}

describe("ai-cli plugins new", { timeout: 60_000 }, () => {
  it.each(EACH)("makes a $kind in $language that passes its tests, runs, and could be published", async (one) => {
    const { kind, language } = one;
    const me = author(projectWith(...AROUND));
    const made = await me.run(["plugins", "new", "acme-1", `--${kind}`, `--${language}`, "--json"]);
    expect(made.stderr).toBe("");
    const { files } = JSON.parse(made.stdout) as { files: string[] };
    for (const file of files) expect(existsSync(join(me.dir, file)), file).toBe(true);
    expect(files).toContain(`index.${language}`);

    await install(me, kind);
    expect(await me.npm("npm test")).toMatch(/pass 2\n(?:.*\n)*.*fail 0/);
    if (language === "ts") await me.npm("npm run types && npm run build");

    expect(await me.run(["plugins", "link", me.dir])).toMatchObject({ code: 0 });
    expect(await use(me, kind)).toContain(kind === "recipe" ? "grep -rl" : "You said: Hello");

    const tested = await me.run(["plugins", "test", me.dir]);
    expect(tested, tested.stdout).toMatchObject({ code: 0 });
    const checked = await me.run(["plugins", "publish", "--check", "--offline", me.dir]);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.stderr).toMatch(/^acme-1-\w+ 1\.0\.0 is good as far as can be seen/);
    const section = kind === "recipe" ? "recipes" : "plugins";
    expect(JSON.parse(checked.stdout)).toEqual({
      [section]: { "acme-1": expect.objectContaining({ package: `acme-1-${kind}`, version: "1.0.0" }) as unknown },
    });
  });

  it.each(Object.values(TEMPLATES))("needs the packages that the example $folder needs", ({ folder, dependencies }) => {
    const manifest = readFileSync(
      resolve(import.meta.dirname, "../../examples/plugins", folder, "package.json"),
      "utf8",
    );
    expect((JSON.parse(manifest) as { dependencies?: object }).dependencies ?? {}).toEqual(dependencies);
  });

  it("makes TypeScript that a link runs from its source: a change is seen at the next start", async () => {
    const me = author(tempFolder("alone"));
    await me.run(["plugins", "new", "acme-1", "--recipe", "--ts"]);
    await me.run(["plugins", "link", me.dir]);
    expect(await use(me, "recipe")).toContain("Which of them speak of it");
    const file = join(me.dir, "index.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("Which of them speak of it", "What has changed"));
    expect(await use(me, "recipe")).toContain("What has changed");
  });

  it("says before TypeScript is published that it has to be built, and so does what cannot do without", async () => {
    const me = author(tempFolder("alone"));
    const made = await me.run(["plugins", "new", "acme-1", "--ts"]);
    for (const text of [made.stderr, readFileSync(join(me.dir, "README.md"), "utf8")])
      expect(text).toMatch(/npm run build .*\n *ai-cli plugins publish --check\n/);
    const checked = await me.run(["plugins", "publish", "--check", "--offline", me.dir]);
    expect(checked).toMatchObject({ code: 1, stdout: "" });
    expect(checked.stderr).toContain('Its author should run "npm run build" before packing');
    const installed = await me.run(["plugins", "install", "--yes", me.dir]);
    expect(installed.code).toBe(1);
    expect(installed.stderr).toContain("dist/index.js is missing.\nIt has to be built first: npm run build.\n");
    expect((await me.run(["plugins", "new", "acme-2", "--js"])).stderr).not.toContain("build");
  });

  it("lists the compiler only where no project around it has one", async () => {
    const alone = author(tempFolder("alone"));
    await alone.run(["plugins", "new", "acme-1", "--ts"]);
    const inside = author(projectWith(...AROUND));
    await inside.run(["plugins", "new", "acme-1", "--ts"]);
    expect(Object.keys(manifestOf(alone.dir).devDependencies)).toContain("typescript");
    expect(Object.keys(manifestOf(inside.dir).devDependencies)).toEqual(["@d0ttino/plugin-sdk"]);
  });

  it("makes a backend in JavaScript without a word about it, in the checkout, too", async () => {
    const cwd = tempFolder("checkout");
    const { code, stderr } = await runCli(["plugins", "new", "acme-1"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain("cd acme-1\n  npm install");
    expect(readdirSync(join(cwd, "acme-1", "vendor"))).toEqual(["d0ttino-plugin-sdk-0.1.0.tgz"]);
    expect(readFileSync(join(cwd, "acme-1", "index.js"), "utf8")).toContain("process.env.ACME_1_API_KEY");
    expect(readdirSync(cwd)).toEqual(["acme-1"]);
  });

  it.each([
    [["Acme_One"], 'Write "acme-one".'],
    [["../acme"], "A name has 1 to 64 letters"],
    [["openrouter"], "Choose another name."],
    [["open-router"], "Choose a name that nobody takes for the other"],
    [["list"], "Choose another name."],
    [["acme-plugin"], 'Write "acme".'],
    [["acme", "--js", "--ts"], "--js and --ts exclude each other."],
    [["acme", "--backend", "--recipe"], "--backend and --recipe exclude each other."],
    [["acme", "other"], "Say what the plug-in is called: one name."],
    [[], "Say what the plug-in is called: one name."],
  ])("refuses %s", async (words, said) => {
    const cwd = tempFolder("refused");
    const { code, stderr } = await runCli(["plugins", "new", ...words], { cwd, cli });
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("leaves a folder alone in which there is something", async () => {
    const cwd = tempFolder("taken");
    mkdirSync(join(cwd, "acme"));
    expect(await runCli(["plugins", "new", "acme"], { cwd, cli })).toMatchObject({ code: 0 });
    const again = await runCli(["plugins", "new", "acme", "--recipe"], { cwd, cli });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("is not empty.\nChoose another name");
    writeFileSync(join(cwd, "file"), "mine");
    expect(await runCli(["plugins", "new", "file"], { cwd, cli })).toMatchObject({ code: 2 });
    expect(readFileSync(join(cwd, "file"), "utf8")).toBe("mine");
  });

  it.skipIf(process.platform !== "linux")("says when nothing can be written there", async () => {
    const { code, stderr } = await runCli(["plugins", "new", "acme"], { cwd: "/proc", cli });
    expect(code).toBe(1);
    expect(stderr).toContain("/proc/acme cannot be written");
  });

  it("warns of a name that could be anybody's", async () => {
    const { code, stderr } = await runCli(["plugins", "new", "gpt"], { cwd: tempFolder("generic"), cli });
    expect(code).toBe(0);
    expect(stderr).toContain('Put the vendor or the purpose in front, as in "acme-gpt".');
  });
});

function manifestOf(dir: string): { readonly devDependencies: object } {
  return JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { readonly devDependencies: object };
}

async function use({ run }: Author, kind: string): Promise<string> {
  if (kind === "recipe") return (await run(["recipe", "acme-1", "Hello", "--dry-run"])).stdout;
  const server = await fakeServer();
  onTestFinished(() => server.close());
  const { stdout, stderr } = await run(["send", "-b", "acme-1", "Hello"], {
    env: { ACME_1_BASE_URL: server.url, ACME_1_API_KEY: "no-real-key" },
  });
  return stdout + stderr;
}

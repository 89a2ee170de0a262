/**
 * Installs the tarballs of artifacts/ into empty folders and uses them, with each version of Node that is supported.
 * Fails when something does not work or writes to standard error.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const VERSIONS = ["22", "24", "26"];
const USE_LIBRARY = `import { sendPrompt } from "@d0ttino/llm";
console.log((await sendPrompt("library", { backend: "sample" })).text);
`;
const TYPED_USE = `import { streamPrompt, type PromptResult } from "@d0ttino/llm";
import { Backend, registerBackend, registerRecipe, sh, type Step } from "@d0ttino/plugin-sdk";
class Typed extends Backend {
  override run(prompt: string): string {
    return prompt;
  }
}
registerBackend("typed", new Typed(), { local: true });
registerRecipe("typed", (goal): Step[] => [sh\`echo \${goal}\`]);
export const result: Promise<PromptResult> = streamPrompt("hello", { backend: "typed" }).result;
`;
const TYPE_CHECK = "--noEmit --strict --module nodenext --target es2024 --lib es2024,dom consumer.ts".split(" ");
const CHECK = `import { checkBackend } from "@d0ttino/plugin-sdk/testing";
await checkBackend((prompt) => "answer to " + prompt);
console.log("checked");
`;
// The plug-in for local models brings hundreds of megabytes, and its own tests use it.
const tarballs = readdirSync("artifacts")
  .filter((name) => !name.includes("llama"))
  .map((name) => resolve("artifacts", name));
const root = mkdtempSync(join(tmpdir(), "d0ttino smoke-"));

/** Runs a command and gives its standard output; anything else than a quiet success ends the test. */
function run(command: string, args: string[], cwd: string, nodeDir: string, loud = false): string {
  const path = `${nodeDir}${delimiter}${process.env["PATH"]}`;
  const env = { ...process.env, PATH: path, D0TTINO_HOME: join(cwd, "home") };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (status !== 0 || (!loud && stderr !== "")) {
    process.stderr.write(`${command} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
    process.exit(1);
  }
  return stdout;
}

function expect(what: string, actual: string, wanted: string): void {
  if (actual.includes(wanted)) return;
  process.stderr.write(`${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}\n`);
  process.exit(1);
}

/** Adds a folder with a package.json and an index.js. */
function addPackage(dir: string, manifest: object, source: string): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, "index.js"), source);
}

try {
  for (const version of VERSIONS) {
    const nodes = join(root, `node-${version}`);
    addPackage(nodes, { name: "nodes", private: true, allowScripts: { node: true } }, "");
    run("npm", ["install", "--silent", "--no-audit", "--no-fund", `node@${version}`], nodes, "", true);
    const nodeDir = dirname(join(nodes, "node_modules", "node", "bin", "node"));

    const app = join(root, `app ${version}`);
    addPackage(app, { name: "app", private: true, type: "module" }, USE_LIBRARY);
    run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...tarballs], app, nodeDir, true);
    addPackage(
      join(app, "plugin"),
      { name: "hello", version: "1.0.0", type: "module", entryPoints: { "llm.plugins": { hello: "./index.js" } } },
      'import { registerBackend } from "@d0ttino/plugin-sdk";\nregisterBackend("hello", (prompt) => `hello ${prompt}`);\n',
    );
    run("npm", ["install", "--silent", "--no-audit", "--no-fund", "./plugin"], app, nodeDir, true);

    const cli = (...args: string[]): string => run(join(app, "node_modules", ".bin", "ai-cli"), args, app, nodeDir);
    expect("node", run("node", ["--version"], app, nodeDir), `v${version}.`);
    expect("--version", cli("--version"), ".");
    expect("send", cli("send", "-b", "sample", "smoke"), "You said: smoke");
    expect("plug-in", cli("send", "-b", "hello", "smoke"), "hello smoke");
    expect("recipe", cli("recipe", "sample", "smoke", "--dry-run"), "echo 'smoke'");
    // They say what they did on standard error.
    const manage = (...args: string[]): string =>
      run(join(app, "node_modules", ".bin", "ai-cli"), ["plugins", ...args], app, nodeDir, true);
    manage("install", "sample", "echo");
    expect("installed backend", cli("send", "-b", "sample", "smoke"), "sample plug-in: smoke");
    expect("installed recipe", cli("recipe", "echo", "smoke", "--dry-run"), "printf");
    manage("remove", "sample");
    manage("new", "acme", "--yes");
    const acme = join(app, "acme");
    run("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund"], acme, nodeDir, true);
    expect("test of a new plug-in", run("npm", ["test", "--silent"], acme, nodeDir, true), "fail 0");
    expect("entry of a new plug-in", manage("publish", "--check", "--offline", acme), '"acme-backend"');
    expect("library", run("node", ["index.js"], app, nodeDir), "You said: library");
    expect("contract tests", run("node", ["--input-type=module", "-e", CHECK], app, nodeDir), "checked");
    writeFileSync(join(app, "consumer.ts"), TYPED_USE);
    run("node", [join(import.meta.dirname, "../node_modules/typescript/bin/tsc"), ...TYPE_CHECK], app, nodeDir);
    process.stdout.write(`smoke test with Node ${version}: ok\n`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

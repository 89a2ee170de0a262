/**
 * Publishes a plug-in with `npm publish` to Verdaccio, a real registry of npm with a login, and installs, updates, rolls
 * back and removes it there. Verdaccio is brought when this first runs, and kept; where it cannot be had, this says so
 * and passes.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bringPackages } from "./bring-package.ts";

const VERDACCIO = "6.10.0";
const CLI = resolve("packages/ai-cli/bin/ai-cli.cjs");
const folder = bringPackages({ verdaccio: VERDACCIO }, { "verdaccio-audit": { "node-fetch": "3.3.2" } });
if (folder === undefined) {
  console.log(`Verdaccio ${VERDACCIO} cannot be had here, so nothing was tried with it.`);
  process.exit(0);
}
const program = join(folder, "node_modules/verdaccio/bin/verdaccio");
const root = mkdtempSync(join(tmpdir(), "d0ttino verdaccio-"));
const port = await freePort();
const registry = `http://127.0.0.1:${port}/`;
const server = spawn(process.execPath, [program, "--config", writeConfig(), "--listen", `127.0.0.1:${port}`], {
  stdio: "ignore",
});
try {
  await answers();
  const home = join(root, "home");
  mkdirSync(home);
  const npmrc = join(home, ".npmrc");
  writeFileSync(npmrc, `registry=${registry}\n`);
  const stranger = ai(home, "plugins", "install", "--yes", "npm:@smoke/hello-plugin");
  expect("without a login", [stranger.status, stranger.stderr], [1, "asks for a login"]);

  writeFileSync(npmrc, `registry=${registry}\n//127.0.0.1:${port}/:_authToken=${await logIn()}\n`);
  publish(npmrc, "@smoke/dep", "1.0.0", { exports: "./index.js" }, "export default 'dep';\n");
  publishPlugin(npmrc, "1.0.0");
  const installed = ai(home, "plugins", "install", "--yes", "npm:@smoke/hello-plugin");
  expect("install", [installed.status, installed.stderr], [0, "@smoke/hello-plugin 1.0.0 is installed (hello)."]);
  expectAnswer(home, "hello 1.0.0 with dep");
  publishPlugin(npmrc, "2.0.0");
  expect("update", [ai(home, "plugins", "update").status, ""], [0, ""]);
  expectAnswer(home, "hello 2.0.0 with dep");
  expect("rollback", [ai(home, "plugins", "rollback").status, ""], [0, ""]);
  expectAnswer(home, "hello 1.0.0 with dep");
  const removed = ai(home, "plugins", "remove", "hello");
  expect("remove", [removed.status, removed.stderr], [0, "@smoke/hello-plugin 1.0.0 is removed."]);
  const again = ai(home, "plugins", "install", "--yes", "--offline", "npm:@smoke/hello-plugin@1.0.0");
  expect("install from npm's cache", [again.status, again.stderr], [0, "1.0.0 is installed"]);
  console.log(`Verdaccio ${VERDACCIO}: published, installed, updated, rolled back, removed, and installed offline.`);
} finally {
  server.kill();
  rmSync(root, { recursive: true, force: true });
}

/** Whoever reads or publishes has to log in, and nothing comes from elsewhere. */
function writeConfig(): string {
  const file = join(root, "config.yaml");
  const all = "{access: $authenticated, publish: $authenticated}";
  const lines = [
    "storage: ./storage",
    "auth: {htpasswd: {file: ./htpasswd}}",
    `packages: {"@*/*": ${all}, "**": ${all}}`,
    "log: {type: stdout, level: fatal}",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

async function answers(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`Verdaccio ended with ${server.exitCode}.`);
    const response = await fetch(`${registry}-/ping`).catch(() => undefined);
    if (response?.ok === true) return;
    await sleep(100);
  }
  throw new Error("Verdaccio does not answer.");
}

/** Makes a user, as `npm adduser` does, and gives the token. */
async function logIn(): Promise<string> {
  const response = await fetch(`${registry}-/user/org.couchdb.user:smoke`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "smoke", password: "a long password" }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`Verdaccio gave no token: ${response.status}.`);
  return token;
}

function publishPlugin(npmrc: string, version: string): void {
  const fields = { entryPoints: { "llm.plugins": { hello: "./index.js" } }, dependencies: { "@smoke/dep": "^1.0.0" } };
  const source = `import dep from "@smoke/dep";\nexport const run = () => \`hello ${version} with \${dep}\`;\n`;
  publish(npmrc, "@smoke/hello-plugin", version, fields, source);
}

function publish(npmrc: string, name: string, version: string, fields: object, source: string): void {
  const dir = mkdtempSync(join(root, "package-"));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name, version, type: "module", ...fields }));
  writeFileSync(join(dir, "index.js"), source);
  const args = ["publish", "--userconfig", npmrc, "--registry", registry, "--no-provenance"];
  const { status, stderr } = spawnSync("npm", args, { cwd: dir, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm publish of ${name} ${version} ended with ${status}: ${stderr}`);
}

/** Runs the CLI as somebody whose home holds nothing but the .npmrc. */
function ai(home: string, ...args: string[]): { readonly status: number | null; stdout: string; stderr: string } {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    D0TTINO_HOME: join(home, "d0ttino"),
    npm_config_cache: join(home, "npm-cache"),
    PLUGIN_REGISTRY_URL: resolve("plugin-registry.json"),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: home, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

function expectAnswer(home: string, wanted: string): void {
  const { status, stdout, stderr } = ai(home, "send", "-b", "hello", "hi");
  expect(`send (${stderr.trim()})`, [status, stdout], [0, wanted]);
}

function expect(what: string, [status, text]: [number | null, string], [code, part]: [number, string]): void {
  if (status === code && text.includes(part)) return;
  throw new Error(`${what}: expected ${code} and ${JSON.stringify(part)}, got ${status} and ${JSON.stringify(text)}`);
}

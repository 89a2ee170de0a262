/**
 * What the plug-in manager costs: a warm install against npm's own, a sync that has nothing to do, and a long list.
 * Run: npm run bench:manager [-- RUNS]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { timeCommands, timingTable, type TimedCommand } from "./time-commands.ts";

const RUNS = Number(process.argv[2] ?? 15);
const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "packages/ai-cli/bin/ai-cli.cjs");
const NPM = process.env["npm_execpath"];
const NEEDED = "@ai-sdk/openai-compatible";
const root = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));

function writePackage(name: string, group: string, entry: string, dependencies: Record<string, string> = {}): string {
  const dir = join(root, "packages", name);
  mkdirSync(dir, { recursive: true });
  const manifest = {
    name,
    version: "1.0.0",
    type: "module",
    dependencies,
    entryPoints: { [group]: { [entry]: "./index.js" } },
  };
  writeFileSync(join(dir, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, "index.js"), "export const run = () => [];\n");
  return dir;
}

/** The folders of a package of the checkout and of all that it needs. */
function closure(dir: string, found = new Set<string>()): Set<string> {
  if (found.has(dir)) return found;
  found.add(dir);
  const { dependencies = {}, peerDependencies = {} } = readManifest(dir);
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) closure(findPackage(name, dir), found);
  return found;
}

function readManifest(dir: string): { version: string; dependencies?: object; peerDependencies?: object } {
  return JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as ReturnType<typeof readManifest>;
}

function findPackage(name: string, from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    const found = join(dir, "node_modules", name);
    if (existsSync(found)) return found;
    if (dir === dirname(dir)) throw new Error(`${name} is not installed beside ${from}`);
  }
}

/** A copy under the package's own name, without what npm installed into it. */
function copyPackage(dir: string): string {
  const manifest = {
    ...(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { name: string }),
    scripts: {},
  };
  const copy = join(root, "packages", manifest.name);
  const inside = join(dir, "node_modules");
  cpSync(dir, copy, { recursive: true, filter: (file) => file !== inside });
  writeFileSync(join(copy, "package.json"), JSON.stringify(manifest));
  return copy;
}

const openaiCompatible = findPackage("ai-sdk-openai-compatible-v4", ROOT);
const recipes = Array.from({ length: 30 }, (_, at) => `recipe-${at}`);
const folders = [
  ...[...closure(openaiCompatible)].map(copyPackage),
  writePackage("plain-plugin", "llm.plugins", "plain"),
  writePackage("needing-plugin", "llm.plugins", "needing", { [NEEDED]: readManifest(openaiCompatible).version }),
  ...recipes.map((name) => writePackage(name, "d0ttino.recipes", name)),
];
const server = spawn(process.execPath, [join(import.meta.dirname, "serve-packages.ts"), ...folders], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [address] = (await once(server.stdout, "data")) as [Buffer];
const env = {
  npm_config_registry: address.toString().trim(),
  npm_config_cache: join(root, "npm-cache"),
};
const project = join(root, "project");

function emptyProject(): void {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
}

function installs(name: string): TimedCommand[] {
  if (NPM === undefined) throw new Error("Run it with npm: npm run bench:manager");
  const home = join(root, `home of ${name}`);
  const npm = (...flags: string[]): TimedCommand => ({
    name: ["npm install", name, ...flags].join(" "),
    command: process.execPath,
    args: [NPM, "install", name, ...flags],
    env,
    cwd: project,
    before: emptyProject,
  });
  return [
    npm(),
    npm("--no-audit", "--no-fund"),
    {
      name: `ai-cli plugins install npm:${name}`,
      command: process.execPath,
      args: [BIN, "plugins", "install", "--yes", `npm:${name}`],
      env: { ...env, D0TTINO_HOME: home },
      before: () => rmSync(join(home, "plugins"), { recursive: true, force: true }),
    },
  ];
}

function registry(name: string, entries: { readonly plugins?: object; readonly recipes?: object }): string {
  const file = join(root, `${name}.json`);
  writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins: {}, recipes: {}, ...entries }));
  return file;
}

/** A home with so many plug-ins in it. */
function homeWith(count: number): string {
  const home = join(root, `home with ${count}`);
  const generation = join(home, "plugins/generations/g1");
  mkdirSync(generation, { recursive: true });
  const names = Array.from({ length: count }, (_, at) => `plugin-${at}`);
  const packages = names.map((name, at) => ({
    name,
    version: "1.0.0",
    dir: `node_modules/${name}`,
    linked: false,
    sdk: null,
    entries: [{ group: "llm.plugins", name: `backend-${at}`, file: "index.js", export: null }],
  }));
  const installed = names.map((name) => ({
    package: name,
    version: "1.0.0",
    integrity: "sha512-",
    requested: name,
    slot: `alone/${name}`,
  }));
  writeFileSync(join(generation, "index.json"), JSON.stringify({ formatVersion: 1, packages }));
  writeFileSync(join(generation, "package.json"), JSON.stringify({ d0ttino: { node: "", host: "", installed } }));
  writeFileSync(join(home, "plugins/current"), "g1\n");
  return home;
}

try {
  const bare: TimedCommand = { name: "node -e 0", command: process.execPath, args: ["-e", "0"] };
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn\n`);
  for (const name of ["plain-plugin", "needing-plugin"]) {
    process.stdout.write(`\n${timingTable(timeCommands(installs(name), RUNS))}\n`);
  }
  const all = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [
      `backend-${at}`,
      { package: `plugin-${at}`, version: "1.0.0", description: "One of many" },
    ]),
  );
  const pinned = Object.fromEntries(recipes.map((name) => [name, { package: name, version: "1.0.0" }]));
  const cli = (name: string, home: string, file: string, ...args: string[]): TimedCommand => ({
    name,
    command: process.execPath,
    args: [BIN, ...args],
    env: { ...env, D0TTINO_HOME: home, PLUGIN_REGISTRY_URL: file },
  });
  const commands = [
    bare,
    cli(
      "ai-cli plugins recipes sync, 30 unchanged",
      join(root, "synced"),
      registry("recipes", { recipes: pinned }),
      "plugins",
      "recipes",
      "sync",
    ),
    cli(
      "ai-cli plugins list, 200 of 1000 installed",
      homeWith(200),
      registry("thousand", { plugins: all }),
      "plugins",
      "list",
    ),
  ];
  process.stdout.write(`\n${timingTable(timeCommands(commands, RUNS))}\n`);
} finally {
  server.kill();
  rmSync(root, { recursive: true, force: true });
}

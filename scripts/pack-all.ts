/**
 * Writes the tarballs of all packages, as a registry would get them, and checks what they promise to importers.
 * Run: npm run pack:all [-- FOLDER]; the folder is artifacts/ unless another is named.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const PACKAGES = ["packages/plugin-sdk", "packages/llm", "packages/ai-cli", "plugins/llama"];
const folder = resolve(process.argv[2] ?? "artifacts");
if (process.argv[2] === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const staging = mkdtempSync(join(tmpdir(), "d0ttino-pack-"));

try {
  for (const dir of PACKAGES) await packOne(dir, join(staging, dir));
} finally {
  rmSync(staging, { recursive: true, force: true });
}

/** Packs a copy, because npm packs a package.json as it is, with what only the checkout needs. */
async function packOne(dir: string, copy: string): Promise<void> {
  cpSync(dir, copy, { recursive: true, filter: isOurs });
  if (dir === "packages/ai-cli") copyRegistry(join(copy, "registry"));
  const manifest = forPublication(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as Manifest);
  writeFileSync(join(copy, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const name = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
    cwd: copy,
    encoding: "utf8",
  }).trim();
  process.stdout.write(`${name}\n`);

  const bytes = readFileSync(join(folder, name));
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  for (const message of messages) {
    const told = formatMessage(message, pkg, { color: false }) ?? message.code;
    // What is to be installed from there is a package of its own.
    if (told.includes("./registry/")) continue;
    process.stderr.write(`${name}: ${told}\n`);
    process.exitCode = 1;
  }
}

/** The registry of plug-ins with every package that it names by its folder, so that they install without a network. */
function copyRegistry(target: string): void {
  mkdirSync(target);
  cpSync("plugin-registry.json", join(target, "plugin-registry.json"));
  const { plugins, recipes } = JSON.parse(readFileSync("plugin-registry.json", "utf8")) as Record<
    "plugins" | "recipes",
    Record<string, { path?: string }>
  >;
  for (const { path } of [...Object.values(plugins), ...Object.values(recipes)]) {
    const isPublished = (file: string): boolean => isOurs(file) && !file.startsWith(join(path ?? "", "src"));
    if (path !== undefined) cpSync(path, join(target, path), { recursive: true, filter: isPublished });
  }
}

function isOurs(path: string): boolean {
  return !path.includes("node_modules");
}

interface Manifest {
  exports?: Record<string, Record<string, string>>;
  devDependencies?: unknown;
}

/** Without the export condition that leads to the sources, and without what only building needs. */
function forPublication({ devDependencies: _dev, exports, ...rest }: Manifest): object {
  if (exports === undefined) return rest;
  const published = Object.entries(exports).map(
    ([path, { "d0ttino-source": _source, ...targets }]) => [path, targets] as const,
  );
  return { ...rest, exports: Object.fromEntries(published.filter(([, targets]) => Object.keys(targets).length > 0)) };
}

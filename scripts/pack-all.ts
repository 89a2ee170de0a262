/**
 * Writes the tarballs of all packages, as a registry would get them, and checks what they promise to importers.
 * Run: npm run pack:all [-- FOLDER]; the folder is artifacts/ unless another is named.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { TEMPLATES } from "../packages/ai-cli/src/manager/new-plugin/plugin-template.ts";
import { packPackage } from "./pack-package.ts";

const SDK = "packages/plugin-sdk";
const PACKAGES = [SDK, "packages/llm", "packages/ai-cli", "plugins/llama"];
const folder = resolve(process.argv[2] ?? "artifacts");
if (process.argv[2] === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let sdkTarball = "";
const staging = mkdtempSync(join(tmpdir(), "d0ttino-pack-"));

try {
  for (const dir of PACKAGES) await packOne(dir, join(staging, dir));
} finally {
  rmSync(staging, { recursive: true, force: true });
}

async function packOne(dir: string, copy: string): Promise<void> {
  cpSync(dir, copy, { recursive: true, filter: isOurs });
  if (dir === "packages/ai-cli") {
    copyRegistry(join(copy, "registry"));
    copyKit(join(copy, "kit"));
  }
  const name = packPackage(dir, copy, folder);
  if (dir === SDK) sdkTarball = name;
  process.stdout.write(`${name}\n`);

  const bytes = readFileSync(join(folder, name));
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  for (const message of messages) {
    const told = formatMessage(message, pkg, { color: false }) ?? message.code;
    // What is to be installed from there is a package of its own.
    if (told.includes("./registry/") || told.includes("./kit/")) continue;
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

/** What `plugins new` makes plug-ins from: the SDK's tarball, and the examples. */
function copyKit(target: string): void {
  mkdirSync(target);
  cpSync(join(folder, sdkTarball), join(target, sdkTarball));
  for (const { folder: example } of Object.values(TEMPLATES)) {
    const path = join("examples/plugins", example);
    cpSync(path, join(target, path), { recursive: true, filter: isOurs });
  }
}

function isOurs(path: string): boolean {
  return !path.includes("node_modules");
}

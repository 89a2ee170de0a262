import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { TEMPLATES } from "../../packages/ai-cli/src/manager/new-plugin/plugin-template.ts";
import { installCli } from "./installed-cli.ts";
import { CLI_PACKAGE } from "./run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Installs the CLI with what it brings for authors; gives the folder of its package. */
export function installAuthorCli(): string {
  const { cli } = installCli();
  const kit = join(cli, "kit");
  mkdirSync(kit);
  execFileSync(process.execPath, [join(ROOT, "scripts/pack-sdk.ts"), kit]);
  for (const { folder } of Object.values(TEMPLATES)) {
    const path = join("examples/plugins", folder);
    cpSync(join(ROOT, path), join(kit, path), { recursive: true });
  }
  cpSync(join(CLI_PACKAGE, "LICENSE"), join(cli, "LICENSE"));
  mkdirSync(join(cli, "registry"));
  cpSync(join(ROOT, "plugin-registry.json"), join(cli, "registry/plugin-registry.json"));
  return cli;
}

/** A folder whose node_modules has packages of this checkout, as a folder in this checkout would find them. */
export function projectWith(...names: readonly string[]): string {
  const dir = tempFolder("project");
  for (const name of [".bin", ...names]) {
    const link = join(dir, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link);
  }
  return dir;
}

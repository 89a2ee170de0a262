import { cpSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { CLI_PACKAGE } from "./run-cli.ts";
import { writeFiles } from "./make-plugin.ts";
import { tempFolder } from "./temp-folder.ts";

/** A copy of the CLI as npm would install it. */
export interface InstalledCli {
  /** The folder of the copied package. */
  readonly cli: string;
  /** Where npm puts the packages beside it. */
  readonly nodeModules: string;
}

/** Copies the CLI into a new application's node_modules. */
export function installCli(): InstalledCli {
  const nodeModules = join(tempFolder("app"), "node_modules");
  const cli = join(nodeModules, "@d0ttino/ai-cli");
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(join(CLI_PACKAGE, part), join(cli, part), { recursive: true });
  }
  writeFiles(nodeModules, { ".package-lock.json": "{}" });
  return { cli, nodeModules };
}

/** Always the same, so that a folder that is settled again looks as it did before. */
const LONG_AGO = new Date("2020-02-02T02:02:02Z");

/** Makes folders and files look as if nobody had touched them for long, so that what is read from them may be kept. */
export function settle(...paths: readonly string[]): void {
  for (const path of paths) utimesSync(path, LONG_AGO, LONG_AGO);
}

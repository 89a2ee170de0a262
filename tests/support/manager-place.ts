import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startNpmRegistry, type NpmRegistry } from "./npm-registry.ts";
import { runCli, type RunResult } from "./run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

/** A clean home, an empty registry of npm, and a registry of plug-ins. */
export interface ManagerPlace {
  readonly registry: NpmRegistry;
  readonly home: string;
  /** The registry of plug-ins. */
  readonly registryFile: string;
  run(...args: string[]): Promise<RunResult>;
  /** What a backend answers, or the error. */
  says(backend: string): Promise<string>;
  /** The variables of every command. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A clean home, an empty registry of npm, and a registry of plug-ins.
 * @param plugins the entries of backends in the latter
 * @param more variables for every command
 * @param recipes the entries of recipes
 * @param whenOver is given what ends the registry of npm; without it, it ends with the test
 */
export async function managerPlace(
  plugins: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, string>> = {},
  recipes: Readonly<Record<string, unknown>> = {},
  whenOver?: (end: () => void) => void,
): Promise<ManagerPlace> {
  const registry = await startNpmRegistry(whenOver);
  const file = join(tempFolder("registry"), "plugin-registry.json");
  writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins, recipes }));
  return placeAt(registry, tempFolder("home with ünicode"), file, more);
}

/** The same place with a home and a cache of npm of its own, to which nothing has happened since. */
export function copyPlace({ registry, home, registryFile, env }: ManagerPlace): ManagerPlace {
  const [copy, cache] = [tempFolder("home with ünicode"), tempFolder("npm-cache")];
  const options = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };
  cpSync(home, copy, options);
  cpSync(env["npm_config_cache"] ?? "", cache, options);
  return placeAt(registry, copy, registryFile, { ...env, npm_config_cache: cache });
}

function placeAt(
  registry: NpmRegistry,
  home: string,
  registryFile: string,
  more: Readonly<Record<string, string>>,
): ManagerPlace {
  const env = { ...registry.env, PLUGIN_REGISTRY_URL: registryFile, ...more };
  const run = (...args: string[]): Promise<RunResult> => runCli(args, { home, env });
  return {
    registry,
    home,
    env,
    registryFile,
    run,
    says: async (backend) => {
      const { stdout, stderr } = await run("send", "-b", backend, "hi");
      return stdout.trim() || stderr.trim();
    },
  };
}

/** Everything that is left of unfinished work. */
export function leftovers(home: string): string[] {
  const [current, previous] = ["current", "previous"].map((name) => {
    const file = join(home, "plugins", name);
    return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  });
  return readdirSync(join(home, "plugins/generations")).filter((name) => name !== current && name !== previous);
}

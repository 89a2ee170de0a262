import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packInstalled } from "./installed-packages.ts";
import { integrityOf, startNpmRegistry } from "./npm-registry.ts";
import { runCli, type RunOptions } from "./run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

const REGISTRY_FILE = resolve(import.meta.dirname, "../../plugin-registry.json");

/** A provider of the AI SDK in the project's registry. */
export interface RegisteredProvider {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly integrity: string;
  readonly apiKeyEnv: string;
  readonly defaultModel: string;
}

/** All of them, in the order of the file. */
export const PROVIDERS: readonly RegisteredProvider[] = readProviders();

function readProviders(): RegisteredProvider[] {
  const { plugins } = JSON.parse(readFileSync(REGISTRY_FILE, "utf8")) as {
    readonly plugins: Readonly<Record<string, RegisteredProvider & { readonly adapter?: "ai-sdk" }>>;
  };
  return Object.entries(plugins).flatMap(([name, entry]) => (entry.adapter === undefined ? [] : [{ ...entry, name }]));
}

/** The provider of a name. */
export function providerNamed(name: string): RegisteredProvider {
  const found = PROVIDERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the registry has no provider ${name}`);
  return found;
}

/**
 * A home in which providers are installed, as a user installs them: the real packages, from the project's own
 * node_modules, through a registry of npm on this machine. It is removed when the test file has ended.
 */
export async function installProviders(providers: readonly RegisteredProvider[]): Promise<string> {
  const ends: (() => void)[] = [];
  const npm = await startNpmRegistry((end) => ends.push(end));
  const integrity = new Map<string, string>();
  for (const { manifest, tarball } of packInstalled(providers.map((one) => one.package))) {
    const { name, version } = manifest;
    npm.publish(manifest, tarball);
    integrity.set(`${name}@${version}`, integrityOf(tarball));
  }
  // As they are in the registry but for the SHA-512, which is that of what was packed here.
  const plugins = Object.fromEntries(
    providers.map(({ name, ...entry }) => [
      name,
      { ...entry, integrity: integrity.get(`${entry.package}@${entry.version}`) },
    ]),
  );
  const file = join(tempFolder("registry"), "plugin-registry.json");
  writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins, recipes: {} }));
  const home = tempFolder("home");
  const words = providers.map(({ name }) => name);
  const env = { ...npm.env, PLUGIN_REGISTRY_URL: file };
  const { code, stderr } = await runCli(["plugins", "install", ...words], { home, env, timeout: 170_000 });
  for (const end of ends) end();
  if (code !== 0) throw new Error(stderr);
  return home;
}

/** How the CLI is run to ask a provider's server on this machine, with the key that this server wants. */
export function askingProvider(home: string, { name, apiKeyEnv }: RegisteredProvider, url: string): RunOptions {
  return { home, env: { [apiKeyEnv]: keyOf(name), [`${name.toUpperCase()}_BASE_URL`]: url } };
}

/** The key that is used for a provider. */
export function keyOf(name: string): string {
  return `secret-key-of-${name}`;
}

import Config from "@npmcli/config";
import npm from "@npmcli/config/lib/definitions/index.js";
import { allVariables } from "@d0ttino/llm/config/environment";

/** Options of npm's libraries. */
export type NpmSettings = Readonly<Record<string, unknown>>;

/**
 * npm's settings as the user has them: registry, scopes, tokens, certificates, proxy and cache, of the environment and
 * of the .npmrc files. Whatever they say, no script of a package runs and no engine is ignored.
 * @param dir the folder that is installed into; an .npmrc of the current directory does not count
 * @param offline whether npm's cache must do
 */
export async function npmSettings(dir: string, offline: boolean): Promise<NpmSettings> {
  const flat = await (known.get(dir) ?? load(dir));
  return { ...flat, ...(offline ? { offline: true } : {}) };
}

/** By folder: reading them takes as long as installing a small package. */
const known = new Map<string, Promise<NpmSettings>>();

function load(dir: string): Promise<NpmSettings> {
  const loading = read(dir);
  known.set(dir, loading);
  return loading;
}

async function read(dir: string): Promise<NpmSettings> {
  const config = new Config({
    npmPath: dir,
    ...npm,
    argv: [process.execPath, "npm"],
    env: allVariables(),
    cwd: dir,
  });
  await config.load();
  return {
    ...config.flat,
    ignoreScripts: true,
    engineStrict: true,
    binLinks: false,
    installLinks: true,
    audit: false,
    fund: false,
    dryRun: false,
    packageLock: true,
    packageLockOnly: false,
    global: false,
    save: true,
    legacyPeerDeps: false,
    strictPeerDeps: false,
    omit: ["dev"],
    include: [],
  };
}

import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import Config from "@npmcli/config";
import npm from "@npmcli/config/lib/definitions/index.js";
import { allVariables } from "@d0ttino/llm/config/environment";
import { makeFolder } from "@d0ttino/llm/config/make-folder";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { limitTransfers } from "./limit-transfers.ts";

/** Options of npm's libraries. */
export type NpmSettings = Readonly<Record<string, unknown>>;

/**
 * npm's settings as the user has them: registry, scopes, tokens, certificates, proxy and cache, of the environment and
 * of the .npmrc files. Whatever they say, no script of a package runs and no engine is ignored.
 * @param dir the folder that is installed into; an .npmrc of the current directory does not count
 * @param offline whether npm's cache must do
 * @throws D0ttinoError `io-failed` when npm's cache cannot be written
 */
export async function npmSettings(dir: string, offline: boolean): Promise<NpmSettings> {
  const flat = await (known.get(dir) ?? load(dir));
  limitTransfers(Number(flat["timeout"]));
  if (!offline) checkCache(String(flat["cache"]));
  return { ...flat, ...(offline ? { offline: true } : {}) };
}

/** npm's libraries wait forever, or blame the registry, when they cannot write what they bring. */
function checkCache(cache: string): void {
  const folder = join(cache, "tmp");
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new D0ttinoError("io-failed", `npm's cache ${cache} cannot be written: ${messageOf(error)}.`, {
      hint: "Make it yours, or name another folder: npm config set cache FOLDER",
      cause: error,
    });
  }
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
    ...patience(config),
    // What a package needs comes from the registry of npm; what the user named himself may lie on this machine.
    allowGit: "none",
    allowRemote: "none",
    allowFile: "root",
    allowDirectory: "root",
    ignoreScripts: true,
    engineStrict: true,
    force: false,
    installStrategy: "hoisted",
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

/** How long a silent server is waited for, in milliseconds. npm's own five minutes are for nobody who watches. */
const TIMEOUT = 30_000;

/** When a server that cannot be reached is tried again, in milliseconds; npm's own way takes more than a minute. */
const RETRY = {
  "fetch-retry-factor": ["factor", 4],
  "fetch-retry-mintimeout": ["minTimeout", 500],
  "fetch-retry-maxtimeout": ["maxTimeout", 5000],
} as const;

/** How long servers are waited for, where the user has not said it. */
function patience(config: Config): NpmSettings {
  const ours = Object.entries(RETRY).filter(([key]) => config.isDefault(key));
  const retry = { ...(config.flat["retry"] as object), ...Object.fromEntries(ours.map(([, setting]) => setting)) };
  return config.isDefault("fetch-timeout") ? { retry, timeout: TIMEOUT } : { retry };
}

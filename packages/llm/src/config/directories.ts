import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { variable } from "./environment.ts";

/** Where everything lies on disk; all paths are absolute. */
export interface Directories {
  readonly configFile: string;
  readonly keysFile: string;
  /** Installed plug-ins, in generations. */
  readonly pluginHome: string;
  /** Recipe packages that `recipes sync` brought, in generations. */
  readonly syncedRecipes: string;
  /** Weights of models that run on this machine. */
  readonly models: string;
  /** Runs of recipes, each in a folder of its own. */
  readonly runs: string;
  /** Small state that needs transactions, and the lock on the files that are read, changed and written back. */
  readonly stateFile: string;
  readonly cache: string;
}

/**
 * `D0TTINO_HOME` holds everything when it is set; otherwise the folders of the XDG base directory specification,
 * which says that relative values are to be ignored.
 * @throws D0ttinoError `bad-config` when `D0TTINO_HOME` is relative
 */
export function directories(): Directories {
  const home = variable("D0TTINO_HOME");
  if (home !== undefined) {
    if (isAbsolute(home)) return layout(home, home, join(home, "cache"));
    throw new D0ttinoError("bad-config", `D0TTINO_HOME is the relative path ${JSON.stringify(home)}.`, {
      hint: "Write its absolute path: nothing is loaded relative to the current directory.",
    });
  }
  const base = (name: string, fallback: string): string => {
    const value = variable(name);
    return join(value !== undefined && isAbsolute(value) ? value : join(userHome(), fallback), "d0ttino");
  };
  return layout(
    base("XDG_CONFIG_HOME", ".config"),
    base("XDG_DATA_HOME", ".local/share"),
    base("XDG_CACHE_HOME", ".cache"),
  );
}

/** HOME may be empty or relative; then the system's own record counts, so that nothing depends on the current directory. */
function userHome(): string {
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}

function layout(config: string, data: string, cache: string): Directories {
  return {
    configFile: join(config, "config.json"),
    keysFile: join(config, "keys.json"),
    pluginHome: join(data, "plugins"),
    syncedRecipes: join(data, "recipes", "packages"),
    models: join(data, "models"),
    runs: join(data, "runs"),
    stateFile: join(data, "state.db"),
    cache,
  };
}

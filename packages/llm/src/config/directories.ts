import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { variable } from "./environment.ts";

/** Where everything lies on disk; all paths are absolute. */
export interface Directories {
  readonly configFile: string;
  readonly keysFile: string;
  /** Installed plug-ins, in generations. */
  readonly pluginHome: string;
  /** Recipe packages that `recipes sync` brought, in generations. */
  readonly syncedRecipes: string;
  readonly cache: string;
}

/**
 * `D0TTINO_HOME` holds everything when it is set; otherwise the folders of the XDG base directory specification,
 * which says that relative values are to be ignored.
 */
export function directories(): Directories {
  const home = variable("D0TTINO_HOME");
  if (home !== undefined) return layout(resolve(home), resolve(home), join(resolve(home), "cache"));
  const base = (name: string, fallback: string): string => {
    const value = variable(name);
    return join(value !== undefined && isAbsolute(value) ? value : join(homedir(), fallback), "d0ttino");
  };
  return layout(
    base("XDG_CONFIG_HOME", ".config"),
    base("XDG_DATA_HOME", ".local/share"),
    base("XDG_CACHE_HOME", ".cache"),
  );
}

function layout(config: string, data: string, cache: string): Directories {
  return {
    configFile: join(config, "config.json"),
    keysFile: join(config, "keys.json"),
    pluginHome: join(data, "plugins"),
    syncedRecipes: join(data, "recipes", "packages"),
    cache,
  };
}

import { homedir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, vi } from "vitest";
import { directories } from "./directories.ts";

beforeEach(() => {
  for (const name of ["D0TTINO_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"])
    vi.stubEnv(name, undefined);
});

it("puts everything under D0TTINO_HOME, whatever XDG says", () => {
  vi.stubEnv("D0TTINO_HOME", "/home/me/d0");
  vi.stubEnv("XDG_CONFIG_HOME", "/xdg");
  expect(directories()).toEqual({
    configFile: "/home/me/d0/config.json",
    keysFile: "/home/me/d0/keys.json",
    stateFile: "/home/me/d0/state.db",
    pluginHome: "/home/me/d0/plugins",
    syncedRecipes: "/home/me/d0/recipes/packages",
    models: "/home/me/d0/models",
    runs: "/home/me/d0/runs",
    cache: "/home/me/d0/cache",
  });
});

it("takes the folders of XDG, each on its own", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/c");
  vi.stubEnv("XDG_DATA_HOME", "/d");
  vi.stubEnv("XDG_CACHE_HOME", "/k");
  expect(directories()).toEqual({
    configFile: "/c/d0ttino/config.json",
    keysFile: "/c/d0ttino/keys.json",
    stateFile: "/d/d0ttino/state.db",
    pluginHome: "/d/d0ttino/plugins",
    syncedRecipes: "/d/d0ttino/recipes/packages",
    models: "/d/d0ttino/models",
    runs: "/d/d0ttino/runs",
    cache: "/k/d0ttino",
  });
});

it.each(["", "relative", "./relative", "~/config"])(
  "ignores %j as a folder of XDG, so that nothing depends on the current directory",
  (value) => {
    for (const name of ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"]) vi.stubEnv(name, value);
    expect(directories()).toEqual({
      configFile: join(homedir(), ".config/d0ttino/config.json"),
      keysFile: join(homedir(), ".config/d0ttino/keys.json"),
      stateFile: join(homedir(), ".local/share/d0ttino/state.db"),
      pluginHome: join(homedir(), ".local/share/d0ttino/plugins"),
      syncedRecipes: join(homedir(), ".local/share/d0ttino/recipes/packages"),
      models: join(homedir(), ".local/share/d0ttino/models"),
      runs: join(homedir(), ".local/share/d0ttino/runs"),
      cache: join(homedir(), ".cache/d0ttino"),
    });
  },
);

it("counts an empty D0TTINO_HOME as not set", () => {
  vi.stubEnv("D0TTINO_HOME", "");
  expect(directories().configFile).toBe(join(homedir(), ".config/d0ttino/config.json"));
});

it("refuses a relative D0TTINO_HOME, which would load code from the current directory", () => {
  vi.stubEnv("D0TTINO_HOME", "relative");
  expect(() => directories()).toThrow(expect.objectContaining({ code: "bad-config" }));
});

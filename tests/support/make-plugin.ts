import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempFolder } from "./temp-folder.ts";

/** What a package folder is made of. */
export interface PluginFolder {
  readonly name: string;
  readonly version?: string;
  /** "module" when it is not given. */
  readonly type?: "module" | "commonjs";
  /** Backends by name, as `llm.plugins` has them. */
  readonly backends?: Readonly<Record<string, unknown>>;
  /** Recipes by name, as `d0ttino.recipes` has them. */
  readonly recipes?: Readonly<Record<string, unknown>>;
  /** The range of the SDK, as a peer dependency. */
  readonly sdk?: string;
  /** More fields of package.json; they win. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Texts by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the folder of a package and gives it back. */
export function makePlugin(dir: string, plugin: PluginFolder): string {
  const { name, version = "1.0.0", type = "module", backends, recipes, sdk, manifest, files = {} } = plugin;
  const entryPoints = {
    ...(backends === undefined ? {} : { "llm.plugins": backends }),
    ...(recipes === undefined ? {} : { "d0ttino.recipes": recipes }),
  };
  const peers = sdk === undefined ? {} : { peerDependencies: { "@d0ttino/plugin-sdk": sdk } };
  writeFiles(dir, {
    "package.json": JSON.stringify({ name, version, type, entryPoints, ...peers, ...manifest }),
    ...files,
  });
  return dir;
}

/** Writes texts under a folder, by path. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return dir;
}

/** A package with one backend; `source` is its module, and the package is called as the backend. */
export function backendPackage(name: string, source: string, more: Partial<PluginFolder> = {}): string {
  return makePlugin(tempFolder(name), {
    name,
    backends: { [name]: "./index.js" },
    files: { "index.js": source },
    ...more,
  });
}

/** A package with one recipe; `source` is its module, and the package is called as the recipe. */
export function recipePackage(name: string, source: string, more: Partial<PluginFolder> = {}): string {
  return makePlugin(tempFolder(name), {
    name,
    recipes: { [name]: "./index.js" },
    files: { "index.js": source },
    ...more,
  });
}

/** The module of a backend that answers with a text. */
export function answering(name: string, text: string): string {
  return `import { registerBackend } from "@d0ttino/plugin-sdk";
registerBackend(${JSON.stringify(name)}, () => ${JSON.stringify(text)});
`;
}

/** The module of a recipe with these steps. */
export function planning(name: string, steps: unknown): string {
  return `import { registerRecipe } from "@d0ttino/plugin-sdk";
registerRecipe(${JSON.stringify(name)}, () => (${JSON.stringify(steps)}));
`;
}

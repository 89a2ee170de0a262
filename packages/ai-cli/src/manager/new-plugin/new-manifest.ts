import { SDK_VERSION } from "@d0ttino/plugin-sdk/host";
import { LOWEST_NODE } from "../registry-check/check-package.ts";
import { TEMPLATES, type PluginNames, type TemplateKind } from "./plugin-template.ts";

/** What a new plug-in is to be. */
export interface NewPlugin {
  readonly kind: TemplateKind;
  readonly language: "js" | "ts";
  readonly names: PluginNames;
  /** The file name of the SDK's tarball, which lies in `vendor/`. */
  readonly sdkTarball: string;
  /** Packages that the folder finds in a project around it. */
  readonly found: readonly string[];
}

const SDK = "@d0ttino/plugin-sdk";

/** What TypeScript needs, and nobody who uses the plug-in. */
export const COMPILER: Readonly<Record<string, string>> = { "@types/node": "^24.0.0", typescript: "^7.0.2" };

/** The package.json of a new plug-in. */
export function newManifest({ kind, language, names, sdkTarball, found }: NewPlugin): object {
  const { group, description, dependencies } = TEMPLATES[kind];
  const isTyped = language === "ts";
  const compiler = Object.entries(COMPILER).filter(([name]) => isTyped && !found.includes(name));
  const built = `./dist/index.js#${names.identifier}`;
  const entry = isTyped
    ? { source: `./index.ts#${names.identifier}`, default: built }
    : `./index.js#${names.identifier}`;
  return {
    name: names.package,
    version: "1.0.0",
    description,
    keywords: ["d0ttino-plugin", group === "llm.plugins" ? "backend" : "recipe"],
    license: "Apache-2.0",
    files: isTyped ? ["dist/index.js", "dist/index.d.ts"] : ["index.js"],
    type: "module",
    exports: isTyped ? { types: "./dist/index.d.ts", default: "./dist/index.js" } : "./index.js",
    scripts: {
      ...(isTyped ? { build: "tsc", types: "tsc --noEmit", prepack: "npm run build" } : {}),
      test: `node --test test.${language}`,
    },
    ...(Object.keys(dependencies).length === 0 ? {} : { dependencies }),
    devDependencies: { [SDK]: `file:vendor/${sdkTarball}`, ...Object.fromEntries(compiler) },
    peerDependencies: { [SDK]: `^${SDK_VERSION}` },
    peerDependenciesMeta: { [SDK]: { optional: true } },
    engines: { node: `>=${LOWEST_NODE.replace(/\.0$/, "")}` },
    entryPoints: { [group]: { [names.name]: entry } },
  };
}

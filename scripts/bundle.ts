/**
 * Bundles the packages into their dist folders. It runs as the `prepare` script, so that the bins work straight
 * after `npm install` in a checkout.
 */
import { renameSync, rmSync } from "node:fs";
import { build, type BuildOptions, type Plugin } from "esbuild";

const common: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node22.18",
  conditions: ["d0ttino-source"],
  logLevel: "warning",
};

const library: BuildOptions = { format: "esm", splitting: true, chunkNames: "[name]-[hash]" };

// The terminal starts with every command: one CommonJS file is loaded ten milliseconds faster than ES modules.
const program: BuildOptions = {
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  // Names stay readable in stack traces; what is gone need not be read at every start.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { "import.meta.url": "bundleUrl" },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

// npm's installer is larger than all the rest, and only what changes plug-ins needs it.
const INSTALLER = "src/manager/change-plugins.ts";
const installerApart: Plugin = {
  name: "installer-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/change-plugins\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./installer.cjs", external: true } : undefined,
    ),
};

const builds: { dir: string; options: BuildOptions }[] = [
  {
    dir: "packages/plugin-sdk",
    options: {
      ...library,
      platform: "neutral",
      entryPoints: { index: "src/index.ts", testing: "src/testing/index.ts", host: "src/host.ts" },
    },
  },
  {
    dir: "packages/llm",
    options: { ...library, entryPoints: { index: "src/index.ts" }, external: ["@d0ttino/plugin-sdk"] },
  },
  {
    dir: "packages/ai-cli",
    options: {
      ...library,
      entryPoints: { "plugin-sdk": "src/plugin-sdk.ts", "plugin-sdk-testing": "src/plugin-sdk-testing.ts" },
    },
  },
  {
    dir: "packages/ai-cli",
    options: { ...program, entryPoints: { main: "src/main.ts" }, plugins: [installerApart] },
  },
  {
    dir: "packages/ai-cli",
    options: { ...program, entryPoints: { installer: INSTALLER }, external: ["node-gyp/bin/node-gyp.js"] },
  },
  {
    dir: "plugins/llama",
    options: {
      ...library,
      entryPoints: { backend: "src/backend.ts" },
      external: ["@d0ttino/plugin-sdk", "node-llama-cpp"],
    },
  },
];

const dirs = new Set(builds.map((one) => one.dir));

// Only when all is built does it take the place of the old, which works until then.
const folder = `dist.${process.pid}`;
try {
  for (const { dir, options } of builds) {
    await build({ ...common, ...options, absWorkingDir: `${process.cwd()}/${dir}`, outdir: folder });
  }
  for (const dir of dirs) {
    rmSync(`${dir}/dist`, { recursive: true, force: true });
    renameSync(`${dir}/${folder}`, `${dir}/dist`);
  }
} finally {
  for (const dir of dirs) rmSync(`${dir}/${folder}`, { recursive: true, force: true });
}

/**
 * Bundles the packages into their dist folders. It runs as the `prepare` script, so that the bins work straight
 * after `npm install` in a checkout.
 */
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
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
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  banner: {
    js: `const importModule = (url) => require("../bin/import-module.cjs")(url);
const seldom = (load) => new Proxy({}, { get: (_, name) => load()[name] });`,
  },
};

// The program is read at every start, so what few commands need lies in files of its own: npm's installer, which is
// larger than all the rest, the plug-in manager, and the bringing of models.
const APART: Readonly<Record<string, string>> = {
  installer: "src/manager/with-npm.ts",
  plugins: "src/commands/plugins/plugins.ts",
  doctor: "src/commands/doctor.ts",
  "registry-check": "src/commands/plugins/registry.ts",
  "new-plugin": "src/commands/plugins/new.ts",
  publish: "src/commands/plugins/publish.ts",
  "model-files": "src/commands/model-files.ts",
  "pull-model": "src/commands/pull-model.ts",
  setup: "src/commands/setup.ts",
  recipe: "src/commands/recipe.ts",
  "ask-model": "src/commands/ask-model.ts",
  runs: "src/commands/runs.ts",
  "registry-hint": "src/commands/registry-hint.ts",
  risk: "src/recipes/risk/classify-step.ts",
};

/** Parts of Node itself that take milliseconds to load, and that few commands call. */
const SELDOM_OF_NODE = /= ?(require\("node:(?:child_process|fs\/promises|net|stream|timers\/promises|tty)"\))/g;

const apart: Plugin = {
  name: "apart",
  setup: ({ initialOptions, onEnd, onResolve }) => {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const target = resolve(resolveDir, path).replaceAll("\\", "/");
      const name = Object.keys(APART).find((one) => target.endsWith(`packages/ai-cli/${APART[one]}`));
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
    // Node reads a CommonJS file that is imported once more, in search of its exports, and takes 15 milliseconds for
    // the largest of these.
    onEnd(() => {
      const { absWorkingDir = "", outdir = "" } = initialOptions;
      for (const name of ["main", ...Object.keys(APART)]) {
        const file = join(absWorkingDir, outdir, `${name}.cjs`);
        const text = readFileSync(file, "utf8")
          .replaceAll(/\bimport\("(\.\/[a-z-]+\.cjs|node:[a-z]+)"\)/g, 'Promise.resolve().then(()=>require("$1"))')
          .replaceAll(/\bimport\(/g, "importModule(")
          .replaceAll(SELDOM_OF_NODE, "= seldom(() => $1)");
        checkAscii(file, text);
        // What knows the compiled code of a bundle tells by this whether it is of the same text.
        const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
        writeFileSync(file, `${text}//${hash}\n`);
      }
    });
  },
};

/**
 * One character outside Latin-1, which esbuild leaves as it is in regular expressions and raw strings, and Node keeps
 * two bytes for each character of the file: it is read more slowly, and garbage is collected earlier.
 */
function checkAscii(file: string, text: string): void {
  const found = /.{0,40}\P{ASCII}/u.exec(text)?.[0];
  if (found !== undefined) throw new Error(`${file} must be ASCII; write the last character here as \\u....: ${found}`);
}

/** The table of programs is in the bundle as the text that comes of it. */
const evaluated: Plugin = {
  name: "evaluated",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]rules[\\/]program-lines\.ts$/ }, async ({ path }) => {
      const { PROGRAM_LINES } = (await import(pathToFileURL(path).href)) as { PROGRAM_LINES: string };
      return { contents: `export const PROGRAM_LINES = ${JSON.stringify(PROGRAM_LINES)};` };
    });
  },
};

/** Parts of npm's libraries that are hardly ever used there are loaded when they are. */
const SELDOM = /^(?:sigstore|glob|@npmcli\/(?:git|fs))$/;

/** Those of them that are taken apart where they are loaded, and have functions alone. */
const FUNCTIONS = ["glob", "@npmcli/fs"];

const seldom: Plugin = {
  name: "seldom",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: SELDOM }, ({ path, resolveDir, namespace }) =>
      namespace === "seldom" ? undefined : { path, namespace: "seldom", pluginData: resolveDir },
    );
    onLoad({ filter: SELDOM, namespace: "seldom" }, ({ path, pluginData }) => {
      const own = `require(${JSON.stringify(path)})[name]`;
      const get = FUNCTIONS.includes(path) ? `(_, name) => (...args) => ${own}(...args)` : `(_, name) => ${own}`;
      return { contents: `module.exports = new Proxy({}, { get: ${get} });`, resolveDir: pluginData as string };
    });
  },
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
    options: {
      ...program,
      entryPoints: {
        main: "src/main.ts",
        "try-plugin": "src/try-plugin.ts",
        "test-plugin": "src/test-plugin.ts",
        ...APART,
      },
      plugins: [apart, evaluated, seldom],
      external: ["@lydell/node-pty", "node-gyp/bin/node-gyp.js"],
    },
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

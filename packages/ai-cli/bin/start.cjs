"use strict";

const { existsSync, mkdirSync } = require("node:fs");
const { homedir } = require("node:os");
const { dirname, isAbsolute, join } = require("node:path");

/**
 * Imports the program and runs it: the bundle, or with D0TTINO_SOURCE=1 the sources of a checkout.
 * @param {string[]} args
 */
module.exports = async function start(args) {
  if (process.env.D0TTINO_SOURCE === "1") {
    const { main } = await importSource();
    process.exit(await main(args));
  }
  const bundles = openBundles(args);
  const exitCode = await bundles.load(findBundle()).main(args);
  // Whatever ends otherwise may have been a misspelt command, of which nothing is to be kept.
  if (exitCode === 0) bundles.keep();
  process.exit(exitCode);
};

/** Options change what V8 compiles, so that code from before would be of no use; then Node's own cache has to do. */
function openBundles([command = "--help"]) {
  const folder = compiledFolder();
  const { NODE_OPTIONS, NODE_V8_COVERAGE, NODE_DISABLE_COMPILE_CACHE } = process.env;
  const isPlain = process.execArgv.length === 0 && !NODE_OPTIONS && !NODE_V8_COVERAGE && !NODE_DISABLE_COMPILE_CACHE;
  if (folder !== undefined && isPlain && /^[a-z-]{1,20}$/.test(command))
    return require("./bundle-loader.cjs")(folder, command);
  return { load: require, keep: () => {} };
}

function findBundle() {
  const file = join(__dirname, "../dist/main.cjs");
  if (existsSync(file)) return file;
  process.stderr.write("ai-cli: its bundle is missing: run npm install in the checkout, or reinstall the package.\n");
  return process.exit(1);
}

function importSource() {
  require("node:module").registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, "d0ttino-source"] }),
  });
  return import("../src/main.ts");
}

/** The folder for compiled code, which Node uses for the modules of plug-ins; undefined when it cannot be had. */
function compiledFolder() {
  const compiled = join(cacheDirectory(), "compiled");
  if (!isAbsolute(compiled)) return undefined;
  const folder = join(compiled, `bundles-${process.version}-${process.arch}`);
  try {
    if (!existsSync(folder)) makeFolder(folder);
    require("node:module").enableCompileCache(compiled);
    return folder;
  } catch {
    // Without it a start takes longer, and that is all.
    return undefined;
  }
}

/** Node's own recursive mkdir never returns where a file system such as /proc refuses new folders. */
function makeFolder(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === "EEXIST") return;
    if (error.code !== "ENOENT") throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}

/**
 * The cache folder, as the library's directories.ts has it, which cannot be asked before it is compiled. Node's own
 * default lies in the folder for temporary files, where others could put code under our name.
 */
function cacheDirectory() {
  const { D0TTINO_HOME, XDG_CACHE_HOME } = process.env;
  if (D0TTINO_HOME) return join(D0TTINO_HOME, "cache");
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "d0ttino");
}

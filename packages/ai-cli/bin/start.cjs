"use strict";

const { existsSync, mkdirSync } = require("node:fs");
const { homedir } = require("node:os");
const { dirname, isAbsolute, join } = require("node:path");

/**
 * Imports the program and runs it: the bundle, or with D0TTINO_SOURCE=1 the sources of a checkout.
 * @param {string[]} args
 */
module.exports = async function start(args) {
  const { main } = process.env.D0TTINO_SOURCE === "1" ? await importSource() : requireBundle();
  process.exit(await main(args));
};

function requireBundle() {
  enableCompileCache();
  try {
    return require("../dist/main.cjs");
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    process.stderr.write("ai-cli: its bundle is missing: run npm install in the checkout, or reinstall the package.\n");
    return process.exit(1);
  }
}

function importSource() {
  require("node:module").registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, "d0ttino-source"] }),
  });
  return import("../src/main.ts");
}

/** A cache that cannot be had only costs time. */
function enableCompileCache() {
  const folder = join(cacheDirectory(), "compiled");
  if (!isAbsolute(folder)) return;
  try {
    if (!existsSync(folder)) makeFolder(folder);
    require("node:module").enableCompileCache(folder);
  } catch {}
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

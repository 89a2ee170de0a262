"use strict";

const { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const { Script } = require("node:vm");

/**
 * Loads bundles as `require` does, with compiled code that an earlier run has kept. Node's own compile cache keeps what
 * is compiled while a file is loaded, but functions are compiled when they are first called, and this one has them too.
 * @param {string} folder where compiled code is kept
 * @param {string} command each has files of its own, which hold what it calls and nothing else
 */
module.exports = function bundleLoader(folder, command) {
  const bundles = new Map();
  const load = (file) => {
    const known = bundles.get(file);
    if (known !== undefined) return known.exports;
    // It is ASCII, of which nothing has to be decoded.
    const source = readFileSync(file, "latin1");
    const stamp = stampOf(source);
    const keptIn = join(folder, `${command}-${basename(file, ".cjs")}`);
    const kept = readKept(keptIn, stamp);
    const script = new Script(OPENING + source + CLOSING, {
      filename: file,
      columnOffset: -OPENING.length,
      cachedData: kept?.code,
    });
    const module = { exports: {} };
    const requireFrom = (id) => (SIBLING.test(id) ? load(join(dirname(file), id)) : require(id));
    script.runInThisContext()(module.exports, Object.assign(requireFrom, require), module, file, dirname(file));
    const effort = script.cachedDataRejected === false ? kept.effort : 0;
    bundles.set(file, { exports: module.exports, script, stamp, keptIn, effort });
    return module.exports;
  };
  return { load, keep: () => keepCompiled(bundles.values()) };
};

const OPENING = "(function(exports,require,module,__filename,__dirname){";
const CLOSING = "\n})";
const SIBLING = /^\.\/[\w-]+\.cjs$/;

/** A run that took so many times the work of the one whose code is kept will have called more functions. */
const MORE = 1.25;

/** Keeps the compiled code of bundles for the next run. */
function keepCompiled(bundles) {
  const { user, system } = process.cpuUsage();
  const effort = Math.ceil((user + system) / 1000);
  for (const { script, stamp, keptIn, effort: before } of bundles) {
    if (effort <= before * MORE) continue;
    const head = Buffer.from(`${stamp}${effort}`.padEnd(HEAD_LENGTH));
    const code = script.createCachedData();
    writeWhole(keptIn, Buffer.concat([head, code, code]));
  }
}

const STAMP_LENGTH = 16;
const HEAD_LENGTH = 32;

/** The hash of a bundle, which its last line is. */
function stampOf(source) {
  return source.slice(-STAMP_LENGTH - 1, -1);
}

/**
 * Kept code, and how many milliseconds of work the run took that it is from; undefined when it is not of that bundle. It
 * is there twice: V8 trusts what it is given and would crash, or worse, on code that a disk has damaged, and comparing is
 * the quickest check that Node has without loading more.
 */
function readKept(file, stamp) {
  try {
    const bytes = readFileSync(file);
    const head = bytes.latin1Slice(0, HEAD_LENGTH);
    if (!head.startsWith(stamp)) return undefined;
    const middle = (HEAD_LENGTH + bytes.length) / 2;
    const code = bytes.subarray(HEAD_LENGTH, middle);
    if (!code.equals(bytes.subarray(middle))) return undefined;
    return { code, effort: Number(head.slice(STAMP_LENGTH)) };
  } catch {
    return undefined;
  }
}

/** Writes a file so that nobody ever reads a part of it. */
function writeWhole(file, bytes) {
  const temporary = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(temporary, "w", 0o600);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    // A cache that cannot be had only costs time.
    rmSync(temporary, { force: true });
  }
}

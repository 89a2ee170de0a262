import { expect, it } from "vitest";
import { importTargets } from "./import-target.ts";

it.each<[object, readonly string[]]>([
  [{ exports: "./a.js" }, ["./a.js"]],
  [{ exports: { ".": "./a.js", "./other": "./b.js" }, main: "c.js" }, ["./a.js"]],
  [{ exports: { ".": { types: "./a.d.ts", import: "./a.mjs", require: "./a.cjs" } } }, ["./a.mjs"]],
  [{ exports: { types: "./a.d.ts", browser: "./b.js", node: { require: "./a.cjs", default: "./n.js" } } }, ["./n.js"]],
  // The first that applies counts, also when a better one follows.
  [{ exports: { default: "./first.js", import: "./second.js" } }, ["./first.js"]],
  [{ exports: { import: { browser: "./b.js" }, default: "./a.js" } }, ["./a.js"]],
  [{ exports: [{ browser: "./b.js" }, "./a.js"] }, ["./a.js"]],
  [{ exports: { import: null, default: "./a.js" } }, []],
  [{ exports: { "./sub": "./a.js" }, main: "a.js" }, []],
  [{ exports: { require: "./a.cjs" } }, []],
  [{ exports: 5 }, []],
  [{ exports: null, main: "lib" }, ["lib", "lib.js", "lib/index.js", "index.js"]],
  [{ main: "./lib/a.js", module: "./a.mjs" }, ["./lib/a.js", "./lib/a.js.js", "./lib/a.js/index.js", "index.js"]],
  [{ main: 5 }, ["index.js"]],
  [{}, ["index.js"]],
])("%j is imported from %j", (manifest, targets) => {
  expect(importTargets(manifest as Readonly<Record<string, unknown>>)).toEqual(targets);
});

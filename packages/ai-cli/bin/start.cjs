"use strict";

/**
 * Imports the program and runs it: the bundle, or with D0TTINO_SOURCE=1 the sources of a checkout.
 * @param {string[]} args
 */
module.exports = async function start(args) {
  const { main } = process.env.D0TTINO_SOURCE === "1" ? await importSource() : requireBundle();
  process.exit(await main(args));
};

function requireBundle() {
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

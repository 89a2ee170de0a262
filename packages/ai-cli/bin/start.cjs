"use strict";

/**
 * Imports the program and runs it: the bundle, or with D0TTINO_SOURCE=1 the sources of a checkout.
 * @param {string[]} args
 */
module.exports = async function start(args) {
  const fromSource = process.env.D0TTINO_SOURCE === "1";
  if (fromSource) {
    require("node:module").registerHooks({
      resolve: (specifier, context, nextResolve) =>
        nextResolve(specifier, { ...context, conditions: [...context.conditions, "source"] }),
    });
  }
  const entry = fromSource ? "../src/main.ts" : "../dist/main.js";
  if (!require("node:fs").existsSync(require("node:path").join(__dirname, entry))) {
    process.stderr.write(
      `ai-cli: ${entry.slice(3)} is missing: run npm install in the checkout, or reinstall the package.\n`,
    );
    process.exit(1);
  }
  const { main } = await import(entry);
  process.exit(await main(args));
};

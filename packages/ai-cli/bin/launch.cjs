"use strict";

// Old versions of Node must be able to parse this file, so that they can say what is wrong.
var OLDEST = [22, 18];

/**
 * Starts the terminal program.
 * @param {string[]} prefix the arguments that this bin stands for
 */
module.exports = function launch(prefix) {
  var args = process.argv.slice(2);
  var node = process.versions.node.split(".").map(Number);
  if (node[0] < OLDEST[0] || (node[0] === OLDEST[0] && node[1] < OLDEST[1])) {
    process.stderr.write(
      "ai-cli needs Node.js " +
        OLDEST.join(".") +
        " or newer, and this is " +
        process.versions.node +
        ": install a current one from https://nodejs.org.\n",
    );
    process.exitCode = 1;
    return;
  }
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
    try {
      require("node:fs").writeSync(1, require("../package.json").version + "\n");
    } catch (error) {
      if (error.code === "EPIPE") return;
      process.stderr.write("ai-cli: The output cannot be written: " + error.message + "\n");
      process.exitCode = 1;
    }
    return;
  }
  void require("./start.cjs")(prefix.concat(args));
};

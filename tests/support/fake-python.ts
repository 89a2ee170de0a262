import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { tempFolder } from "./temp-folder.ts";

/**
 * Puts a `python3` first in a PATH.
 * @param body a program for Node that knows its arguments as `args`; without one there is no python3 at all
 * @returns the PATH
 */
export function pathWithPython(body?: string): string {
  const folder = tempFolder("bin");
  if (body === undefined) return folder;
  const file = join(folder, "python3");
  const head = `#!${process.execPath}\nconst args = process.argv.slice(2);\nconst fs = require("node:fs");\n`;
  writeFileSync(file, `${head}${body}\n`);
  chmodSync(file, 0o755);
  return [folder, process.env["PATH"]].join(delimiter);
}

/**
 * A python3 whose pip brings a package that a file is in.
 * @param file what is in the package, a path of this machine
 * @param inside where it is in the package, a folder and a name
 */
export function pipWith(file: string, inside: string): string {
  return `
    const last = args.at(-1);
    if (args[1] === "pip") {
      fs.writeFileSync(args[args.indexOf("-d") + 1] + "/package.whl", "");
    } else {
      fs.mkdirSync(require("node:path").dirname(last + "/${inside}"), { recursive: true });
      fs.copyFileSync(${JSON.stringify(file)}, last + "/${inside}");
    }`;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, resolve } from "node:path";
import { expect } from "vitest";

const BIN = resolve(import.meta.dirname, "../../node_modules/.bin");

/**
 * Runs commands as a reader would type them, which must succeed.
 * @returns their standard output
 */
export async function runShell(commands: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const path = [BIN, dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const child = spawn("sh", ["-ec", commands], { cwd, env: { ...env, PATH: path }, stdio: ["ignore", "pipe", "pipe"] });
  let [output, told] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number | null];
  expect(code, `${commands}\n${output}${told}`).toBe(0);
  return output;
}

import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { writeFiles } from "./make-plugin.ts";
import { tempFolder } from "./temp-folder.ts";

const LIBRARY = new URL("../../packages/llm/src/index.ts", import.meta.url).href;
const SDK = new URL("../../packages/plugin-sdk/src/index.ts", import.meta.url).href;

/** What a program printed and how it ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that uses the library, as an application developer would: `llm` is the library, `sdk` the SDK.
 * @param body the program, an ES module
 */
export function runProgram(
  body: string,
  { plugins = [], home = tempFolder("home") }: { plugins?: readonly string[]; home?: string } = {},
): Promise<ProgramEnd> {
  const dir = tempFolder("program");
  const head = `import * as llm from ${JSON.stringify(LIBRARY)};\nimport * as sdk from ${JSON.stringify(SDK)};\n`;
  writeFiles(dir, { "program.mjs": head + body });
  const child = spawn(process.execPath, ["--conditions=d0ttino-source", join(dir, "program.mjs")], {
    cwd: dir,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      D0TTINO_HOME: home,
      D0TTINO_PLUGIN_PATH: plugins.join(delimiter),
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  const shown = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (shown.stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...shown }));
  });
}

/** Runs a program whose last statement calls `tell(value)`, and gives that value. */
export async function askProgram(
  body: string,
  options: { plugins?: readonly string[]; home?: string } = {},
): Promise<unknown> {
  const tell = "const tell = (value) => process.stdout.write(JSON.stringify(value));\n";
  const end = await runProgram(tell + body, options);
  if (end.code !== 0 || end.stdout === "") throw new Error(`the program failed: ${end.stdout}${end.stderr}`);
  return JSON.parse(end.stdout) as unknown;
}

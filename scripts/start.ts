/**
 * `npm start`: what this software does, on this machine: a prompt to the best backend there is, and a recipe. It makes
 * sure of a small model first, so that there is one.
 */
import { spawnSync } from "node:child_process";

const CLI = "packages/ai-cli/bin/ai-cli.cjs";
const PROMPT = "In one sentence, what is a plug-in?";

/** Shows a command as a person would type it, runs it at this terminal and gives its exit code. */
function show(...args: string[]): number {
  const typed = args.map((arg) => (/[^\w./-]/.test(arg) ? `"${arg}"` : arg)).join(" ");
  process.stdout.write(`\n$ npx ai-cli ${typed}\n`);
  const { status, signal } = spawnSync(process.execPath, [CLI, ...args], { stdio: "inherit" });
  if (signal !== null || status === INTERRUPTED) process.exit(INTERRUPTED);
  return status ?? 1;
}

const INTERRUPTED = 130;

if (show("models", "pull", "smollm2") !== 0) {
  process.stdout.write("\nThere is no model to be had here, so another backend has to answer.\n");
}
let exitCode = show("send", PROMPT);
if (exitCode !== 0) {
  process.stdout.write("\nThe built-in sample backend shows how an answer arrives; it only repeats the prompt.\n");
  exitCode = show("send", "-b", "sample", PROMPT);
  if (exitCode === 0) process.stdout.write("(answered by sample)\n");
}
process.exitCode = exitCode || show("recipe", "sample", "Show my goal", "--yes");

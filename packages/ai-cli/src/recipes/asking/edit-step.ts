import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sh, type StepObject } from "@d0ttino/plugin-sdk";
import { stepProblem } from "@d0ttino/plugin-sdk/host";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { showHiddenText } from "../../terminal/control-characters.ts";
import { editLine, writeMessage } from "../../terminal/terminal.ts";
import { findShell } from "../shell.ts";
import { runAtTerminal, type StepPlace } from "../spawn-step.ts";

/** A command of more characters is changed in an editor. */
const LONGEST_LINE = 1000;

/**
 * Lets the person change a step's command: at the prompt where it is one plain line, else in their editor.
 * @returns the changed step, or undefined when it stays as it is, after saying why
 */
export async function editStep(step: StepObject, here: StepPlace): Promise<StepObject | undefined> {
  const isPlain = step.run.length <= LONGEST_LINE && !/[\n\t]/.test(step.run) && showHiddenText(step.run) === step.run;
  const run = isPlain ? await editLine("  $ ", step.run, here.signal) : await editInEditor(step.run, here);
  if (run === undefined || run === step.run) {
    writeMessage("The step stays as it is.");
    return undefined;
  }
  const edited = { ...step, run };
  const problem = stepProblem(edited);
  if (problem === undefined) return edited;
  writeMessage(`That is no step: ${problem}. The step stays as it is.`);
  return undefined;
}

async function editInEditor(text: string, here: StepPlace): Promise<string | undefined> {
  const { VISUAL, EDITOR } = here.env;
  const editor = VISUAL || EDITOR || "vi";
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), "ai-cli-step-"));
    const file = join(folder, "step.sh");
    await writeFile(file, text, { mode: 0o600 });
    const opening = `${editor} ${sh`${file}`}`;
    const { exitCode, reason } = await runAtTerminal(opening, { ...here, shell: findShell("sh") });
    if (exitCode !== 0) {
      writeMessage(
        `The editor ${editor} failed with exit code ${exitCode}${reason === undefined ? "" : `: ${reason}`}.`,
      );
      writeMessage("VISUAL or EDITOR names the one to use.");
      return undefined;
    }
    const edited = await readFile(file, "utf8");
    // Editors end the last line, as text files have it.
    return text.endsWith("\n") ? edited : edited.replace(/\r?\n$/, "");
  } catch (error) {
    writeMessage(`The step cannot be edited: ${sentence(messageOf(error))}`);
    return undefined;
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

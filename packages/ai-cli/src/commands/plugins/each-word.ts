import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { isTerminal, writeData, writeMessage, writeProgress } from "../../terminal/terminal.ts";

/** What came of one word: for a person, and the fields for a program. */
export interface WordOutcome {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Does something for each word, one after the other; each succeeds or fails alone.
 * @returns the exit code: 1 when one failed
 * @throws D0ttinoError `interrupted`
 */
export async function eachWord(
  words: readonly string[],
  json: boolean,
  work: (word: string, progress: (what: string) => void) => Promise<WordOutcome>,
): Promise<number> {
  const rows: object[] = [];
  let exitCode = 0;
  for (const word of words) {
    if (isTerminal.stderr) writeProgress(`${word}…`);
    try {
      const { text, data } = await work(word, (what) => {
        if (isTerminal.stderr) writeProgress(`${word}: ${what}`);
      });
      if (isTerminal.stderr) writeProgress("");
      rows.push({ name: word, ...data, error: null });
      if (!json) writeMessage(text);
    } catch (error) {
      if (isTerminal.stderr) writeProgress("");
      if (isD0ttinoError(error) && error.code === "interrupted") throw error;
      exitCode = 1;
      const { message, hint, code } = known(error);
      rows.push({ name: word, package: null, version: null, error: { code, message, hint: hint ?? null } });
      if (!json) writeMessage([`ai-cli: ${sentence(message)}`, ...(hint === undefined ? [] : [hint])].join("\n"));
    }
  }
  if (json) writeData(`${JSON.stringify(rows, null, 2)}\n`);
  return exitCode;
}

function known(error: unknown): D0ttinoError {
  return isD0ttinoError(error) ? error : new D0ttinoError("install-failed", messageOf(error), { cause: error });
}

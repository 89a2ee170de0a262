import { askKeys, eraseLetter, showQuestion, writeMessage } from "../../terminal/terminal.ts";
import type { Keys } from "../../terminal/key-reader.ts";
import { choiceOf, helpText, questionLine, type Choice } from "./choice.ts";

/**
 * Asks until the person presses the key of a choice, and shows which it was. The end of input, Ctrl-D and Ctrl-C are
 * `quit`; Ctrl-C interrupts the program besides.
 */
export async function askChoice<Answer extends string>(
  lead: string,
  choices: readonly Choice<Answer>[],
  signal: AbortSignal,
): Promise<Answer | "quit"> {
  for (;;) {
    const question = (width: number): string => questionLine(lead, choices, width);
    const answer = await askKeys(question, signal, (keys) => readAnswer(keys, choices));
    // Who reads it may type at once: the terminal is the step's own by now.
    showQuestion(`${answer.kind === "choice" && answer.choice.word === undefined ? answer.choice.answer : ""}\n`);
    if (answer.kind === "interrupt") process.emit("SIGINT", "SIGINT");
    if (answer.kind === "end" || answer.kind === "interrupt") return "quit";
    if (answer.kind === "unclear") {
      if (answer.remark !== "") writeMessage(answer.remark);
    } else if (answer.choice.answer === "help") writeMessage(helpText(choices));
    else return answer.choice.answer;
  }
}

type Reading<Answer extends string> =
  | { readonly kind: "choice"; readonly choice: Choice<Answer> }
  | { readonly kind: "end" }
  | { readonly kind: "interrupt" }
  | { readonly kind: "unclear"; readonly remark: string };

async function readAnswer<Answer extends string>(
  keys: Keys,
  choices: readonly Choice<Answer>[],
): Promise<Reading<Answer>> {
  const key = await keys.next();
  const choice = key === undefined ? undefined : choiceOf(key, choices);
  if (choice?.word !== undefined) return readWord(keys, choice, choice.word);
  if (choice !== undefined) return { kind: "choice", choice };
  if (key === undefined || key === "ctrl-d") return { kind: "end" };
  if (key === "ctrl-c") return { kind: "interrupt" };
  return { kind: "unclear", remark: unclear(key, choices) };
}

function unclear(key: string, choices: readonly Choice<string>[]): string {
  const first = choices[0];
  if (key === "enter" && first !== undefined)
    return first.word === undefined
      ? `Enter alone does not do here. Press ${first.keys[0]}, or another key; h explains them.`
      : `Enter alone does not do here. Type ${first.word}, or press another key; h explains them.`;
  return "That key has no meaning here; h explains those that have.";
}

/** Reads on behind the first letter of a word, shows what is typed, and ends with Enter. */
async function readWord<Answer extends string>(
  keys: Keys,
  choice: Choice<Answer>,
  word: string,
): Promise<Reading<Answer>> {
  const typed = [word.slice(0, 1)];
  showQuestion(word.slice(0, 1));
  for (;;) {
    const key = await keys.next();
    if (key === undefined || key === "ctrl-d" || key === "ctrl-c" || key === "enter") {
      if (key === "ctrl-c") return { kind: "interrupt" };
      if (key !== "enter") return { kind: "end" };
      if (typed.join("").toLowerCase() === word) return { kind: "choice", choice };
      return { kind: "unclear", remark: `Only the whole word will do: ${word}.` };
    }
    if (key === "backspace") {
      eraseLetter();
      typed.pop();
      if (typed.length > 0) continue;
      return { kind: "unclear", remark: "" };
    } else {
      typed.push(key);
      showQuestion(key);
    }
  }
}

import type { Wrap } from "../table/program.ts";
import { valueOptions } from "../words/arguments.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** Where the command of a wrapper begins among its words; undefined when there is none. */
export function wrappedFrom(words: readonly ShellWord[], wrap: Wrap): number | undefined {
  const values = valueOptions(wrap.values);
  let at = 0;
  let optionsEnded = false;
  const skipOptions = (): void => {
    for (; !optionsEnded && at < words.length; at++) {
      const { text } = words[at] as ShellWord;
      if (text === "--") optionsEnded = true;
      else if (!text.startsWith("-") || text.length < 2) return;
      else if (takesNext(text, values)) at++;
    }
  };
  skipOptions();
  for (const name of wrap.path?.split(" ") ?? []) {
    if (!name.split("|").includes(words[at]?.text ?? "")) return undefined;
    at++;
    skipOptions();
  }
  if (wrap.after !== undefined) {
    const mark = words.findIndex(({ text }, index) => index >= at && text === wrap.after);
    return mark < 0 || mark + 1 >= words.length ? undefined : mark + 1;
  }
  for (let skipped = 0; skipped < (wrap.skip ?? 0); skipped++) {
    at++;
    skipOptions();
  }
  if (wrap.assignments === true) while (/^\w+\+?=/.test(words[at]?.text ?? "")) at++;
  return at < words.length ? at : undefined;
}

function takesNext(option: string, values: ReadonlySet<string>): boolean {
  if (option.startsWith("--")) return values.has(option);
  if (values.has(option)) return true;
  for (let at = 1; at < option.length; at++) if (values.has(`-${option[at]}`)) return at === option.length - 1;
  return false;
}

/** Puts names of files where a command takes them: at a mark, or at its end. */
export function withNames(
  words: readonly ShellWord[],
  names: readonly ShellWord[],
  mark: string | undefined,
): readonly ShellWord[] {
  if (mark === undefined || !words.some(({ text }) => text.includes(mark))) return [...words, ...names];
  return words.flatMap((word) =>
    word.text.includes(mark)
      ? names.map((name) => ({
          ...name,
          text: word.text.replaceAll(mark, () => name.text),
          known: word.known && name.known,
        }))
      : [word],
  );
}

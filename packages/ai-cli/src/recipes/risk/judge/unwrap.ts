import type { Wrap } from "../table/program.ts";
import { valueOptions } from "../words/arguments.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** Where the command of a wrapper begins among its words; undefined when there is none. */
export function wrappedFrom(words: readonly ShellWord[], wrap: Wrap): number | undefined {
  const values = valueOptions(wrap.values);
  let at = 0;
  let optionsEnded = false;
  const skipWord = (): void => {
    at++;
    while (words[at + 1]?.isOther === true) at++;
  };
  const skipOptions = (): void => {
    for (; !optionsEnded && at < words.length; at++) {
      const { text } = words[at] as ShellWord;
      if (text === "--") optionsEnded = true;
      else if (!text.startsWith("-") || text.length < 2) return;
      else if (takesNext(text, values)) skipWord();
    }
  };
  skipOptions();
  const path = wrap.path === undefined ? NO_PATH : pathOf(wrap.path);
  for (let step = 0; step < path.length; step++) {
    const text = words[at]?.text ?? "";
    if (!path[step]?.includes(wrap.self === true ? text.slice(text.lastIndexOf("/") + 1) : text)) return undefined;
    if (wrap.self === true) return at;
    at++;
    skipOptions();
  }
  if (wrap.after !== undefined) {
    if (optionsEnded && wrap.after === "--") return at < words.length ? at : undefined;
    const from = wrap.after === "--" ? at : 0;
    const mark = words.findIndex(({ text }, index) => index >= from && text === wrap.after);
    return mark < 0 || mark + 1 >= words.length ? undefined : mark + 1;
  }
  for (let skipped = 0; skipped < (wrap.skip ?? 0); skipped++) {
    at++;
    while (words[at]?.isOther === true) at++;
    skipOptions();
  }
  if (wrap.assignments === true) while (/^\w+\+?=/.test(words[at]?.text ?? "")) at++;
  return at < words.length ? at : undefined;
}

const NO_PATH: Path = [];
const PATHS = new Map<string, Path>();

/** The names that each of the first words may have. */
type Path = readonly (readonly string[])[];

function pathOf(text: string): Path {
  let path = PATHS.get(text);
  if (path === undefined) PATHS.set(text, (path = text.split(" ").map((names) => names.split("|"))));
  return path;
}

function takesNext(option: string, values: ReadonlySet<string>): boolean {
  if (option.startsWith("--")) return values.has(option);
  if (values.has(option)) return true;
  for (let at = 1; at < option.length; at++) if (values.has(`-${option[at]}`)) return at === option.length - 1;
  return false;
}

/** Where arguments of `parallel` begin, and where those of the marks for one of them are. */
const ARGUMENTS = /^:::{1,2}\+?$/;
const MARK = /\{[./\d%#+-]*\}/g;
const PLAIN_NAME = /^[\w./:@%+,=~*?-]+$/;

/** The lines that a shell reads when each of these names is put into a command, or what stands behind its `:::`. */
export function linesOf(words: readonly ShellWord[], names: readonly ShellWord[]): string {
  const end = words.findIndex(({ text }) => ARGUMENTS.test(text));
  const command = (end < 0 ? words : words.slice(0, end)).map(({ text }) => text).join(" ");
  const given = end < 0 || words[end]?.text.startsWith("::::") === true ? names : words.slice(end + 1);
  if (command === "") return given.map(({ text }) => text).join("\n");
  const shown = given.slice(0, MOST_NAMES).map(({ text, known }) => (known && PLAIN_NAME.test(text) ? text : "$name"));
  return shown
    .map((name) => {
      const filled = command.replace(MARK, () => name);
      return filled === command ? `${command} ${name}` : filled;
    })
    .join("\n");
}

/** More names than this say nothing new. */
const MOST_NAMES = 24;

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

import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import type { Option, OptionValues } from "./option.ts";

/** Arguments of a command, taken apart. */
export interface ParsedArguments {
  readonly options: OptionValues;
  readonly words: readonly string[];
}

/**
 * Takes arguments apart: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-ab` for switches, `--` before words
 * that begin with a dash. An argument with a space before any `=` is a word whatever it begins with, because people
 * write goals and prompts such as "-5 degrees is how cold?".
 * @throws D0ttinoError `usage`
 */
export function parseArguments(args: readonly string[], known: readonly Option[]): ParsedArguments {
  const options: Record<string, string | true | string[]> = {};
  const words: string[] = [];
  const rest = [...args];

  const set = (option: Option, shown: string, attached: string | undefined): void => {
    if (option.value === undefined) {
      if (attached !== undefined) throw usage(`${shown} takes no value.`);
      options[option.name] = true;
      return;
    }
    const value = attached ?? rest.shift();
    if (value === undefined) throw usage(`${shown} needs a value: ${shown} ${option.value}.`);
    if (option.repeats === true)
      options[option.name] = [...((options[option.name] as string[] | undefined) ?? []), value];
    else options[option.name] = value;
  };

  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") {
      words.push(...rest);
      break;
    }
    if (arg === "-" || !arg.startsWith("-") || /^[^=]*\s/.test(arg)) words.push(arg);
    else if (arg.startsWith("--")) setLong(arg);
    else setShort(arg);
  }
  return { options, words };

  function setLong(arg: string): void {
    const equals = arg.indexOf("=");
    const name = equals === -1 ? arg.slice(2) : arg.slice(2, equals);
    const option = known.find((one) => one.name === name);
    if (option === undefined) throw unknown(`--${name}`, known);
    set(option, `--${name}`, equals === -1 ? undefined : arg.slice(equals + 1));
  }

  function setShort(arg: string): void {
    for (let at = 1; at < arg.length; at += 1) {
      const option = known.find((one) => one.short === arg[at]);
      if (option === undefined) throw unknown(arg, known);
      if (option.value !== undefined) {
        const attached = arg.slice(at + 1);
        set(option, `-${arg[at]}`, attached === "" ? undefined : attached.replace(/^=/, ""));
        return;
      }
      set(option, `-${arg[at]}`, undefined);
    }
  }
}

/**
 * The first word of arguments of which not all options are known yet; undefined when there is none, or it cannot be
 * told behind an option that is not known.
 */
export function firstWord(args: readonly string[], known: readonly Option[]): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === "--") return args[at + 1];
    if (arg === "-" || !arg.startsWith("-") || /^[^=]*\s/.test(arg)) return arg;
    const valued = arg.startsWith("--") ? endsInValued(arg.slice(2), known) : lettersEndInValued(arg.slice(1), known);
    if (valued === undefined) return undefined;
    if (valued) at += 1;
  }
  return undefined;
}

/** Whether a long option's value is the next argument; undefined for one that is not known. */
function endsInValued(text: string, known: readonly Option[]): boolean | undefined {
  const [name] = text.split("=");
  const option = known.find((one) => one.name === name);
  return option === undefined ? undefined : option.value !== undefined && !text.includes("=");
}

function lettersEndInValued(letters: string, known: readonly Option[]): boolean | undefined {
  for (const [at, letter] of Object.entries(letters)) {
    const option = known.find((one) => one.short === letter);
    if (option === undefined) return undefined;
    if (option.value !== undefined) return Number(at) === letters.length - 1;
  }
  return false;
}

function unknown(shown: string, known: readonly Option[]): D0ttinoError {
  const near = shown.startsWith("--")
    ? nearest(
        shown.slice(2),
        known.map((one) => one.name),
      )
    : undefined;
  return usage(
    `There is no option ${shown}.`,
    near === undefined
      ? `--help lists the options; text that begins with a dash goes behind "--".`
      : `Did you mean --${near}?`,
  );
}

function usage(message: string, hint?: string): D0ttinoError {
  return new D0ttinoError("usage", message, { hint });
}

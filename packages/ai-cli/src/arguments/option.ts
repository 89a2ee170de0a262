/** One option of a command; help, completion and parsing are made from it. */
export interface Option {
  /** Without the dashes; `no-stream` is an option of its own, not the opposite of another. */
  readonly name: string;
  readonly short?: string;
  /** What the value is called in help; an option without one is a switch. */
  readonly value?: string;
  /** True when it may be given several times. */
  readonly repeats?: boolean;
  /** The values it takes, where they are known. */
  readonly choices?: readonly string[] | (() => readonly string[]) | "backends";
  readonly summary: string;
}

/** What was given: values by option name, `true` for switches, lists for options that repeat. */
export type OptionValues = Readonly<Record<string, string | true | readonly string[] | undefined>>;

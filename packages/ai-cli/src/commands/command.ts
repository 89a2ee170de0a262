import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import type { PluginHost } from "@d0ttino/llm/host/plugin-host";
import type { Option, OptionValues } from "../arguments/option.ts";

/** What a command is given. */
export interface Invocation {
  readonly options: OptionValues;
  readonly words: readonly string[];
  readonly host: PluginHost;
  /** The real path of this program's own package. */
  readonly packageDir: string;
}

/** A command: what help and completion say of it, and where its code is. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** How it is called, behind `ai-cli`; one line each. */
  readonly usage: readonly string[];
  /** What is worth knowing besides, in paragraphs. */
  readonly details?: readonly string[];
  /** What it does is in these, each with a help of its own. */
  readonly verbs?: Readonly<Record<string, Verb>>;
  /** What its first word can be, for completion. */
  readonly words?: readonly string[];
  /** Its first word can be the name of such a plug-in, too. */
  readonly names?: PluginKind;
  /** What the words behind a first one can be, where that is known. */
  readonly wordsBehind?: Readonly<Record<string, () => readonly string[]>>;
  /**
   * Finds out what the word behind those that were typed can be, where the words depend on each other; it stands in for
   * `words` and `wordsBehind`.
   */
  readonly suggest?: (typed: readonly string[], packageDir: string) => Promise<Suggestions>;
  readonly options: readonly Option[];
  /** Loads the plug-in that the first word names, for a command of which the plug-in has options of its own. */
  readonly pluginPart?: (name: string, context: Pick<Invocation, "host" | "packageDir">) => Promise<PluginPart>;
  readonly examples: readonly string[];
  /** Loads the code and runs it; gives the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** What help says of a verb of a command. */
export interface Verb {
  /** How it is called, behind `ai-cli` and the command; one line each. */
  readonly usage: readonly string[];
  readonly summary: string;
  /** What is worth knowing besides, in paragraphs. */
  readonly details?: readonly string[];
  /** The names of options of the command that mean something to it alone, or to few others. */
  readonly options: readonly string[];
}

/** What can follow the words of a command. */
export interface Suggestions {
  readonly words: readonly string[];
  /** Whether an option of the command counts behind these words; all do when it is not given. */
  isOption?(name: string): boolean;
}

/** What the plug-in that is named in the arguments adds to a command. */
export interface PluginPart {
  readonly options: readonly Option[];
  /** Its own help. */
  help(): string;
}

/** The command of a name. */
export function findCommand(commands: readonly Command[], name: string | undefined): Command | undefined {
  return commands.find((one) => one.name === (name === "plugin" ? "plugins" : name));
}

/** Options that every command has. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: "help", short: "h", summary: "Show this help" },
  { name: "debug", summary: "Show the causes of an error" },
];

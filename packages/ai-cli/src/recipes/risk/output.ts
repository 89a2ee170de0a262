import type { ShellWord } from "./words/shell-word.ts";

/** What a command prints, as far as it can be told without running it. */
export type Output =
  /** Exactly this text. */
  | { readonly kind: "text"; readonly text: string }
  /** Text of which only parts are known; a variable stands in it for the others. */
  | { readonly kind: "made"; readonly text: string }
  /** Names of files that look like these words, and what is printed around them, if anything is. */
  | { readonly kind: "names"; readonly words: readonly ShellWord[]; readonly line?: string }
  /** What came over a network. */
  | { readonly kind: "downloaded" }
  /** What was made readable only now. */
  | { readonly kind: "decoded" }
  /** The content of a file that was not read. */
  | { readonly kind: "content"; readonly path?: string }
  /** Keys, passwords and the like. */
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

export const UNKNOWN: Output = { kind: "unknown" };

/** No output at all. */
export const NOTHING: Output = { kind: "text", text: "" };

/** The output of one command behind that of another. */
export function joinOutputs(first: Output, second: Output): Output {
  if (first.kind === "text" && second.kind === "text") return { kind: "text", text: first.text + second.text };
  if (first.kind === "downloaded" || first.kind === "decoded") return first;
  if (second.kind === "downloaded" || second.kind === "decoded") return second;
  if (first === NOTHING || (first.kind === "text" && first.text === "")) return second;
  if (second.kind === "text" && second.text === "") return first;
  return madeOutput((knownText(first) ?? "") + (knownText(second) ?? ""));
}

/** What is known of an output's text. */
export function knownText(output: Output): string | undefined {
  if (output.kind === "text" || output.kind === "made") return output.text;
  return output.kind === "names" ? output.line : undefined;
}

/** Output of which a text is only a part, or only one of the forms. */
export function madeOutput(text: string | undefined): Output {
  return text === undefined || text.trim() === "" ? UNKNOWN : { kind: "made", text };
}

import { staticText } from "./static-text.ts";
import { wordsOf } from "./words-of.ts";

/** Why a value may not stand where it does, and what to do about it. */
export interface Refusal {
  /** The interpolation it is about, counted from 1; without it, the one at hand. */
  readonly interpolation?: number;
  /** Goes on from "interpolation 1 ": what is wrong, and why. */
  readonly problem: string;
  readonly advice: string;
}

/** What stands at an interpolation. */
export interface Insertion {
  readonly isArray: boolean;
  /** Whether nothing is inserted: an empty array. */
  readonly isEmpty: boolean;
  /** The text from the interpolation to the next one. */
  readonly after: string;
  /** Whether another interpolation comes at the end of `after`. */
  readonly more: boolean;
}

/** Follows a shell's grammar through the text and judges each place where a value stands. */
export interface Scanner {
  /** Reads text; what is refused then is an earlier interpolation. */
  read(text: string): Refusal | undefined;
  insert(insertion: Insertion): Refusal | undefined;
}

/** A shell language, as `buildCommand` needs it. The scanner serves for one template only. */
export interface Flavour {
  readonly tag: string;
  readonly scanner: Scanner;
  quote(word: string): string;
}

/**
 * Joins the text of a template and its quoted values.
 *
 * @throws TypeError for a value that is no data.
 * @throws SyntaxError for a value in a place where it cannot be quoted.
 */
export function buildCommand(flavour: Flavour, strings: TemplateStringsArray, values: readonly unknown[]): string {
  const { tag, scanner, quote } = flavour;
  const [first = "", ...rest] = staticText(tag, strings);
  let command = first;
  demand(tag, 0, scanner.read(first));
  for (const [index, after] of rest.entries()) {
    const value = values[index];
    const words = wordsOf(value, `${tag}: interpolation ${index + 1}`);
    const more = index < rest.length - 1;
    const insertion = { isArray: Array.isArray(value), isEmpty: words.length === 0, after, more };
    demand(tag, index + 1, scanner.insert(insertion));
    demand(tag, index + 1, scanner.read(after));
    command += words.map(quote).join(" ") + after;
  }
  return command;
}

function demand(tag: string, interpolation: number, refusal: Refusal | undefined): void {
  if (refusal === undefined) return;
  const { problem, advice } = refusal;
  throw new SyntaxError(`${tag}: interpolation ${refusal.interpolation ?? interpolation} ${problem}; ${advice}`);
}

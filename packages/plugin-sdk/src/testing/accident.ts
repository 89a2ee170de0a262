import { fieldsOf } from "../language-model/fields.ts";

/** What the engines say of a slip in a program; a `TypeError` with words of its author is as good as any error. */
const SLIPS = [
  /^Cannot (?:read|set) propert|^Cannot destructure|^Cannot mix BigInt|^Cannot assign to read only|^Cannot use 'in'/,
  /^Cannot convert (?:undefined|object|a Symbol|a BigInt)| to a BigInt$/,
  /\bis not (?:a function|iterable|async iterable|a constructor)/,
  /^(?:undefined|null) is not|can't access|has no properties/,
  /^Maximum call stack|too much recursion|^Invalid (?:array length|string length|count value|time value)/,
  /^Invalid regular expression|^URI malformed|^Unexpected (?:token|end|identifier|string)|is not valid JSON$|^JSON\.parse/,
];
const CLASSES_OF_ENGINES: readonly unknown[] = ["TypeError", "RangeError", "SyntaxError", "URIError", "InternalError"];

/**
 * Whether something was thrown by a slip in the recipe, or without words, and not to tell the user what is wrong with
 * the goal. The class alone does not show it: authors throw a `TypeError` or a `RangeError` too.
 */
export function isAccident(thrown: unknown): boolean {
  // Not by `instanceof`: some test runners give the tests globals of their own.
  const { name, message } = fieldsOf(thrown);
  if (typeof message !== "string" || message.trim() === "" || name === "ReferenceError") return true;
  return CLASSES_OF_ENGINES.includes(name) && SLIPS.some((slip) => slip.test(message));
}

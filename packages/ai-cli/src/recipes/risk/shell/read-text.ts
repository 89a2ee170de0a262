import { parse } from "unbash";
import { NOTHING, UNKNOWN, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { parsePlain } from "./parse-plain.ts";
import { plainCommands } from "./plain-commands.ts";
import { readPlainCommands, readScript } from "./read-script.ts";

/** A text longer than this is not read. */
const LONGEST = 65_536;
/** Code in code in code is read this deep. */
const DEEPEST = 12;
/** Constructs nested deeper than this cost more than they can say. */
const MOST_OPENERS = 400;

/** Reads shell text; what cannot be read is a finding. */
export function readText(text: string, scope: Scope, reading: Reading, input: Output = UNKNOWN): Output {
  if (text.trim() === "") return NOTHING;
  if (text.length > LONGEST) {
    reading.find("high", "is too long to be read");
    return UNKNOWN;
  }
  if (text.includes("\0")) reading.find("high", "holds a NUL character, behind which a shell may read something else");
  if (reading.depth >= DEEPEST || (text.length > MOST_OPENERS && nesting(text) > MOST_OPENERS)) {
    reading.find("high", "nests too deep to be read");
    return UNKNOWN;
  }
  // Code that is read again and again counts as well.
  if (reading.depth > 0) reading.left -= text.length >> 8;
  if (reading.left <= 0) {
    reading.find("high", "unfolds into more commands than can be read");
    return UNKNOWN;
  }
  reading.depth++;
  try {
    const plain = plainCommands(text, scope.variables.size > 0);
    return plain === undefined
      ? readScript(parsePlain(text) ?? parse(text), scope, reading, input)
      : readPlainCommands(plain, scope, reading, input);
  } finally {
    reading.depth--;
  }
}

/** How many brackets are open at the deepest place, quotes aside. */
function nesting(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 123) most = Math.max(most, ++open);
    else if ((code === 41 || code === 125) && open > 0) open--;
  }
  return most;
}

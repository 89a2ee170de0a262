import type { PowershellReader } from "./powershell-reader.ts";
import { knownTextOf, NO_VALUE, unknownValue, type Value } from "./value.ts";

/** Judges text that is run. */
export function runValue(value: Value, reader: PowershellReader): Value {
  const { reading } = reader;
  if (value.kind === "settings") {
    reading.find("medium", "takes over settings that a program prints");
    return NO_VALUE;
  }
  const text = knownTextOf(value);
  if (text !== undefined) return reader.readCode(text);
  if (value.kind === "downloaded") reading.find("high", "runs code straight from a network");
  else reading.find("high", "runs text as code that nobody can read before");
  for (const word of value.words) if (/\s/.test(word.text)) reader.readCode(word.text);
  return unknownValue("$result");
}

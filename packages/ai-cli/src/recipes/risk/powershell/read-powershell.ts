import { NOTHING, UNKNOWN, type Output } from "../output.ts";
import { readInside, type Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { parsePowershell } from "./parse-powershell.ts";
import { PowershellReader } from "./powershell-reader.ts";
import { outputOfValue } from "./value.ts";

const LONGEST = 65_536;

/** Reads a step written for PowerShell; what cannot be read is a finding. Gives what it prints. */
export function readPowershell(text: string, scope: Scope, reading: Reading): Output {
  if (text.trim() === "") return NOTHING;
  const statements = text.length > LONGEST || text.includes("\0") ? undefined : parsePowershell(text);
  if (statements === undefined) {
    reading.find("high", "cannot be read as PowerShell");
    return UNKNOWN;
  }
  return readInside(reading, () => outputOfValue(new PowershellReader(scope, reading).read(statements)));
}

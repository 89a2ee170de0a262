import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { POWERSHELL, POWERSHELL_ALIASES } from "../rules/powershell.ts";
import { findRow } from "../table/find-row.ts";
import { UNKNOWN } from "../output.ts";
import { readArguments } from "../words/arguments.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { powershellCommands, type PowershellCommand } from "./powershell-commands.ts";

const LONGEST = 65_536;

/** Reads a step written for PowerShell; what cannot be read is a finding. */
export function readPowershell(text: string, scope: Scope, reading: Reading): void {
  const commands = text.length > LONGEST || text.includes("\0") ? undefined : powershellCommands(text);
  if (commands === undefined) {
    reading.find("high", "cannot be read as PowerShell");
    return;
  }
  for (const [at, command] of commands.entries()) judge(command, commands[at - 1], scope, reading);
}

function judge(
  command: PowershellCommand,
  before: PowershellCommand | undefined,
  scope: Scope,
  reading: Reading,
): void {
  const [first = "", ...rest] = command.words;
  const name = POWERSHELL_ALIASES[first] ?? first;
  if (
    /^(?:if|else|elseif|foreach|for|while|try|catch|finally|switch|function|param|return|throw|process|begin|end|do|until|in|-[a-z]+|[\d.]+|@|\?|%)$/.test(
      name,
    )
  )
    return;
  const dangerous =
    /::(?:delete|copy|move|writealltext|format)|\.(?:delete|kill|terminate|invoke|downloadstring|downloadfile|dispose)$/.exec(
      name,
    );
  if (dangerous !== null && !name.startsWith("-")) {
    if (/delete/.test(name)) reading.find("high", "deletes files or folders");
    else if (/kill|terminate/.test(name)) reading.find("medium", "ends processes");
    else if (/download/.test(name)) reading.find("medium", "fetches something from a network");
    return;
  }
  if (/^[$[]/.test(name)) return;
  const operandBefore = command.piped && before !== undefined ? pipedOperand(before) : [];
  const given = readArguments([plainWord(name), ...rest.map(asWord), ...operandBefore], {
    wordOptions: true,
    values: VALUES,
  });
  const row = findRow(POWERSHELL, given, scope.folder);
  if (row !== undefined) {
    if (row[2] !== undefined) reading.find(row[1], row[2]);
  } else if (/^[a-z]+-[a-z]+$/.test(name)) reading.find("medium", `runs ${name}, about which nothing is known`);
  else reading.readWords([name.replace(/\.exe$/, ""), ...rest].map(asWord), scope, UNKNOWN);
}

/** Options whose value is not what is acted on. */
const VALUES =
  "-filter -include -exclude -erroraction -ea -depth -itemtype -type -encoding -value -uri -outfile -computername -argumentlist -name -verb -property -first -last -expandproperty -method -body -headers";

function pipedOperand(before: PowershellCommand): readonly ShellWord[] {
  return before.words
    .slice(1)
    .filter((word) => !word.startsWith("-"))
    .map(asWord);
}

function asWord(text: string): ShellWord {
  const path = text
    .replaceAll("\\", "/")
    .replace(/^\$env:(?:userprofile|home)/, "$HOME")
    .replace(/^\$env:te?mp/, "$TMPDIR")
    .replace(/^\$home/, "$HOME");
  return text.startsWith("$") ? unknownWord(path) : { text: path, known: true, glob: /[*?]/.test(text) };
}

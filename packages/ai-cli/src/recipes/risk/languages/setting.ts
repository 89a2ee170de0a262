import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";

/** Settings whose value is a command; an alias is one only behind an exclamation mark. */
const COMMAND =
  /^(?:core\.(?:pager|editor|sshcommand|fsmonitor|askpass)|pager\..+|sequence\.editor|diff\.external|(?:difftool|mergetool)\..+\.cmd|filter\..+\.(?:clean|smudge|process)|gpg\.program|credential\..*helper|interactive\.difffilter|trailer\..+\.cmd|proxycommand|localcommand|knownhostscommand|remotecommand)$/i;

/** Judges a setting in an option, as git and ssh take it: a name, `=` or a blank, and a value. */
export function readSetting(text: string, scope: Scope, reading: Reading): void {
  const [, name = "", value = ""] = /^([^=\s]+)[=\s](.*)$/s.exec(text) ?? [];
  if (value.startsWith("!")) reading.readShell(value.slice(1), scope);
  else if (COMMAND.test(name)) reading.readShell(value, scope);
  else if (/^alias\./i.test(name)) reading.readShell(`git ${value}`, scope);
}

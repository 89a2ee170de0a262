import { readAwk } from "./languages/awk.ts";
import { readCrontab } from "./languages/crontab.ts";
import { readTcl } from "./languages/tcl.ts";
import { readRequest } from "./languages/request.ts";
import { readSetting } from "./languages/setting.ts";
import { readLisp } from "./languages/lisp.ts";
import { readMakefile } from "./languages/makefile.ts";
import { readRedis } from "./languages/redis.ts";
import { readScriptCode } from "./languages/script.ts";
import { readSql } from "./languages/sql.ts";
import { readDiskpart } from "./languages/diskpart.ts";
import { readPowershell } from "./powershell/read-powershell.ts";
import { MONGO_NAMES, SCRIPT_NAMES } from "./rules/script-calls.ts";
import type { Reading } from "./reading.ts";
import type { Scope } from "./scope.ts";
import type { Language } from "./table/program.ts";

/** Reads code of a language that a command carries. */
export function judgeLanguage(language: Language, text: string, scope: Scope, reading: Reading): void {
  if (language === "shell") reading.readShell(text, scope);
  else if (language === "sql") readSql(text, scope, reading);
  else if (language === "redis") readRedis(text, reading);
  else if (language === "diskpart") readDiskpart(text, reading);
  else if (language === "editor") readEditor(text, scope, reading);
  else if (language === "crontab") {
    reading.find("high", "replaces all planned commands of a user");
    readCrontab(text, scope, reading);
  } else if (language === "answer") {
    if (/^\s*y/i.test(text)) reading.find("high", "answers yes to what it would ask before it writes over something");
  } else if (language === "commands") readCommands(text, scope, reading);
  else if (language === "awk") readAwk(text, scope, reading);
  else if (language === "makefile") readMakefile(text, scope, reading);
  else if (language === "setting") readSetting(text, scope, reading);
  else if (language === "tcl") readTcl(text, scope, reading);
  else if (language === "request") readRequest(text, scope, reading);
  else if (language === "lisp") readScriptCode(readLisp(text), scope, reading, SCRIPT_NAMES);
  else if (language === "powershell") readPowershell(text, scope, reading);
  else {
    if (language === "mongo" && EVERY_RECORD.test(text)) reading.find("high", "changes all records of a collection");
    readScriptCode(text, scope, reading, language === "mongo" ? MONGO_NAMES : SCRIPT_NAMES);
  }
}

/** A change with nothing that says which. */
const EVERY_RECORD = /\.update(?:Many)?\(\s*\{\s*\}/;

/** Judges commands that stand in a list, each in quotes, or alone behind a name. */
function readCommands(text: string, scope: Scope, reading: Reading): void {
  const quoted = quotedTexts(text);
  for (const one of quoted.length > 0 ? quoted : [text.replace(/^[\w-]+=/, "")])
    if (/[\s/]/.test(one)) reading.readShell(one.replace(/\\(.)/g, "$1"), scope);
}

const QUOTED = /"(?:\\.|[^"\\])*"|'[^']*'/sy;

/** What stands in quotes in a text, without them. */
function quotedTexts(text: string): readonly string[] {
  const texts: string[] = [];
  const never = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] as string;
    if ((mark !== '"' && mark !== "'") || never.has(mark)) continue;
    QUOTED.lastIndex = at;
    const found = QUOTED.exec(text)?.[0];
    // Where one is never closed, none behind it is.
    if (found === undefined) never.add(mark);
    else {
      texts.push(found.slice(1, -1));
      at += found.length - 1;
    }
  }
  return texts;
}

/** Judges what an editor is told: a command for the shell, or to delete every line. */
function readEditor(text: string, scope: Scope, reading: Reading): void {
  if (/\b(?:call|eval)\s+delete\(/.test(text)) reading.find("high", "deletes files for good");
  const told = /\bsystem(?:list)?\(\s*(["'])(.*?)\1/.exec(text.slice(0, 4_096))?.[2];
  if (told !== undefined) reading.readShell(told, scope);
  const command = /^(?::?!|(?:platform\s+)?shell\s)(.*)$/s.exec(text)?.[1];
  if (command !== undefined) reading.readShell(command, scope);
  if (/(?:^|[:|;\n])[^\S\n]*(?:%|1,\$|,|g\/\^\/)\s*d(?:elete)?\b/.test(text)) reading.find("high", "empties a file");
}

import { judgeFetched } from "../judge/earlier-files.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { callMethod, propertyOf } from "./methods.ts";
import { windowsPath } from "../words/windows-path.ts";
import { programWord } from "./powershell-words.ts";
import type { Given } from "./given-command.ts";
import type { PowershellReader } from "./powershell-reader.ts";
import { runValue } from "./run-value.ts";
import {
  appendValue,
  isEmpty,
  joinValues,
  knownTextOf,
  NO_VALUE,
  textValue,
  unknownValue,
  type Value,
} from "./value.ts";

type Cmdlet = (given: Given, reader: PowershellReader) => Value;

/** Commands that give something others go on with, or run what they are given; the table is asked besides. */
export const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  __proto__: null as never,
  "foreach-object": forEach,
  "where-object": filter,
  "select-object": passOn,
  "sort-object": passOn,
  "tee-object": (given, reader) => {
    reader.write(fileOf(given), given.input, given.options.has("-append"));
    return given.input ?? NO_VALUE;
  },
  "out-string": passOn,
  "out-default": passOn,
  "out-host": passOn,
  "convertto-json": passOn,
  "convertto-csv": passOn,
  "convertto-xml": passOn,
  "write-output": (given) => joinValues(given.operands),
  "get-childitem": listFiles,
  "get-item": listFiles,
  "get-content": readFile,
  "resolve-path": listFiles,
  "join-path": (given) =>
    [...given.operands, ...values(given, "-childpath", "-additionalchildpath")].reduce(
      (first, second) => appendValue(appendValue(first, textValue("/")), second),
      pathOf(given),
    ),
  "new-temporaryfile": () => textValue("/tmp/new-temporary-file"),
  "new-item": (given) => {
    const name = given.options.get("-name");
    const path = fileOf(given);
    return name === undefined ? path : appendValue(appendValue(path, textValue("/")), name);
  },
  "new-object": makeObject,
  "invoke-expression": runText,
  "invoke-command": (given, reader) => {
    for (const block of given.blocks) reader.readBlock(block, given.input);
    return unknownValue("$result");
  },
  "set-alias": defineAlias,
  "new-alias": defineAlias,
  "set-variable": passOn,
  "invoke-webrequest": talk,
  "invoke-restmethod": talk,
  "start-bitstransfer": talk,
  "send-mailmessage": (given, reader) => {
    judgeSent(given, reader);
    return NO_VALUE;
  },
  "set-content": writeFile,
  "out-file": writeFile,
  "add-content": writeFile,
  "export-csv": writeFile,
  "export-clixml": writeFile,
  "copy-item": copy,
  "move-item": copy,
  "compress-archive": (given, reader) => {
    const to = given.options.get("-destinationpath") ?? given.operands[1] ?? NO_VALUE;
    if (reader.isSecret(given.operands[0])) for (const word of to.words) reader.secretFiles.add(windowsPath(word).text);
    return NO_VALUE;
  },
  "start-process": startProcess,
  "new-scheduledtaskaction": startProcess,
  "invoke-cimmethod": callNamed,
  "invoke-wmimethod": callNamed,
  "invoke-sqlcmd": runSql,
  "invoke-sqlcmd2": runSql,
  "invoke-dbaquery": runSql,
  "invoke-sqlquery": runSql,
  "invoke-sqlitequery": runSql,
  "invoke-mysqlquery": runSql,
  "invoke-oraclequery": runSql,
  "invoke-sql": runSql,
  "invoke-postgresquery": runSql,
  "invoke-sqlnotebook": runSql,
  "set-location": (given, reader) => {
    const [word] = pathOf(given).words;
    if (word !== undefined && word.known && !/^[a-z]+:(?!\/)|^-$/.test(windowsPath(word).text))
      reader.scope.folder = /^(?:\/|[a-z]:|~|\$)/.test(windowsPath(word).text) ? windowsPath(word).text : "";
    return NO_VALUE;
  },
};

function values({ options }: Given, ...names: readonly string[]): readonly Value[] {
  return names.flatMap((name) => options.get(name) ?? []);
}

function pathOf({ operands }: Given): Value {
  return operands[0] ?? NO_VALUE;
}

/** The file that a command is told to write. */
function fileOf(given: Given): Value {
  const [named] = values(given, "-filepath", "-destination", "-destinationpath");
  return named ?? pathOf(given);
}

function passOn(given: Given, reader: PowershellReader): Value {
  for (const block of given.blocks) reader.readBlock(block, given.input);
  const [property] = values(given, "-expandproperty");
  if (property !== undefined && given.input !== undefined)
    return propertyOf(given.input, knownTextOf(property)?.toLowerCase() ?? "", false);
  return given.input ?? joinValues(given.operands);
}

/** Runs its blocks, or calls what it names, for all that comes in. */
function forEach(given: Given, reader: PowershellReader): Value {
  const { input, blocks, operands } = given;
  const item = input ?? unknownValue("$_");
  const results = blocks.map((block) => reader.readBlock(block, item));
  for (const member of [...operands, ...values(given, "-membername")]) {
    const name = knownTextOf(member)?.toLowerCase();
    if (name !== undefined && blocks.length === 0)
      results.push(callMethod(propertyOf(item, name, false), name, [], reader));
  }
  return joinValues(results);
}

/** Of what comes in, some; which is only known when it runs. */
function filter({ input, blocks, options }: Given, reader: PowershellReader): Value {
  for (const block of blocks) reader.readBlock(block, input);
  if (input === undefined) return unknownValue("$_");
  // All but one are as good as all.
  if (options.has("-ne") || options.has("-notin")) return input;
  return { ...input, words: input.words.map((word) => (word.text === "*" ? unknownWord("$_") : word)) };
}

/** Names of files, in a folder or below it, of a kind. */
function listFiles(given: Given, reader: PowershellReader): Value {
  const { operands, blocks, name } = given;
  for (const block of blocks) reader.readBlock(block, given.input);
  const folders = operands[0] ?? given.input ?? NO_VALUE;
  const kinds = [...values(given, "-filter", "-include"), ...operands.slice(1)].flatMap(({ words }) => words);
  if (folders.words.some(({ text }) => /^env:/i.test(text)))
    return {
      words: folders.words,
      type: name,
      ...(folders.words.some(({ text }) => /^env:[\\/*]*$/i.test(text)) && { kind: "secret" }),
    };
  if (kinds.length > 0) {
    const named = folders.words.length === 0 ? [plainWord(".")] : folders.words;
    return { words: named.flatMap((folder) => kinds.map((kind) => inFolder(folder, kind))).slice(0, 24), type: name };
  }
  if (folders.words.length === 0) return { words: [{ text: "*", known: true, glob: true }], type: name };
  const isWhole = name === "get-childitem";
  return { words: folders.words.map((word) => (isWhole ? { ...word, glob: true } : word)), type: name };
}

function inFolder(folder: ShellWord, kind: ShellWord): ShellWord {
  const text = folder.text === "." ? kind.text : `${folder.text}/${kind.text}`;
  return { text, known: folder.known && kind.known, glob: /[*?]/.test(text) };
}

/** What is in a file: what was written to it before, or secrets. */
function readFile(given: Given, reader: PowershellReader): Value {
  const path = joinValues([...given.operands, ...(given.input === undefined ? [] : [given.input])]);
  if (reader.isSecret(path)) return { words: [], type: "string", kind: "secret" };
  const [word] = path.words;
  const file = word === undefined ? "" : windowsPath(word).text;
  const written = reader.reading.written.get(file);
  if (written !== undefined) return textValue(written);
  if (reader.reading.fetched.has(file)) return { words: [unknownWord("$line")], type: "string", kind: "downloaded" };
  return { words: [unknownWord("$line")], type: "string", kind: "content" };
}

function makeObject(given: Given, reader: PowershellReader): Value {
  const [type, ...rest] = [...values(given, "-typename", "-comobject"), ...given.operands];
  const text = (type === undefined ? undefined : knownTextOf(type))?.toLowerCase() ?? "";
  const name = text.includes("scripting.") || text.includes("shell.") ? text : text.slice(text.lastIndexOf(".") + 1);
  return callMethod({ words: [], type: name }, "new", [...rest, ...values(given, "-argumentlist")], reader);
}

/** Runs a text as PowerShell, which is read where it is known. */
function runText(given: Given, reader: PowershellReader): Value {
  const value = joinValues([
    ...given.operands,
    ...values(given, "-command"),
    ...(given.input === undefined ? [] : [given.input]),
  ]);
  return runValue(value, reader);
}

function defineAlias(given: Given, reader: PowershellReader): Value {
  const [name, value] = [...values(given, "-name"), ...given.operands, ...values(given, "-value")];
  const from = name === undefined ? undefined : knownTextOf(name);
  const to = value === undefined ? undefined : knownTextOf(value);
  if (from !== undefined && to !== undefined) reader.setAlias(from, to);
  return NO_VALUE;
}

/** Talks to a server: what it brings, and what it takes along. */
function talk(given: Given, reader: PowershellReader): Value {
  judgeSent(given, reader);
  const { options, operands } = given;
  const [body] = values(given, "-body");
  for (const { text } of body?.words ?? []) reader.reading.readCode("request", text, reader.scope);
  const into =
    options.get("-outfile") ??
    options.get("-destination") ??
    (given.name === "start-bitstransfer" ? operands[1] : undefined);
  if (into !== undefined) for (const word of into.words) reader.noteFetched(windowsPath(word).text);
  return { words: [unknownWord("$(downloaded)")], type: given.name, kind: "downloaded" };
}

function judgeSent(given: Given, reader: PowershellReader): void {
  const sent = [
    ...values(given, "-body", "-form", "-infile", "-attachments", "-source"),
    ...(given.name === "start-bitstransfer" ? given.operands : []),
  ];
  if ([...sent, given.input].some((value) => reader.isSecret(value)))
    reader.reading.find("high", "sends secrets of the machine away");
}

function writeFile(given: Given, reader: PowershellReader): Value {
  const { options, operands, input, name } = given;
  const [named] = values(given, "-filepath");
  const file = named ?? operands[0] ?? NO_VALUE;
  const isPiped = operands.length === 0 && named === undefined;
  const value =
    options.get("-value") ?? options.get("-inputobject") ?? (named === undefined ? operands[1] : operands[0]);
  const files = isPiped ? (input ?? NO_VALUE) : file;
  reader.write(files, value ?? (isPiped ? undefined : input), name === "add-content" || options.has("-append"));
  return NO_VALUE;
}

/** Copies files; what holds a secret still does elsewhere, where others may see it. */
function copy(given: Given, reader: PowershellReader): Value {
  const from = given.operands[0] ?? given.input;
  const to = given.options.get("-destination") ?? given.operands[1];
  if (!reader.isSecret(from)) return NO_VALUE;
  for (const word of to?.words ?? []) {
    const { text } = windowsPath(word);
    reader.secretFiles.add(text);
    if (text.startsWith("//") || given.options.has("-tosession"))
      reader.reading.find("high", "sends secrets of the machine away");
  }
  return NO_VALUE;
}

/** Runs a program with words that stand in one text or in several. */
function startProcess(given: Given, reader: PowershellReader): Value {
  const [file, first] = [...values(given, "-filepath", "-execute"), ...given.operands];
  const [program] = file?.words ?? [];
  if (program === undefined) return NO_VALUE;
  const [listed = first] = values(given, "-argumentlist", "-arguments", "-argument");
  const words = (listed?.words ?? []).flatMap((word) => splitLine(word));
  judgeFetched(windowsPath(program).text, reader.reading);
  if (!program.known && !/[\\/]|^\$\w+$/.test(program.text)) return NO_VALUE;
  if (program.known && !/^[a-z]+:\/\/|[\\/]$/i.test(program.text))
    reader.runProgram(program, words.map(programWord), undefined);
  return unknownValue("$process", "process");
}

const QUOTED_PARTS = /"([^"]*)"|'([^']*)'|[^\s"']+/g;

/** The words of a line that a program takes apart itself. */
function splitLine(word: ShellWord): readonly ShellWord[] {
  if (!/\s/.test(word.text)) return [word];
  return [...word.text.matchAll(QUOTED_PARTS)].map(([text, double, single]) => ({
    ...word,
    text: double ?? single ?? text,
  }));
}

/** Runs statements of SQL, which stand in a text or in a file that the step has written. */
function runSql(given: Given, reader: PowershellReader): Value {
  const { reading, scope } = reader;
  const texts = [
    ...values(given, "-query", "-sqlquery", "-commandtext", "-sql"),
    ...given.operands,
    given.input ?? NO_VALUE,
  ];
  for (const { text } of texts.flatMap(({ words }) => words)) reading.readCode("sql", text, scope);
  for (const word of values(given, "-inputfile", "-file").flatMap(({ words }) => words)) {
    const written = reading.written.get(windowsPath(word).text);
    if (written !== undefined) reading.readCode("sql", written, scope);
    else reading.readWords([plainWord("sqlcmd")], scope, { kind: "content", path: windowsPath(word).text });
  }
  return unknownValue("$row", "row");
}

/** Calls a method by its name, on what comes in. */
function callNamed(given: Given, reader: PowershellReader): Value {
  const [name] = [...values(given, "-methodname", "-name")];
  const method = name === undefined ? undefined : knownTextOf(name)?.toLowerCase();
  const [given0 = NO_VALUE] = values(given, "-arguments", "-argumentlist");
  if (method === undefined) return NO_VALUE;
  const named = joinValues([...given.operands, ...values(given, "-class", "-classname", "-path")]);
  const on = given.input ?? { ...named, type: "" };
  return callMethod(on, method, isEmpty(given0) ? [] : [given0], reader);
}

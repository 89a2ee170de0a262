import { METHODS } from "../rules/powershell-methods.ts";
import { findRow } from "../table/find-row.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { windowsPath } from "../words/windows-path.ts";
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

type Method = (on: Value, given: readonly Value[], reader: PowershellReader) => Value;

/** Properties and methods that leave a text or a name as it is, as far as matters here. */
const KEEPS = new Set(
  "fullname name path pspath directoryname value line trim trimend trimstart tostring tolower toupper toarray providerpath location content rawcontent id servicename foreach".split(
    " ",
  ),
);

/** Methods that give something others go on with, or run what they are given; the table is asked besides. */
const GIVES: Readonly<Record<string, Method>> = {
  __proto__: null as never,
  new: (on, given, reader) => {
    if (on.type.includes("command") || on.type.includes("adapter")) readSql(given, reader);
    if (on.type === "directoryinfo" || on.type === "fileinfo") return { ...joinValues(given), type: on.type };
    return { ...on, words: given.flatMap(({ words }) => words) };
  },
  downloadstring: () => DOWNLOADED,
  downloaddata: () => DOWNLOADED,
  downloadstringtaskasync: () => DOWNLOADED,
  getstringasync: () => DOWNLOADED,
  openread: (on) => (on.type === "webclient" ? DOWNLOADED : unknownValue("$stream", "stream")),
  downloadfile: noteFetched,
  downloadfileasync: noteFetched,
  uploadstring: judgeSent,
  uploaddata: judgeSent,
  uploadfile: judgeSent,
  uploadvalues: judgeSent,
  postasync: judgeSent,
  getstring: (on, given) => (on.kind === undefined ? joinValues(given) : on),
  frombase64string: (_, given) => {
    const text = given[0] === undefined ? undefined : knownTextOf(given[0]);
    return text === undefined ? DECODED : textValue(decoded(text));
  },
  combine: (_, given) => given.reduce((first, second) => appendValue(appendValue(first, textValue("/")), second)),
  gettemppath: () => textValue("/tmp/"),
  gettempfilename: () => textValue("/tmp/new-temporary-file"),
  getenvironmentvariables: () => ({ words: [], type: "hashtable", kind: "secret" }),
  readalltext: readFile,
  readalllines: readFile,
  readallbytes: readFile,
  writealltext: (_, given, reader) => write(given, false, reader),
  writeallbytes: (_, given, reader) => write(given, false, reader),
  writealllines: (_, given, reader) => write(given, false, reader),
  appendalltext: (_, given, reader) => write(given, true, reader),
  create: (on, given, reader) => {
    if (on.type === "scriptblock") return runValue(joinValues(given), reader);
    const [line] = given[0]?.entries?.get("commandline")?.words ?? given[0]?.words ?? [];
    if (
      line !== undefined &&
      (given[0]?.entries !== undefined || on.words.some(({ text }) => /win32_process/i.test(text)))
    )
      reader.reading.readShell(line.text.replaceAll("\\", "/"), reader.scope);
    if (on.type === "file") return write([...given, textValue("")], false, reader);
    return unknownValue("$object", on.type);
  },
  load: (_, given, reader) => {
    if (given.some(({ kind }) => kind === "downloaded" || kind === "decoded"))
      reader.reading.find("high", "runs code that nobody has read");
    return unknownValue("$assembly", "assembly");
  },
  addscript: (_, given, reader) => runValue(joinValues(given), reader),
  invokescript: (_, given, reader) => runValue(joinValues(given), reader),
  executenonquery: (_, given, reader) => readSql(given, reader),
  executewithresults: (_, given, reader) => readSql(given, reader),
  executereader: (_, given, reader) => readSql(given, reader),
  executescalar: (_, given, reader) => readSql(given, reader),
  execute: (_, given, reader) => readSql(given, reader),
  run: runLine,
  exec: runLine,
  shellexecute: runLine,
  start: runLine,
  getfiles: (on, given) => ({ words: [...on.words, ...given.flatMap(({ words }) => words)], type: "fileinfo" }),
  enumeratefiles: (on, given) => ({ words: [...on.words, ...given.flatMap(({ words }) => words)], type: "fileinfo" }),
  replace: (on) => ({ ...on, words: on.words.map(({ text }) => unknownWord(text)) }),
};

const DOWNLOADED: Value = { words: [unknownWord("$(downloaded)")], type: "string", kind: "downloaded" };
const DECODED: Value = { words: [unknownWord("$(decoded)")], type: "string", kind: "decoded" };

/** Judges a method of an object or of a type; gives what it gives. */
export function callMethod(on: Value, name: string, given: readonly Value[], reader: PowershellReader): Value {
  const { reading, scope } = reader;
  const type = on.type === "" ? "?" : on.type;
  const words = [...given.flatMap(argumentWords), ...on.words.map(windowsPath)];
  const operands = [plainWord(type), plainWord(name), ...words].map((word) => ({ word, afterOption: false }));
  const row = findRow(METHODS, { options: [], operands }, scope.folder);
  if (row?.[2] !== undefined) reading.find(row[1], row[2]);
  const special = GIVES[name];
  if (special !== undefined) return special(on, given, reader);
  if (KEEPS.has(name)) return on;
  return { ...unknownValue(`$result.${name}`), ...(on.kind !== undefined && { kind: on.kind }) };
}

/** An argument for the rows; nothing is one, too. */
function argumentWords(value: Value): readonly ShellWord[] {
  return value.words.length === 0
    ? [plainWord("$null")]
    : value.words.map((word) => (word.text === "" ? plainWord("$null") : windowsPath(word)));
}

/** What is asked of an object: another that is as well known, or nobody knows. */
export function propertyOf(on: Value, name: string, isStatic: boolean): Value {
  const entry = on.entries?.get(name);
  if (entry !== undefined) return entry;
  if (KEEPS.has(name)) return on;
  if (isStatic) return { words: [unknownWord(name)], type: on.type };
  if (name === "count" || name === "length") return unknownValue("$count", "number");
  return {
    words: on.words.map(({ text }) => unknownWord(`${text}.${name}`)),
    type: on.type,
    ...(on.kind !== undefined && { kind: on.kind }),
  };
}

function readSql(given: readonly Value[], reader: PowershellReader): Value {
  for (const { text } of given[0]?.words ?? []) reader.reading.readCode("sql", text, reader.scope);
  return unknownValue("$rows");
}

function noteFetched(_: Value, [, into]: readonly Value[], reader: PowershellReader): Value {
  for (const word of into?.words ?? []) reader.noteFetched(windowsPath(word).text);
  return NO_VALUE;
}

function judgeSent(_: Value, given: readonly Value[], reader: PowershellReader): Value {
  if (given.some((value) => reader.isSecret(value))) reader.reading.find("high", "sends secrets of the machine away");
  return DOWNLOADED;
}

function readFile(_: Value, [path]: readonly Value[], reader: PowershellReader): Value {
  if (reader.isSecret(path)) return { words: [], type: "string", kind: "secret" };
  return { words: [unknownWord("$line")], type: "string", kind: "content" };
}

function write([path, value]: readonly Value[], appends: boolean, reader: PowershellReader): Value {
  const isNothing = value !== undefined && isEmpty(value);
  if (path !== undefined) reader.write(path, isNothing ? textValue("") : value, appends);
  return NO_VALUE;
}

/** Runs a line as the shell of Windows does, or a program with its arguments. */
function runLine(on: Value, given: readonly Value[], reader: PowershellReader): Value {
  const texts = given.slice(0, 2).flatMap(({ words }) => words);
  if (!/shell|process|\?/.test(on.type === "" ? "?" : on.type) || texts.length === 0)
    return unknownValue("$result", on.type);
  if (on.type === "?" || on.type === "") return unknownValue("$result");
  reader.reading.readShell(texts.map(({ text }) => text.replaceAll("\\", "/")).join(" "), reader.scope);
  return unknownValue("$process", "process");
}

/** Base64, of which PowerShell's own text has two bytes a letter. */
function decoded(text: string): string {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 1 && bytes[1] === 0 ? bytes.toString("utf16le") : bytes.toString("utf8");
}

import { judgeFetched } from "../judge/earlier-files.ts";
import { isSecretPath } from "../judge/secrets.ts";
import { UNKNOWN } from "../output.ts";
import { readInside, type Reading } from "../reading.ts";
import { POWERSHELL, POWERSHELL_ALIASES, POWERSHELL_VERBS } from "../rules/powershell.ts";
import { isProgram } from "../rules/programs.ts";
import type { Scope } from "../scope.ts";
import { judgeTarget } from "../shell/read-redirections.ts";
import { findRow } from "../table/find-row.ts";
import { normalPath } from "../words/normal-path.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { windowsPath } from "../words/windows-path.ts";
import { CMDLETS } from "./cmdlets.ts";
import { argumentsOf, asked, givenTo, type Given } from "./given-command.ts";
import { callMethod, propertyOf } from "./methods.ts";
import { parsePowershell, type Element, type Part, type Statement, type Word } from "./parse-powershell.ts";
import { programWord } from "./powershell-words.ts";
import {
  appendValue,
  isEmpty,
  joinValues,
  knownTextOf,
  NO_VALUE,
  outputOfValue,
  textValue,
  unknownValue,
  valueOfOutput,
  type Value,
} from "./value.ts";

/** Variables that a shell of its own has. */
const PLACES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  home: "$HOME",
  pwd: ".",
  psscriptroot: ".",
  profile: "$HOME/profile.ps1",
  "env:userprofile": "$HOME",
  "env:home": "$HOME",
  "env:temp": "$TMPDIR",
  "env:tmp": "$TMPDIR",
  "env:tmpdir": "$TMPDIR",
  "env:windir": "C:/Windows",
  "env:systemroot": "C:/Windows",
  "env:systemdrive": "C:",
  "env:homedrive": "C:",
  "env:programfiles": "C:/Program Files",
  "env:programdata": "C:/ProgramData",
  "env:allusersprofile": "C:/ProgramData",
  "env:public": "C:/Users/Public",
  "env:appdata": "$HOME/AppData/Roaming",
  "env:localappdata": "$HOME/AppData/Local",
  true: "$true",
  false: "$false",
  null: "$null",
};

/** Reads the statements of a step one after the other, with what its variables stand for. */
export class PowershellReader {
  readonly scope: Scope;
  readonly reading: Reading;
  /** Files that secrets were written to. */
  readonly secretFiles: Set<string> = new Set();
  readonly #variables = new Map<string, Value>();
  readonly #functions = new Map<string, readonly Statement[]>();
  readonly #calling = new Set<string>();
  readonly #aliases = new Map<string, string>();

  constructor(scope: Scope, reading: Reading) {
    this.scope = scope;
    this.reading = reading;
  }

  /** Reads a whole text; gives what it prints. */
  read(statements: readonly Statement[]): Value {
    return joinValues(statements.map((one) => this.#statement(one)));
  }

  /** Reads a text that is run where this is. */
  readCode(text: string): Value {
    const statements = parsePowershell(text);
    if (statements === undefined) {
      this.reading.find("high", "cannot be read as PowerShell");
      return NO_VALUE;
    }
    let value = NO_VALUE;
    readInside(this.reading, () => {
      value = this.read(statements);
      return UNKNOWN;
    });
    return value;
  }

  /** Reads a block with something as `$_`. */
  readBlock(statements: readonly Statement[], item: Value | undefined): Value {
    const before = this.#variables.get("_");
    if (item !== undefined) this.#variables.set("_", item);
    const value = this.read(statements);
    if (before !== undefined) this.#variables.set("_", before);
    else this.#variables.delete("_");
    return value;
  }

  setAlias(name: string, command: string): void {
    this.#aliases.set(name.toLowerCase(), command.toLowerCase());
  }

  #statement(statement: Statement): Value {
    const { keyword, target, value: given } = statement;
    if (keyword === "=") {
      const value = given === undefined ? NO_VALUE : this.#statement(given);
      if (target !== undefined) this.#assign(target, value, statement.adds === true);
      return NO_VALUE;
    }
    if (keyword === "function" || keyword === "filter" || keyword === "workflow") {
      this.#define(statement);
      return NO_VALUE;
    }
    if (keyword === "foreach" && target !== undefined && given !== undefined)
      this.#assign(target, this.#statement(given), false);
    if (keyword === undefined || statement.elements.length > 1) return this.#pipeline(statement.elements);
    // Whatever happens, all of its blocks count.
    return joinValues((statement.elements[0]?.words ?? []).map((word) => this.valueOf(word)));
  }

  #define({ target, elements }: Statement): void {
    const words = elements.flatMap((element) => element.words);
    const body = words.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === "block" ? part.statements : []));
    const name = target === undefined ? "" : (knownTextOf(this.valueOf(target)) ?? "").toLowerCase();
    const parameters = words.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === "group" ? [part] : []));
    const statements = [
      ...parameters.map((part): Statement => ({
        keyword: "param",
        elements: [{ words: [{ parts: [part], bare: true, joined: false }], isExpression: true, redirections: [] }],
      })),
      ...body,
    ];
    this.#functions.set(name, statements);
    this.reading.later.push(() => {
      if (!this.reading.called.has(statements)) this.#call(name, statements, [], new Map());
    });
  }

  #call(
    name: string,
    statements: readonly Statement[],
    operands: readonly Value[],
    options: ReadonlyMap<string, Value>,
  ): Value {
    if (this.#calling.has(name) || this.#calling.size > 16) return unknownValue("$result");
    this.reading.called.add(statements);
    this.#calling.add(name);
    const names = parameterNames(statements);
    const before = names.map((one) => this.#variables.get(one));
    let at = 0;
    for (const one of names) {
      const value = options.get(`-${one}`) ?? operands[at++];
      if (value === undefined) this.#variables.delete(one);
      else this.#variables.set(one, value);
    }
    this.#variables.set("args", joinValues(operands));
    const value = this.read(statements);
    for (const [index, one] of names.entries()) {
      const old = before[index];
      if (old === undefined) this.#variables.delete(one);
      else this.#variables.set(one, old);
    }
    this.#calling.delete(name);
    return value;
  }

  #assign({ parts }: Word, value: Value, adds: boolean): void {
    const last = parts.at(-1);
    const variable = parts.find((part) => part.kind === "variable");
    if (last?.kind === "member") {
      // A command of a database is told its statement so.
      if (last.name === "commandtext")
        for (const { text } of value.words) this.reading.readCode("sql", text, this.scope);
      return;
    }
    if (variable?.kind !== "variable" || last?.kind === "index") return;
    const { name } = variable;
    const before = adds ? this.#variables.get(name) : undefined;
    const isText = before?.words.length === 1 && before.type === "string" && value.words.length === 1;
    if (before === undefined)
      this.#variables.set(
        name,
        adds && value.words.length === 1
          ? { ...value, words: value.words.map(({ text }) => unknownWord(`$${name}${text}`)) }
          : value,
      );
    else this.#variables.set(name, isText ? appendValue(before, value) : joinValues([before, value]));
  }

  #pipeline(elements: readonly Element[]): Value {
    let value: Value | undefined;
    for (const element of elements) {
      value = element.isExpression ? this.readExpression(element.words) : this.#command(element, value);
      for (const { operator, target } of element.redirections) {
        if (target === undefined) continue;
        const files = this.valueOf(target);
        if (files.words.every(({ text }) => text === "$null")) continue;
        if (operator.startsWith(">") || operator.startsWith("1")) this.write(files, value, operator.endsWith(">>"));
        else this.write(files, textValue("…"), operator.endsWith(">>"));
      }
    }
    return value ?? NO_VALUE;
  }

  /** Judges files that something is written to. */
  write(files: Value, value: Value | undefined, appends: boolean): void {
    const isNothing = value !== undefined && value.words.length > 0 && isEmpty(value);
    for (const word of files.words) {
      const path = windowsPath(word);
      judgeTarget(path, appends ? ">>" : ">", isNothing, this.scope, this.reading);
      if (value?.kind === "secret") this.secretFiles.add(path.text);
      if (value?.kind === "downloaded") this.noteFetched(path.text);
      const text = value === undefined ? undefined : knownTextOf(value);
      if (text === undefined) continue;
      const before = appends ? (this.reading.written.get(path.text) ?? "") : "";
      if (before.length + text.length < LONGEST_NOTED) this.reading.written.set(path.text, before + text);
    }
  }

  noteFetched(path: string): void {
    this.reading.fetched.add(normalPath(path));
  }

  /** Whether a value is a secret, or the name of a file that holds one. */
  isSecret(value: Value | undefined, seen = new Set<Value["entries"]>()): boolean {
    if (value === undefined) return false;
    if (value.kind === "secret") return true;
    // One table may stand in another many times.
    if (value.entries !== undefined && !seen.has(value.entries)) {
      seen.add(value.entries);
      for (const one of value.entries.values()) if (this.isSecret(one, seen)) return true;
    }
    return value.words.some((word) => {
      const { text } = windowsPath(word);
      return this.secretFiles.has(text) || isSecretPath(text);
    });
  }

  /** What an expression gives: its operands, put together as its operators say. */
  readExpression(words: readonly Word[]): Value {
    const [first, ...rest] = words;
    if (first === undefined) return NO_VALUE;
    let value = isOperator(first) ? NO_VALUE : this.valueOf(first);
    let operator = isOperator(first) ? operatorOf(first) : undefined;
    let isFlag = false;
    for (const word of rest) {
      if (isOperator(word) && !word.joined) {
        operator = operatorOf(word);
        continue;
      }
      const next = this.valueOf(word);
      if (word.joined || operator === undefined) {
        value = joinValues([value, next]);
        if (operator === "-f") value = formatted(value, next);
        continue;
      }
      if (operator === "+")
        value = value.words.length < 2 && next.words.length < 2 ? appendValue(value, next) : joinValues([value, next]);
      else if (operator === "-f") value = formatted(value, next);
      else if (operator === "-join")
        value = joined(
          value.words.length === 0 ? next : value,
          value.words.length === 0 ? "" : (knownTextOf(next) ?? " "),
        );
      else if (
        /^-[ci]?replace$/.test(operator) ||
        /^-[ci]?split$/.test(operator) ||
        operator === "??" ||
        operator === "?"
      )
        value = { ...joinValues([value, next]), words: [unknownWord("$text")] };
      else if (operator === ":") value = joinValues([value, next]);
      else if (operator.startsWith("-")) isFlag = true;
      operator = undefined;
    }
    return isFlag ? unknownValue("$flag") : value;
  }

  /** What a word stands for. Code in it is read. */
  valueOf(word: Word): Value {
    const [first] = word.parts;
    if (word.parts.length === 1 && first !== undefined) return this.#partValue(first, word);
    let value: Value | undefined;
    let type: string | undefined;
    for (const part of word.parts) {
      if (part.kind === "type") {
        type = shortType(part.name);
        if (value === undefined) continue;
      }
      if (part.kind === "member") {
        const on = value ?? { words: [], type: type ?? "" };
        const isStatic = value === undefined && type !== undefined;
        value =
          part.given === undefined ? propertyOf(on, part.name, isStatic) : this.#method(on, part.name, part.given);
      } else if (part.kind === "index") {
        const key = knownTextOf(this.read(part.statements));
        const entry = key === undefined ? undefined : value?.entries?.get(key.toLowerCase());
        if (entry !== undefined) value = entry;
      } else {
        const next = this.#partValue(part, word);
        value = value === undefined ? next : appendValue(value, next);
      }
    }
    if (value === undefined) return { words: [], type: type ?? "" };
    return first?.kind === "type" && type !== undefined && word.parts[1]?.kind !== "member"
      ? { ...value, type }
      : value;
  }

  #method(on: Value, name: string, given: readonly Statement[]): Value {
    const values = given.flatMap((statement) => this.#argumentsOf(statement));
    if (name === "foreach" || name === "where" || name === "foreachobject") {
      const inside = given
        .flatMap(({ elements }) => elements)
        .flatMap(({ words }) => words)
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.kind === "block" ? [part.statements] : []));
      const results = inside.map((statements) => this.readBlock(statements, on));
      const called = name === "foreach" && inside.length === 0 ? values[0] : undefined;
      if (called !== undefined)
        results.push(callMethod(on, knownTextOf(called)?.toLowerCase() ?? "", values.slice(1), this));
      return name === "where" ? on : joinValues(results);
    }
    return callMethod(on, name, values, this);
  }

  /** The arguments of a method, which commas stand between. */
  #argumentsOf(statement: Statement): readonly Value[] {
    const [element] = statement.elements;
    if (statement.keyword !== undefined || statement.elements.length !== 1 || element?.isExpression !== true)
      return [this.#statement(statement)];
    const groups: Word[][] = [];
    for (const word of element.words) {
      if (word.joined || groups.length === 0) groups.push([{ ...word, joined: false }]);
      else groups.at(-1)?.push(word);
    }
    return groups.map((words) =>
      words.every(({ parts }) => parts.every(({ kind }) => kind === "block")) ? NO_VALUE : this.readExpression(words),
    );
  }

  #partValue(part: Part, word: Word): Value {
    switch (part.kind) {
      case "text":
        return { words: [{ ...plainWord(part.text), glob: word.bare && /[*?]/.test(part.text) }], type: "string" };
      case "variable":
        return this.#variable(part.name);
      case "splat":
        return this.#variables.get(part.name) ?? unknownValue(`$${part.name}`);
      case "group":
        return this.read(part.statements);
      case "table": {
        const entries = new Map<string, Value>();
        for (const [key, value] of part.entries)
          entries.set((knownTextOf(this.valueOf(key)) ?? "").toLowerCase(), this.#statement(value));
        const values = joinValues([...entries.values()]);
        return { ...values, type: "hashtable", entries };
      }
      case "type":
        return { words: [], type: shortType(part.name) };
      case "block":
        this.read(part.statements);
        return NO_VALUE;
      default:
        return NO_VALUE;
    }
  }

  #variable(name: string): Value {
    const known = this.#variables.get(name === "psitem" ? "_" : name);
    if (known !== undefined) return known;
    const place = PLACES[name];
    if (place !== undefined)
      return { words: [{ ...plainWord(place), known: !place.startsWith("$H") && !place.startsWith("$T") }], type: "" };
    if (name.startsWith("env:")) {
      const words = this.scope.variables.get(name.slice(4)) ?? this.scope.variables.get(name.slice(4).toUpperCase());
      if (words !== undefined) return { words, type: "string" };
    }
    return unknownValue(`$${name}`);
  }

  #command({ words }: Element, input: Value | undefined): Value {
    if (this.reading.left-- <= 0) {
      this.reading.find("high", "unfolds into more commands than can be read");
      return NO_VALUE;
    }
    const isCalled = words[0]?.parts.length === 1 && isCallOperator(words[0].parts[0]);
    const [command, ...rest] = isCalled ? words.slice(1) : words;
    if (command === undefined) return NO_VALUE;
    const [block] = command.parts;
    if (block?.kind === "block") {
      this.#variables.set("args", joinValues(rest.map((word) => this.valueOf(word))));
      return this.readBlock(block.statements, input);
    }
    const called = this.valueOf(command);
    const [name] = called.words;
    // A block that a variable holds was read where it stands.
    if (name === undefined) return NO_VALUE;
    return this.run(name, rest, input);
  }

  /** Runs a command by its name. */
  run(word: ShellWord, rest: readonly Word[], input: Value | undefined): Value {
    const bare = word.text.replace(/^[\w.]+\\(?=[A-Za-z]+-\w+$)/, "");
    const small = bare.toLowerCase();
    const alias = this.#aliases.get(small) ?? POWERSHELL_ALIASES[small];
    const name = alias === undefined || isForProgram(small, rest) ? small : alias;
    const body = this.#functions.get(name);
    if (body !== undefined) {
      const given = givenTo(name, rest, input, (one) => this.valueOf(one));
      for (const block of given.blocks) this.readBlock(block, input);
      return this.#call(name, body, given.operands, given.options);
    }
    if (!isCmdlet(name))
      return this.runProgram(
        word,
        rest.flatMap((one) => this.#programWords(one)),
        input,
      );
    return this.runCmdlet(givenTo(name, rest, input, (one) => this.valueOf(one)));
  }

  /** Judges a command of PowerShell's own kind. */
  runCmdlet(given: Given): Value {
    const { name } = given;
    const special = CMDLETS[name];
    const row = findRow(POWERSHELL, argumentsOf(given, this.#isTrial()), this.scope.folder);
    if (row?.[2] !== undefined) this.reading.find(row[1], row[2]);
    if (row === undefined) this.reading.find("medium", `runs ${name}, about which nothing is known`);
    const isAsked = row?.[0] === "* -whatif";
    if (special !== undefined && !isAsked) return special(given, this);
    for (const block of given.blocks) this.readBlock(block, given.input);
    if (!isAsked && /^(?:invoke|send|start)-/.test(name)) this.#readTold(given);
    if (name.startsWith("get-")) return { ...asked(given), type: name };
    return given.input ?? unknownValue(`$(${name})`, name);
  }

  /** Whether every command only says what it would do. */
  #isTrial(): boolean {
    return this.#variables.get("whatifpreference")?.words[0]?.text === "$true";
  }

  /** Reads what another machine is told to run. */
  #readTold({ options }: Given): void {
    for (const [option, { words, entries }] of options) {
      if (!CARRY_CODE.has(option) && entries?.has("commands") !== true) continue;
      for (const { text } of entries?.get("commands")?.words ?? words)
        if (parsePowershell(text) === undefined) this.reading.readShell(text, this.scope);
        else this.readCode(text);
    }
  }

  /** Judges a program as a POSIX shell would; gives what it prints. */
  runProgram(word: ShellWord, words: readonly ShellWord[], input: Value | undefined): Value {
    const path = programWord(word);
    const small = path.text.toLowerCase().replace(/\.exe$/, "");
    const program =
      isProgram(small) || /^[a-z]:\//.test(small) || small.startsWith("/windows")
        ? { ...path, text: small.replace(/^[a-z]:/, "") }
        : path;
    judgeFetched(windowsPath(word).text, this.reading);
    const output = this.reading.readWords(
      [program, ...words],
      this.scope,
      input === undefined ? UNKNOWN : outputOfValue(input),
    );
    const value = valueOfOutput(output);
    const prints = words.some(({ text }) =>
      /^(?:init|hook|shell\.powershell|completions?|activate|env|shellenv)$/.test(text),
    );
    return prints && value.kind === undefined ? { ...value, kind: "settings" } : value;
  }

  #programWords(word: Word): readonly ShellWord[] {
    const [first] = word.parts;
    if (first?.kind === "block" && word.parts.length === 1) {
      this.read(first.statements);
      return [];
    }
    const { words, kind } = this.valueOf(word);
    return kind === "secret" && words.length === 0 ? [SECRET] : words.map(programWord);
  }
}

/** Options for code that is run elsewhere. */
const CARRY_CODE = new Set(["-command", "-commands", "-scriptstring", "-scripttext", "-scriptcontent"]);
const LONGEST_NOTED = 16_384;
/** What prints keys, for a program that is given them. */
const SECRET = unknownWord("$(cat ~/.ssh/id_rsa)");

/** The names of the parameters that a function says it has. */
function parameterNames(statements: readonly Statement[]): readonly string[] {
  const names: string[] = [];
  const look = (statement: Statement): void => {
    const last = statement.target?.parts.findLast((part) => part.kind === "variable");
    if (statement.keyword === "=" && last?.kind === "variable") names.push(last.name);
    if (statement.value !== undefined) look(statement.value);
    for (const { words } of statement.elements)
      for (const { parts } of words) {
        const part = parts.findLast(({ kind }) => kind === "variable");
        if (part?.kind === "variable") names.push(part.name);
      }
  };
  for (const statement of statements) {
    if (statement.keyword !== "param") continue;
    for (const { words } of statement.elements)
      for (const { parts } of words) for (const part of parts) if (part.kind === "group") part.statements.forEach(look);
  }
  return names;
}

function isCallOperator(part: Part | undefined): boolean {
  return part?.kind === "text" && (part.text === "&" || part.text === ".");
}

function isOperator({ parts, bare }: Word): boolean {
  const [first] = parts;
  return (
    bare &&
    parts.length === 1 &&
    first?.kind === "text" &&
    /^(?:-[a-z]+|[-+*/%!?:<=]|\.\.|\+\+|--|\?\?|in)$/i.test(first.text)
  );
}

function operatorOf({ parts }: Word): string {
  const [first] = parts;
  return first?.kind === "text" ? first.text.toLowerCase() : "";
}

/** The last part of a type's name, without what stands in brackets behind it. */
function shortType(name: string): string {
  const bare = name.replace(/[[,].*$/s, "");
  return bare.slice(bare.lastIndexOf(".") + 1).trim();
}

function formatted(value: Value, next: Value): Value {
  const [format, ...given] = [...value.words, ...(value.words.length > 1 ? [] : next.words)];
  if (format === undefined) return value;
  const text = format.text.replace(/\{(\d)[^{}]*\}/g, (_, at: string) => given[Number(at)]?.text ?? "$text");
  return { words: [{ text, known: format.known && given.every(({ known }) => known), glob: false }], type: "string" };
}

function joined(value: Value, by: string): Value {
  return {
    ...value,
    words: [
      {
        text: value.words.map(({ text }) => text).join(by),
        known: value.words.every(({ known }) => known),
        glob: false,
      },
    ],
  };
}

/** Short names that other systems have programs of; their options tell which is meant. */
function isForProgram(name: string, words: readonly Word[]): boolean {
  const texts = words.map(({ parts, bare }) => (bare && parts[0]?.kind === "text" ? parts[0].text : ""));
  if (name === "sc")
    return texts.some((text) => /^(?:delete|stop|config|query\w*|create|start|qc|failure|sdset)$/i.test(text));
  if (name !== "curl" && name !== "wget") return false;
  return !texts.some((text) => /^-(?:uri|useb\w*|outf\w*|method|body|headers|infile)$/i.test(text));
}

/** Whether a name is that of a command of PowerShell's own kind, and of no program. */
function isCmdlet(name: string): boolean {
  if (name.includes("/") || name.includes("\\")) return false;
  if (CMDLETS[name] !== undefined) return true;
  const dash = name.indexOf("-");
  return dash > 0 && POWERSHELL_VERBS.has(name.slice(0, dash)) && /^[a-z]+-[a-z]\w*$/.test(name) && !isProgram(name);
}

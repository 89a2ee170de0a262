import { madeOutput, NOTHING, UNKNOWN, type Output } from "../output.ts";
import type { Scope } from "../scope.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { printedByCode, replacedBy } from "./made-text.ts";
import { keepsSecrets, printsSecrets } from "./secrets.ts";

/** Commands that let through what comes in, or a part of it. */
const FILTERS = new Set(
  "cat grep egrep fgrep rg sed awk gawk sort uniq head tail tee tr cut tac shuf column fold nl pv jq yq iconv dos2unix unix2dos xargs sponge less more".split(
    " ",
  ),
);
/** Filters that are told what to print. */
const MAKES = new Set("sed awk gawk mawk jq".split(" "));
/** Programs that print what their code says. */
const PRINTS_BY_CODE = new Set(
  "perl python ruby node php psql mysql mariadb sqlite3 sqlcmd clickhouse-client".split(" "),
);
const PROCESSES = new Set(["pgrep", "pidof", "ps", "fuser"]);
const DOWNLOADS = new Set(
  "curl wget fetch lynx aria2c http https xh nc ncat netcat socat dig drill nslookup host ftp tftp websocat mosquitto_sub grpcurl".split(
    " ",
  ),
);
const UNPACKS = new Set(
  "gunzip zcat bunzip2 bzcat unxz xzcat uncompress unzip zstd zstdcat gzip gpg uudecode base32 openssl xxd".split(" "),
);

/** What a command prints, as far as that follows from its words and input. */
export function outputOf(name: string, words: readonly ShellWord[], input: Output, scope: Scope): Output {
  if (name === "echo" || name === "printf") return printed(name, words);
  if (printsSecrets(name, words) || (input.kind === "secret" && (FILTERS.has(name) || keepsSecrets(name))))
    return { kind: "secret" };
  if (name === "pwd")
    return { kind: "names", words: [scope.folder === "" ? unknownWord("$PWD") : plainWord(scope.folder)] };
  if (name === "mktemp") return { kind: "names", words: [unknownWord("/tmp/made-by-mktemp")] };
  if (name === "which" || (name === "command" && /^-[vV]$/.test(words[0]?.text ?? ""))) {
    const last = words.at(-1);
    return last?.known === true ? { kind: "text", text: last.text } : UNKNOWN;
  }
  if (name === "history" || name === "fc") return { kind: "decoded" };
  if (DOWNLOADS.has(name) || printsStored(name, words)) return { kind: "downloaded" };
  if (name === "base64" || name === "xxd" || name === "rev") return decoded(name, words, input);
  if (UNPACKS.has(name)) return input.kind === "downloaded" ? input : { kind: "decoded" };
  if (FILTERS.has(name)) return filtered(name, words, input);
  if (name === "yes") return { kind: "text", text: `${words.map(({ text }) => text).join(" ") || "y"}\n` };
  if (PROCESSES.has(name))
    return { kind: "names", words: [unknownWord(`$(${name},${words.map(({ text }) => text).join(",")})`)] };
  if (PRINTS_BY_CODE.has(name)) return madeOutput(printedByCode(name, words));
  if (name === "ls" || name === "git" || name === "fd" || name === "locate") return listed(name, words);
  return UNKNOWN;
}

/** Whether a command prints a file that is kept in a cloud or on a site. */
function printsStored(name: string, words: readonly ShellWord[]): boolean {
  const first = words[0]?.text;
  if (name === "gsutil" || name === "rclone") return first === "cat";
  if (name === "gh") return first === "api" || (first === "gist" && words[1]?.text === "view");
  return name === "aws" && words.at(-1)?.text === "-" && words.some(({ text }) => text.startsWith("s3://"));
}

function printed(name: string, words: readonly ShellWord[]): Output {
  const said = name === "echo" ? words.filter(({ text }, at) => !(at < 2 && /^-[neE]+$/.test(text))) : words;
  if (said.some(({ glob }) => glob)) return { kind: "names", words: said, line: printedText(name, words, said) };
  return { kind: "text", text: printedText(name, words, said) };
}

function printedText(name: string, words: readonly ShellWord[], said: readonly ShellWord[]): string {
  const escapes = name === "printf" || words.some(({ text }, at) => at < 2 && /^-[nE]*e/.test(text));
  const texts = said.map(({ text }) => (escapes ? unescaped(text) : text));
  if (name === "echo") return `${texts.join(" ")}\n`;
  const [format = "", ...values] = texts[0] === "--" ? texts.slice(1) : texts;
  if (values.length === 0) return format.replaceAll("%%", "%");
  let at = 0;
  const once = (): string => format.replace(/%(?:s|b|q|d|%)/g, (mark) => (mark === "%%" ? "%" : (values[at++] ?? "")));
  let text = once();
  // The format is used again for what is left over.
  for (let turn = 0, before = 0; at > before && at < values.length && turn < 24; turn++) {
    before = at;
    text += once();
  }
  return text;
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|0?([0-7]{1,3})|([nrt\\]))/g,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPED[letter ?? ""] ?? "\\";
    },
  );
}

function decoded(name: string, words: readonly ShellWord[], input: Output): Output {
  if (name === "base64" && !words.some(({ text }) => /^(?:-[a-zA-Z]*[dD]|--decode)/.test(text))) return UNKNOWN;
  if (name === "xxd" && !words.some(({ text }) => /^-[a-z]*r/.test(text))) return UNKNOWN;
  if (input.kind !== "text") return name === "rev" && input.kind !== "downloaded" ? UNKNOWN : { kind: "decoded" };
  const text = input.text.trim();
  if (name === "rev") return { kind: "text", text: text.split("").toReversed().join("") };
  return { kind: "text", text: Buffer.from(text, name === "base64" ? "base64" : "hex").toString("utf8") };
}

function filtered(name: string, words: readonly ShellWord[], input: Output): Output {
  const files = words.filter(({ text }) => !text.startsWith("-"));
  if (name === "cat" || name === "tac") {
    if (files.length === 0) return input;
    return files.every(({ text }) => text === "/dev/null") ? NOTHING : { kind: "content" };
  }
  const made = MAKES.has(name)
    ? madeOutput(name === "sed" ? replacedBy(words, input) : printedByCode(name, words))
    : UNKNOWN;
  if (made.kind === "made") return made;
  const processes = input.kind === "names" ? input.words[0]?.text : undefined;
  if (processes?.startsWith("$(ps") === true && (name === "head" || name === "tail"))
    return { kind: "names", words: [unknownWord(`${processes.slice(0, -1)},some)`)] };
  if (processes?.startsWith("$(ps") === true)
    return { kind: "names", words: [unknownWord(chosen(processes, name, words))] };
  if (input.kind !== "text") {
    if ((name === "grep" || name === "rg") && words.some(({ text }) => /^-[a-zA-Z]*[lL]/.test(text)))
      return { kind: "names", words: [unknownWord("$(…)")] };
    return input.kind === "unknown" && files.length > 1 ? { kind: "content" } : input;
  }
  if (name === "grep") return madeOutput(input.text);
  if (name === "tee" || name === "sort" || name === "uniq" || name === "head" || name === "tail") return input;
  return name === "tr" || name === "sed" || name === "awk" ? { kind: "decoded" } : UNKNOWN;
}

function listed(name: string, words: readonly ShellWord[]): Output {
  const named = words.filter(({ text }) => !text.startsWith("-"));
  if (name === "ls")
    return { kind: "names", words: named.length === 0 ? [{ text: "*", known: true, glob: true }] : named };
  return UNKNOWN;
}

/** Of processes, those that a filter lets through; what it looks for stands behind them. */
function chosen(processes: string, name: string, words: readonly ShellWord[]): string {
  const pattern = words.find(({ text }) => !text.startsWith("-"));
  const isInverse = words.some(({ text }) => /^-[a-zA-Z]*v/.test(text));
  if (pattern === undefined || isInverse || !/grep$|^rg$|awk$/.test(name)) return processes;
  const looksFor = name.endsWith("awk") ? (/^[^/]*\/((?:\\.|[^/\\])*)\//.exec(pattern.text)?.[1] ?? "") : pattern.text;
  return looksFor === "" ? processes : `${processes.slice(0, -1)},${looksFor.replace(/[[\]\s]/g, "")})`;
}

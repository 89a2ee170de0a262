import type { Output } from "../output.ts";
import type { Arguments } from "../words/arguments.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** Files and folders that hold keys or passwords; public keys are none. */
const SECRET_PATH =
  /(?:^|\/)(?:\.ssh(?:\/(?!(?:config|known_hosts|authorized_keys)$|[\w.-]+\.pub$)|$)|\.(?:aws|gnupg)(?:\/|$)|\.kube\/config$|\.(?:netrc|pgpass|my\.cnf|vault-token)$|\.docker\/config\.json$|id_(?:rsa|ed25519|ecdsa|dsa)$|\.env(?:\.(?!example|sample|template)\w+)?$)|^\/etc\/(?:g?shadow|sudoers)|\.(?:keytab|kdbx)$|privkey\d*\.pem$|\/ssl\/private\/./;

/** Programs that give out what is in files. */
const READERS: ReadonlySet<string> = new Set(
  "cat tac head tail grep egrep awk sed cut less more tar zip gzip bzip2 xz zstd base64 xxd od hexdump dd".split(" "),
);

const KEEPERS: ReadonlySet<string> = new Set("gzip bzip2 xz zstd base64 base32 xxd od hexdump tar zip".split(" "));

const SENDERS: ReadonlySet<string> = new Set(
  "curl wget nc ncat netcat socat telnet http https xh mail mailx mutt sendmail ssh dig nslookup host ping".split(" "),
);

/** Programs that copy files, to the last of their operands. */
const COPIERS: ReadonlySet<string> = new Set("scp rsync rclone aws gsutil".split(" "));

/** Folders that a server shows to everybody. */
const SERVED = /(?:^|\/)(?:www|public|public_html|htdocs)(?:\/|$)/;

/** What no secret is without; looking for it costs less than the expression, which few commands need. */
function isHidden(text: string): boolean {
  return (
    text.startsWith(".") ||
    text.includes("/.") ||
    text.includes("id_") ||
    text.includes("priv") ||
    /^\/etc\/|\.k\w+$/.test(text)
  );
}

/** Files of Windows that hold keys or passwords, by a path in lower case. */
const WINDOWS_SECRET =
  /\/system32\/config\/(?:sam|system|security)|(?:^|\/)(?:ntds\.dit|login data|logins\.json|key4\.db|unattend\.xml|credentials(?:\.\w{1,8})?)$|\.(?:pfx|p12|kdbx|ppk|pem|key)$|^hklm:\/(?:sam|security)(?:\/|$)/;

/** Whether a path is that of a file or a folder that holds keys or passwords. */
export function isSecretPath(path: string): boolean {
  return (isHidden(path) && SECRET_PATH.test(path)) || WINDOWS_SECRET.test(path);
}

/** Whether a command prints keys, passwords or all variables. */
export function printsSecrets(name: string, words: readonly ShellWord[]): boolean {
  const has = (pattern: RegExp): boolean => words.some(({ text }) => pattern.test(text));
  if (READERS.has(name)) return words.some(({ text }) => isHidden(text) && SECRET_PATH.test(text));
  if (name === "env" || name === "printenv") return words.every(({ text }) => text.startsWith("-"));
  const first = words[0]?.text;
  if (name === "kubectl" || name === "oc")
    return first === "get" && has(/^secrets?(?:\/|$)/) && has(/^(?:-o|--output)/);
  if (name === "aws") return has(/^get-secret-value$|^--with-decryption$/);
  if (name === "gpg" || name === "gpg2") return has(/^--export-secret-(?:sub)?keys$/);
  return name === "pass" && first === "show";
}

/** Whether what comes out of a program is what came in, in another form that anybody can take back. */
export function keepsSecrets(name: string): boolean {
  return KEEPERS.has(name);
}

/** Whether a command sends keys or passwords to another machine: what comes in, or what it is told. */
export function sendsSecrets(name: string, words: readonly ShellWord[], input: Output): boolean {
  if (name === "gh") return words[0]?.text === "gist" && input.kind === "secret";
  if (!SENDERS.has(name)) return false;
  return (
    input.kind === "secret" ||
    (input.kind === "content" && isHidden(input.path ?? "") && SECRET_PATH.test(input.path ?? "")) ||
    words.some((word, at) => (isReadSecret(word) && !isToken(words[at - 1])) || isSentSecret(word, words[at - 1]))
  );
}

/** Whether a word names a file with secrets that is to be sent: `@PATH`, or behind `-T`. */
function isSentSecret({ text }: ShellWord, before: ShellWord | undefined): boolean {
  const isUploaded = before !== undefined && (before.text === "-T" || before.text === "--upload-file");
  if (!isUploaded && !text.includes("@") && !text.startsWith("--upload-file=")) return false;
  const path = isUploaded ? text : /^(?:(?:[\w-]+=)?@|--upload-file=)([^;]+)/.exec(text)?.[1];
  return path !== undefined && isHidden(path) && SECRET_PATH.test(path);
}

/** Whether a word is what a command prints that is given a file with secrets. */
function isReadSecret({ text, known }: ShellWord): boolean {
  if (known || !text.includes("$(")) return false;
  return text.split(/[\s()<>"']+/).some((part) => isHidden(part) && !part.includes(".env") && SECRET_PATH.test(part));
}

/** Whether what stands behind a word is there to prove who asks. */
function isToken(before: ShellWord | undefined): boolean {
  return /^(?:-[Hu]|--(?:header|user|cert|key|oauth2-bearer))$/.test(before?.text ?? "");
}

/** Whether a command copies keys or passwords to another machine. */
export function copiesSecrets(name: string, { operands }: Arguments): boolean {
  const to = operands.at(-1)?.word.text ?? "";
  const isCopier = COPIERS.has(name);
  if (!(isCopier && to.includes(":")) && !((isCopier || name === "cp" || name === "mv") && SERVED.test(to)))
    return false;
  return operands
    .slice(0, -1)
    .some(({ word: { text } }) => !text.includes(":") && isHidden(text) && SECRET_PATH.test(text.replace(/\/$/, "")));
}

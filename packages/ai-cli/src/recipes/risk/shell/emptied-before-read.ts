import type { PipelineNode, Redirection, SyntaxNode, Word } from "unbash";
import { forEachChild } from "unbash";

/** Commands whose arguments are no files that they read. */
const NO_READERS = new Set(
  "echo printf test [ [[ : true false touch mkdir rm rmdir ln cp mv git docker set".split(" "),
);
/** Commands whose arguments are files even if they do not look so. */
const READERS = new Set(
  "cat tac sort uniq sed awk gawk cut grep egrep tr head tail jq yq nl fmt column paste".split(" "),
);

/**
 * The file that a pipeline empties by a redirection, or by `tee`, before or while one of its commands reads it;
 * undefined when there is none. A shell opens what it writes to before it starts what reads.
 */
export function emptiedBeforeRead(commands: readonly PipelineNode[]): string | undefined {
  if (!writesOver(commands)) return undefined;
  const read = new Set<string>();
  for (const node of commands) {
    const redirects = redirectsOf(node);
    addRead(node, redirects, read);
    for (const one of redirects)
      if (one.type !== "HereDoc" && one.target !== undefined && isEmptying(one) && read.has(named(one.target)))
        return one.target.value;
    const teed = commands.length > 1 ? teedTo(node).find((word) => read.has(named(word))) : undefined;
    if (teed !== undefined) return teed.value;
  }
  return undefined;
}

/** Whether any of these could empty a file: few steps have one. */
function writesOver(commands: readonly PipelineNode[]): boolean {
  for (let at = 0; at < commands.length; at++) {
    const node = commands[at] as PipelineNode;
    const redirects = redirectsOf(node);
    for (let index = 0; index < redirects.length; index++) if (isEmptying(redirects[index] as Redirection)) return true;
    if (commands.length > 1 && teedTo(node).length > 0) return true;
  }
  return false;
}

function isEmptying({ operator, descriptor }: Redirection): boolean {
  const isOutput = descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 1);
  return isOutput && (operator === ">" || operator === ">|" || operator === "&>");
}

function redirectsOf(node: SyntaxNode): readonly Redirection[] {
  return node.type === "Command" || node.type === "Redirected" ? node.redirects : [];
}

function addRead(node: SyntaxNode, redirects: readonly Redirection[], read: Set<string>): void {
  for (const one of redirects) if (one.operator === "<" && one.target !== undefined) read.add(named(one.target));
  if (node.type !== "Command") {
    if (node.type === "Word" || node.type === "Function") return;
    forEachChild(node, (child) => addRead(child, redirectsOf(child), read));
    return;
  }
  const name = node.name?.value ?? "";
  const words = node.args.filter((one) => one.type === "Word");
  if (NO_READERS.has(name) || teedTo(node).length > 0) return;
  for (const word of words) {
    const { value } = word;
    if (READERS.has(name) ? !value.startsWith("-") : /[./$]/.test(value) && !/\s/.test(value)) read.add(named(word));
  }
}

/** The files that `tee` writes over. */
function teedTo(node: SyntaxNode): readonly Word[] {
  if (node.type !== "Command") return [];
  const name = node.name?.value;
  if (name !== "tee" && name !== "sudo") return [];
  const words = node.args.filter((one) => one.type === "Word");
  const isTee = node.name?.value === "tee" || (node.name?.value === "sudo" && words[0]?.value === "tee");
  if (!isTee || words.some(({ value }) => value === "-a" || value === "--append")) return [];
  return words.filter(({ value }) => value !== "tee" && !value.startsWith("-"));
}

/** A file's name as it can be compared; one that nobody would miss is equal to none. */
function named({ value, pos }: Word): string {
  const name = value.replace(/^(?:\.\/)+/, "");
  return /^\/(?:dev|tmp|proc)\//.test(name) ? `${name} at ${pos}` : name;
}

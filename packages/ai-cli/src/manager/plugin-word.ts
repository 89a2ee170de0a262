import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { isValidName, NAME_RULE, normalizeName } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { sentence } from "@d0ttino/llm/errors/message-of";
import { readPackageSpec, readVersion, type SpecFault } from "./registry/package-spec.ts";

/** What a word of `install` names. */
export type PluginWord =
  /** A name of the registry, and the version that is wanted of it. */
  | { readonly kind: "name"; readonly name: string; readonly version: string | undefined }
  /** A package of npm that need not be in the registry. */
  | { readonly kind: "npm"; readonly spec: string }
  /** A folder or tarball of this machine, absolute. */
  | { readonly kind: "local"; readonly path: string };

/**
 * Reads `NAME[@VERSION]`, `npm:SPEC`, `./DIR`, `/DIR` or `FILE.tgz`. A bare word is always a name of the registry.
 * @throws D0ttinoError `usage`
 */
export function readPluginWord(word: string, cwd: string): PluginWord {
  if (word.startsWith("npm:")) {
    const spec = word.slice("npm:".length);
    const read = readPackageSpec(spec);
    if ("what" in read) throw refusal(word, { ...read, fix: spec.startsWith(".") ? "A folder is ./DIR" : read.fix });
    return { kind: "npm", spec };
  }
  // A letter and a colon begin a path on Windows.
  if (/^[a-z][a-z0-9+.-]+:|^git@/i.test(word)) {
    throw refusal(word, {
      what: "is an address, from which nothing is installed",
      fix: "Download it and name the folder or tarball; a package of npm is npm:NAME",
    });
  }
  if (word.startsWith("~/")) return { kind: "local", path: join(homedir(), word.slice(2)) };
  if (isAbsolute(word) || /^\.{1,2}(?:[/\\]|$)|\.(?:tgz|tar\.gz)$/i.test(word)) {
    return { kind: "local", path: resolve(cwd, word) };
  }
  const at = word.indexOf("@", 1);
  const [name, version] = at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
  if (!isValidName(name)) {
    throw new D0ttinoError("usage", `${JSON.stringify(word)} is no name of the registry: a name has ${NAME_RULE}.`, {
      hint: `A package of npm is npm:${"what" in readPackageSpec(word) ? "NAME" : word}, a folder ./DIR.`,
    });
  }
  const fault = version === undefined ? undefined : readVersion(version);
  if (fault !== undefined) throw refusal(word, fault);
  return { kind: "name", name: normalizeName(name), version };
}

function refusal(word: string, { what, fix }: SpecFault): D0ttinoError {
  return new D0ttinoError("usage", sentence(`${JSON.stringify(word)} ${what}`), { hint: sentence(fix) });
}

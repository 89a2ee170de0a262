import type { ShellWord } from "../words/shell-word.ts";

/** The name of the program that a word runs: without folders, `.exe` and version; empty when it is unknown. */
export function programName(word: ShellWord, isKnown: (name: string) => boolean): string {
  if (isKnown(word.text) && !/[./\\]/.test(word.text)) return word.text;
  const slash = Math.max(word.text.lastIndexOf("/"), word.text.lastIndexOf("\\"));
  const file = word.text.slice(slash + 1);
  const base = file.includes(".") ? file.replace(/\.(?:exe|com|jar|cmd|bat)$/i, "") : file;
  if (isKnown(base)) return base;
  if (base.includes("[")) {
    const single = base.replace(ONE_OF_ONE, "$1");
    if (isKnown(single)) return single;
  }
  // Zsh puts a program's whole name in place of `=rm`, and notebooks run what stands behind an exclamation mark.
  if (/^[=!]/.test(base) && isKnown(base.slice(1))) return base.slice(1);
  if (/[$`()<>]/.test(base) || (/[*?[]/.test(base) && !/^\.\/|\.\w+$/.test(word.text))) return "";
  const unversioned = base.replace(/-?\d{1,8}(?:\.\d{1,8}){0,4}$/, "");
  if (unversioned !== base && isKnown(unversioned)) return unversioned;
  const family = base.replace(/[.-].*$/s, "");
  return FAMILIES.has(family) && isKnown(family) ? family : base;
}

/** A pattern that stands for a single character. */
const ONE_OF_ONE = /\[(\w)\]/g;

/** Programs of which there is one for each kind, such as `mkfs.ext4`. */
const FAMILIES = new Set(["mkfs", "fsck", "newfs", "clang", "gcc", "python", "ruby", "php"]);

/** The program that a variable holds by custom: `$SHELL` a shell, `$PYTHON` python. */
export function toolOf(word: ShellWord, isKnown: (name: string) => boolean): string | undefined {
  const [, variable = ""] = /^\$([A-Z_]+?)\d*$/.exec(word.text) ?? [];
  if (variable === "SHELL") return "sh";
  const name = variable.toLowerCase();
  return name !== "" && isKnown(name) ? name : undefined;
}

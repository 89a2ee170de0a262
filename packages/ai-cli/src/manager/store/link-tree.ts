import { copyFileSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "@d0ttino/llm/errors/message-of";

/** Files that the installer writes anew in their place; a hard link would change them in the old tree, too. */
const WRITTEN = new Set(["package.json", "package-lock.json", ".package-lock.json"]);

/**
 * Makes a second tree out of a first without copying what is in it: files are hard links, symbolic links stay as they
 * are. What the installer writes in place is copied, and so is everything on a disk without hard links.
 * @throws the system's error
 */
export function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (WRITTEN.has(entry.name)) copyFileSync(source, target);
    else link(source, target);
  }
}

function link(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if (!REFUSALS.includes(codeOf(error) ?? "")) throw error;
    copyFileSync(source, target);
  }
}

/** Without rights, on a disk without links, between two disks, or with too many links to one file. */
const REFUSALS = ["EPERM", "EACCES", "ENOTSUP", "ENOSYS", "EXDEV", "EMLINK"];

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const GUIDES = resolve(import.meta.dirname, "../../docs/guide");

/** A code block of a page. */
export interface GuideBlock {
  /** What stands behind the fence; empty for output. */
  readonly language: string;
  readonly text: string;
  /** The file it is saved as, where the page says so. */
  readonly file: string | undefined;
}

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(join(GUIDES, page), "utf8");
}

/** The code blocks of a page in order; a block after "Save this as `name`" is a file of that name. */
export function blocksOf(page: string): GuideBlock[] {
  return [...textOf(page).matchAll(/(?:Save this as `([^`]+)`[^\n]*\n\n)?```(\w*)\n(.*?)```/gs)].map((found) => ({
    file: found[1],
    language: found[2] ?? "",
    text: found[3] ?? "",
  }));
}

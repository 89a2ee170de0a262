import { SUBJECTS } from "./subjects.ts";

/**
 * The table as text, with a line for each of its entries: the names, a tab, and what is known of them as JSON. Bundles
 * have this text in place of the tables, because a start that needs few programs would have to build all of them.
 */
export const PROGRAM_LINES: string = Object.values(SUBJECTS)
  .toReversed()
  .flatMap((table) => Object.entries(table).map(([names, program]) => `${names}\t${JSON.stringify(program)}`))
  .join("\n");

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folders of the runs in a home, the first one first. */
export function runFolders(home: string): string[] {
  const runs = join(home, "runs");
  return readdirSync(runs)
    .toSorted()
    .map((id) => join(runs, id));
}

/** The lines of a run's journal. */
export function journalOf(folder: string): Record<string, unknown>[] {
  return readFileSync(join(folder, "journal.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

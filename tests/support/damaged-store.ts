import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the generation that counts in a store. */
export function currentGeneration(store: string): string {
  return join(store, "generations", readFileSync(join(store, "current"), "utf8").trim());
}

/** Changes a JSON file by hand. */
export function editJson(file: string, edit: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  edit(value);
  writeFileSync(file, JSON.stringify(value));
}

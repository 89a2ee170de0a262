/** Something that doctor found. */
export interface Finding {
  /** What it is about: a place of the program's. */
  readonly area: "plug-in" | "store" | "settings" | "registry" | "machine";
  /** `broken` makes the exit code 1, a `warning` does not. */
  readonly level: "broken" | "warning";
  /** The package or the file that it is about. */
  readonly about: string;
  /** What is wrong, a sentence. */
  readonly message: string;
  /** What to do, a sentence or null. */
  readonly hint: string | null;
  /** Whether `--fix` mends it. */
  readonly fixable: boolean;
}

import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

/** One fault of a registry. */
export interface RegistryProblem {
  /** From 1. */
  readonly line: number;
  /** The keys that lead to it; none for the file as a whole. */
  readonly at: readonly string[];
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** What most likely puts it right, without a full stop. */
  readonly fix: string;
}

const MOST_SHOWN = 10;

/** A registry that cannot be used. The message has a line for each of its faults, with the line of the file. */
export class InvalidRegistry extends D0ttinoError {
  override readonly name = "InvalidRegistry";
  /** The file or the address. */
  readonly place: string;
  readonly problems: readonly RegistryProblem[];

  constructor(place: string, problems: readonly RegistryProblem[]) {
    const lines = problems.slice(0, MOST_SHOWN).map(({ line, what, fix }) => `  ${place}:${line}: ${what}. ${fix}.`);
    const more = problems.length > MOST_SHOWN ? [`  There are ${problems.length - MOST_SHOWN} more.`] : [];
    super("bad-config", [`The plug-in registry ${place} is not valid:`, ...lines, ...more].join("\n"), {
      hint: "Nothing is installed from it until that is put right.",
    });
    this.place = place;
    this.problems = problems;
  }

  /** The first fault on one line, as a part of a sentence. */
  get summary(): string {
    const [first, ...others] = this.problems;
    const more = others.length === 0 ? "" : `, and ${others.length} more`;
    return first === undefined ? "it is not valid" : `line ${first.line} is not valid: ${first.what}${more}`;
  }
}

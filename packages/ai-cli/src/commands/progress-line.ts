import { megabytes } from "@d0ttino/llm/models/megabytes";

/** How often a line of progress changes at most, in milliseconds. */
const EVERY = 100;

/** Over how long the speed is measured, in milliseconds. */
const WINDOW = 3000;

interface Sample {
  readonly time: number;
  readonly done: number;
}

/** What is said of a download while it runs: how far it is and how fast. */
export class ProgressLine {
  readonly #name: string;
  readonly #now: () => number;
  #samples: Sample[] = [];
  #last = Number.NEGATIVE_INFINITY;

  /** @param now a clock, in milliseconds */
  constructor(name: string, now: () => number = () => performance.now()) {
    this.#name = name;
    this.#now = now;
  }

  /** The line for now, or undefined when the last one is too young to be replaced. Sizes are in bytes. */
  next({ done, total }: { done: number; total: number | undefined }): string | undefined {
    const time = this.#now();
    if (time - this.#last < EVERY) return undefined;
    this.#last = time;
    // A download that starts over, or from another source, has not been going backwards.
    if (done < (this.#samples.at(-1)?.done ?? 0)) this.#samples = [];
    this.#samples = [...this.#samples.filter((one) => time - one.time <= WINDOW), { time, done }];
    const size =
      total === undefined ? megabytes(done) : `${megabytes(done).replace(/ MB$/, "")} of ${megabytes(total)}`;
    return `${this.#name}  ${size}${this.#speed(time, done)}`;
  }

  #speed(time: number, done: number): string {
    const [first] = this.#samples;
    if (first === undefined || first.time === time) return "";
    return `  ${megabytes(((done - first.done) / (time - first.time)) * 1000)}/s`;
  }
}

import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

/** Processor time since the machine and the process started, in milliseconds. */
interface Sample {
  readonly at: number;
  /** What all processes used; those that always give way are left out. */
  readonly all: number;
  readonly own: number;
}

/**
 * Watches how many cores other processes keep busy. A thread that waits for its turn at a core keeps all others of
 * llama.cpp waiting for it, which they do at full speed: with one thread more than there are free cores an answer takes
 * five to thirty times as long.
 */
export class FreeCores {
  readonly #cores: number;
  #begin = sample();
  #free: number;

  /** @param cores as many as the process may use */
  constructor(cores: number) {
    this.#cores = cores;
    this.#free = cores;
  }

  /** Forgets what was seen so far and watches for a moment. */
  async watchAnew(): Promise<void> {
    this.#begin = sample();
    await setTimeout(SHORTEST);
  }

  /** How many cores were free for this process since this was asked last, at least one. */
  count(): number {
    const { at, all, own } = sample();
    const passed = at - this.#begin.at;
    const others = all - this.#begin.all - (own - this.#begin.own);
    if (passed < SHORTEST) return this.#free;
    this.#free = Math.min(this.#cores, Math.max(1, this.#cores - Math.round(others / passed)));
    this.#begin = { at, all, own };
    return this.#free;
  }
}

/** The system counts in steps of about ten milliseconds: over a shorter time they say nothing. */
const SHORTEST = 80;

function sample(): Sample {
  const { user, system } = process.cpuUsage();
  const all = cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.irq, 0);
  return { at: performance.now(), all, own: (user + system) / 1000 };
}

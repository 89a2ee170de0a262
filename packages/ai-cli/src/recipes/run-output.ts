import { join } from "node:path";
import { isTerminal, writeStepOutput } from "../terminal/terminal.ts";
import { OutputPipe } from "./output-pipe.ts";
import type { RunLog } from "./run-log.ts";
import { StepTerminal } from "./step-terminal/step-terminal.ts";
import { TerminalModes } from "./terminal-modes.ts";

/** A step's output streams. */
export type OutputStream = "stdout" | "stderr";

/** Takes what a step prints; without one it goes where the program's own output goes. */
export type OutputTaker = (stream: OutputStream, bytes: Buffer) => void;

/** What a step is given for its output streams. */
export interface StepStreams {
  /** As `spawn` takes it: the program's own, a pipe of the run, or one of Node's. */
  readonly stdio: readonly ["inherit" | "pipe" | number, "inherit" | "pipe" | number];
  /** Takes what comes out of Node's own pipes. */
  readonly taker: OutputTaker;
  /** Where the step runs instead of at these streams. */
  readonly terminal: StepTerminal | undefined;
  /** What the person's terminal is to be put back to after the step, when that is the step's. */
  readonly modes: string | undefined;
}

const STREAMS = ["stdout", "stderr"] as const;
/** How much of a step's output its recipe is told of: the end of it, in bytes. */
const MOST_TOLD = 1 << 16;

/**
 * Brings the output of a run's steps to the log and to whoever is to see it. Every write is synchronous, so that a
 * step that prints faster than its reader reads has to wait, and nothing is held in memory. A step that would have the
 * person's terminal has one of its own inside it, which behaves like that.
 */
export class RunOutput {
  readonly #folder: string;
  readonly #log: RunLog;
  readonly #pipes = new Map<OutputStream, OutputPipe>();
  #canMakePipes = process.platform !== "win32";
  readonly #modes = new TerminalModes();
  readonly #terminal: StepTerminal;
  #isInTerminal = false;
  #told: Buffer[] | undefined;
  #toldBytes = 0;

  /** @param folder where named pipes can be made */
  constructor(folder: string, log: RunLog) {
    this.#folder = folder;
    this.#log = log;
    this.#terminal = new StepTerminal({ folder, log, modes: this.#modes });
  }

  /**
   * The streams for the next step.
   * @param isTold whether its recipe is told of the output, for which it gives up the terminal, as for a log that the
   *   person has asked for
   */
  async open(taker: OutputTaker | undefined, isInteractive: boolean, isTold: boolean): Promise<StepStreams> {
    this.#told = isTold ? [] : undefined;
    this.#toldBytes = 0;
    const take: OutputTaker = (stream, bytes) => {
      this.#log.write(bytes);
      this.#keep(bytes);
      (taker ?? writeStepOutput)(stream, bytes);
    };
    const isWanted = taker !== undefined || isTold || this.#log.isWanted;
    const [stdout = "pipe", stderr = "pipe"] = STREAMS.map((stream) => {
      if (isInteractive || (!isWanted && isTerminal[stream])) return "inherit";
      const pipe = this.#pipe(stream);
      if (pipe === undefined) return "pipe";
      pipe.taker = (bytes) => take(stream, bytes);
      return pipe.writer;
    });
    this.#isInTerminal = !isWanted && (await this.#terminal.open(!isInteractive));
    if (!this.#isInTerminal) this.restoreTerminal();
    if (isInteractive) this.#log.note("What it shows at the terminal is not kept: it is interactive.");
    else if (!this.#isInTerminal && (stdout === "inherit" || stderr === "inherit"))
      this.#log.note(`What it shows at the terminal is not kept: ${this.#terminal.problem}.`);
    return {
      stdio: [stdout, stderr],
      taker: take,
      terminal: this.#isInTerminal ? this.#terminal : undefined,
      modes: (!this.#isInTerminal && this.#modes.saved) || undefined,
    };
  }

  /** Puts the person's terminal back as it was, if it is still as the last step wanted it. */
  restoreTerminal(): void {
    if (this.#modes.isPassing) this.#modes.restore();
  }

  /**
   * Takes what the step that has ended has printed, and puts the person's terminal back as it was when that was the step's.
   * @param isTerminalBack whether the step has done that
   * @returns the end of it when that is wanted
   */
  finish(isTerminalBack: boolean): string | undefined {
    for (const pipe of this.#pipes.values()) pipe.drain();
    if (!this.#isInTerminal && !isTerminalBack) this.#modes.restore();
    const told = this.#told;
    this.#told = undefined;
    return told === undefined ? undefined : Buffer.concat(told).subarray(-MOST_TOLD).toString("utf8");
  }

  /** Ends with the run. What steps have left behind writes on into the log. */
  async close(): Promise<void> {
    await this.#terminal.close();
    for (const pipe of this.#pipes.values()) pipe.close(this.#log.descriptor);
    this.#pipes.clear();
  }

  /** Undefined where there are no named pipes. */
  #pipe(stream: OutputStream): OutputPipe | undefined {
    const known = this.#pipes.get(stream);
    if (known !== undefined || !this.#canMakePipes) return known;
    try {
      const pipe = new OutputPipe(join(this.#folder, `${stream}-${process.pid}`));
      this.#pipes.set(stream, pipe);
      return pipe;
    } catch {
      this.#canMakePipes = false;
      return undefined;
    }
  }

  #keep(bytes: Buffer): void {
    if (this.#told === undefined) return;
    this.#told.push(Buffer.from(bytes));
    this.#toldBytes += bytes.length;
    if (this.#toldBytes < 4 * MOST_TOLD) return;
    this.#told = [Buffer.concat(this.#told).subarray(-MOST_TOLD)];
    this.#toldBytes = MOST_TOLD;
  }
}

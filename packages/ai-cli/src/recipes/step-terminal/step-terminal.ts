import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import { onQuestion, writeStepOutput } from "../../terminal/terminal.ts";
import { suspend } from "../../terminal/suspend.ts";
import { signalChildGroups, signalGrandchildren } from "../process-tree.ts";
import type { RunLog } from "../run-log.ts";
import type { CommandEnd, StartedCommand } from "../started-command.ts";
import type { TerminalModes } from "../terminal-modes.ts";
import type { HostReport } from "./host-reports.ts";
import { JOB } from "./host-script.ts";
import { isRecordable } from "./is-recordable.ts";
import { jobText, type Job } from "./job-text.ts";
import { Passage } from "./passage.ts";
import { readOn } from "./read-on.ts";
import { ShownText } from "./shown-text.ts";
import { StepHost } from "./step-host.ts";

/** What a run brings to the terminal of its steps. */
export interface StepTerminalMeans {
  /** The run's own, absolute. */
  readonly folder: string;
  readonly log: RunLog;
  readonly modes: TerminalModes;
}

/**
 * The terminal in which the steps of a run live: a pseudo-terminal inside the person's own. What it shows goes to the
 * person's terminal and into the run's log, and nothing of it is held in memory.
 */
export class StepTerminal {
  readonly #means: StepTerminalMeans;
  readonly #text = new ShownText();
  #host: StepHost | undefined;
  #passage: Passage | undefined;
  #jobs = 0;
  #isKept = true;
  #canShow = true;
  #isAsked = false;
  #finish: ((end: CommandEnd) => void) | undefined;
  #leave: (() => void) | undefined;
  #problem: string | undefined;

  constructor(means: StepTerminalMeans) {
    this.#means = means;
  }

  /** Why steps cannot be run here. */
  get problem(): string {
    return this.#problem ?? "it has your terminal itself";
  }

  /** The file by which steps know it. */
  get name(): string {
    return this.#host?.pty.name ?? "";
  }

  /**
   * Sees that the next step can be run here; the terminal is opened once, and again when it was lost.
   * @param isKept whether what the step shows goes into the log
   */
  async open(isKept: boolean): Promise<boolean> {
    this.#isKept = isKept;
    if (this.#host !== undefined) return true;
    if (this.#problem !== undefined || !isRecordable()) return false;
    const { folder, modes } = this.#means;
    try {
      if (modes.saved === "") throw new Error("stty does not tell the terminal's modes");
      const host = await StepHost.open(folder, modes.saved, {
        shown: (bytes) => this.#show(bytes),
        reported: (report) => void this.#hear(report),
        lost: () => this.#lose(),
      });
      this.#host = host;
      this.#passage = new Passage(host.pty, modes, () => signalChildGroups(host.pty.pid, "SIGTSTP"));
      onQuestion(() => {
        this.#isAsked = true;
        if (modes.isPassing) modes.restore();
      });
      return true;
    } catch (error) {
      this.#problem = isAbsent(error)
        ? "@lydell/node-pty is not installed, or not for this system"
        : `no pseudo-terminal can be opened: ${messageOf(error)}`;
      return false;
    }
  }

  /**
   * Starts a job in the foreground of the terminal, which has been opened.
   * @throws TypeError or the system's error when it cannot be written down
   */
  start(job: Job): StartedCommand {
    const [host, passage] = [this.#host, this.#passage];
    if (host === undefined || passage === undefined) throw new Error("the terminal was lost");
    this.#jobs += 1;
    const number = this.#jobs;
    const fileOf = (one: number): string => join(this.#means.folder, `${one}${JOB}`);
    writeFileSync(fileOf(number), jobText(job), { mode: 0o600 });
    const { promise, resolve } = Promise.withResolvers<CommandEnd>();
    let isOver = false;
    this.#finish = (end) => {
      isOver = true;
      this.#finish = undefined;
      passage.close();
      this.#means.modes.restoreSoon();
      this.#keep(this.#text.end());
      this.#isKept = true;
      resolve(end);
    };
    // What was typed to the steps before and not read by them is dropped as at any question.
    if (this.#isAsked && passage.hasTyped) {
      host.tell("forget");
      passage.hasTyped = false;
    }
    this.#isAsked = false;
    host.tell(`run ${number}`);
    // Nothing is shown and nothing typed is taken before this has been done.
    passage.open();
    // This takes its time, and meanwhile the job runs.
    rmSync(fileOf(number - 1), { force: true });
    return {
      end: promise,
      signal: (name) => {
        if (!isOver) signalGrandchildren(host.pty.pid, name);
      },
    };
  }

  /** Ends with the run. What steps have left running keeps the terminal, and writes on into the log. */
  async close(): Promise<void> {
    onQuestion(undefined);
    const host = this.#host;
    if (host === undefined) return;
    this.#isKept = true;
    await new Promise<void>((resolve) => {
      this.#leave = resolve;
      host.tell("leave");
    });
    // Its leader may have lost it before it could tell: then nobody holds it any more.
    if (host.forget() && host.pty.drain()) readOn(host.pty, this.#means.log.descriptor);
    this.#keep(this.#text.end());
  }

  async #hear(report: HostReport): Promise<void> {
    const [host, passage] = [this.#host, this.#passage];
    if (report.kind === "left") this.#leave?.();
    if (host === undefined || passage === undefined || this.#finish === undefined) return;
    if (report.kind === "started") passage.letTyping();
    else if (report.kind === "ended") {
      host.tell("tidy");
      // It has ended in the moment in which it should have stopped.
      if (passage.isToStop) await this.#standStill(passage);
      this.#finish?.({ kind: "exit", code: report.code });
    } else if (report.kind === "stopped") {
      await this.#standStill(passage);
      if (this.#host !== host) return;
      passage.open();
      host.tell("go");
    }
  }

  async #standStill(passage: Passage): Promise<void> {
    passage.close();
    this.#means.modes.restore();
    passage.isToStop = false;
    await suspend();
  }

  #lose(): void {
    this.#host = undefined;
    this.#passage = undefined;
    this.#finish?.({ kind: "lost", reason: "the shell that led its terminal was ended, and with it the terminal" });
    this.#leave?.();
  }

  #show(bytes: Buffer): void {
    this.#keep(this.#text.take(bytes));
    if (!this.#canShow) return;
    try {
      writeStepOutput("stdout", bytes);
    } catch {
      // The person's terminal is gone, which a signal tells as well.
      this.#canShow = false;
    }
  }

  #keep(bytes: Uint8Array): void {
    if (this.#isKept) this.#means.log.write(bytes);
  }
}

/** Whether node-pty is not there, or not the part of it that is made for this system, as it says itself. */
function isAbsent(error: unknown): boolean {
  const codes = [codeOf(error), error instanceof Error ? codeOf(error.cause) : undefined];
  return codes.some((code) => code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND");
}

import { constants } from "node:os";

/** What the host of a pseudo-terminal tells. */
export type HostReport =
  | { readonly kind: "ready" | "started" | "stopped" | "left" }
  /** The job has ended; `code` is 128 + n for a signal n, and what the job itself ended with otherwise. */
  | { readonly kind: "ended"; readonly code: number };

/** Puts together what the host tells from the pieces in which it is read. */
export class HostReports {
  #rest = "";
  #stoppedJobs = 0;

  take(text: string): HostReport[] {
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#read(line) ?? []);
  }

  #read(line: string): HostReport | undefined {
    if (line === "ready" || line === "started" || line === "left") return { kind: line };
    const code = /^back (\d+)$/.exec(line)?.[1];
    if (code === undefined) {
      this.#stoppedJobs += 1;
      return undefined;
    }
    const isStopped = this.#stoppedJobs > 0;
    this.#stoppedJobs = 0;
    return isStopped ? { kind: "stopped" } : { kind: "ended", code: Number(code) };
  }
}

/** The signal that may be behind an exit code of a shell. */
export function signalOf(code: number): NodeJS.Signals | undefined {
  const found = Object.entries(constants.signals).find(([, number]) => number === code - 128);
  return found?.[0] as NodeJS.Signals | undefined;
}

import { existsSync } from "node:fs";
import { ControlPipes } from "./control-pipes.ts";
import { HOST_SCRIPT } from "./host-script.ts";
import { HostReports, type HostReport } from "./host-reports.ts";
import { openPty, type Pty } from "./open-pty.ts";

/** Who is told what happens in the pseudo-terminal. */
export interface HostListener {
  shown(bytes: Buffer): void;
  /** What the host tells; all that was shown before has been told by then. */
  reported(report: HostReport): void;
  /** The host has ended, and what ran in the terminal has lost it. */
  lost(): void;
}

/** Where there is dash besides, it starts and answers more quickly than what /bin/sh is then. */
const SHELLS = ["/bin/dash", "/bin/sh"] as const;

/** A shell that leads the session in a pseudo-terminal, and runs there what it is told. */
export class StepHost {
  readonly #pipes: ControlPipes;
  readonly pty: Pty;

  private constructor(pty: Pty, pipes: ControlPipes) {
    this.pty = pty;
    this.#pipes = pipes;
  }

  /**
   * Opens a pseudo-terminal.
   * @param folder the run's own, absolute
   * @param modes those that it has to begin with, as `stty -g` tells them
   * @throws Error when that cannot be, or there is no shell that could lead it
   */
  static async open(folder: string, modes: string, listener: HostListener): Promise<StepHost> {
    const pipes = new ControlPipes(folder);
    const reports = new HostReports();
    const ready = Promise.withResolvers<void>();
    let isReady = false;
    const gone = (): void => {
      ready.reject(new Error("no shell of this system can lead it"));
      if (pipes.close() && isReady) listener.lost();
    };
    try {
      const shell = SHELLS.find((one) => existsSync(one)) ?? SHELLS[0];
      const args = ["-c", HOST_SCRIPT, "sh", folder, modes];
      const pty = await openPty(shell, args, (bytes) => listener.shown(bytes), gone);
      pipes.listen((text) => {
        for (const report of reports.take(text)) {
          if (report.kind === "ready") ready.resolve();
          // All that was shown before is to be told first.
          pty.drain();
          listener.reported(report);
        }
      });
      await ready.promise;
      isReady = true;
      return new StepHost(pty, pipes);
    } catch (error) {
      pipes.close();
      throw error;
    } finally {
      pipes.hide();
    }
  }

  /** Gives the host its next word. */
  tell(word: `run ${number}` | "go" | "tidy" | "forget" | "leave"): void {
    this.#pipes.tell(`${word}\n`);
  }

  /** Listens to it no more. @returns false when that was so before */
  forget(): boolean {
    return this.#pipes.close();
  }
}

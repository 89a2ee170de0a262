import { spawnSync } from "node:child_process";

/** A command to time, as a whole process. */
export interface TimedCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Runs before each run, and is not timed. */
  before?(): void;
}

/** Wall times of a command in milliseconds, over all its runs. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Runs commands in turn, A B C A B C …, so that a change of the machine's speed meets all of them alike.
 * @param runs counted runs of each, after one that does not count
 * @throws Error when a command fails
 */
export function timeCommands(commands: readonly TimedCommand[], runs: number): Timing[] {
  const times = commands.map(() => [] as number[]);
  for (let run = -1; run < runs; run += 1) {
    for (const [at, one] of commands.entries()) {
      const { name, command, args, env, cwd } = one;
      one.before?.();
      const started = process.hrtime.bigint();
      const { status, stderr } = spawnSync(command, args, {
        env: { ...process.env, ...env },
        encoding: "utf8",
        ...(cwd === undefined ? {} : { cwd }),
      });
      const took = Number(process.hrtime.bigint() - started) / 1e6;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      if (run >= 0) times[at]?.push(took);
    }
  }
  return commands.map(({ name }, at) => timingOf(name, times[at] ?? []));
}

/** What times in milliseconds come to. */
export function timingOf(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    name,
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

/** A table of timings against the first of them. */
export function timingTable(timings: readonly Timing[]): string {
  const base = timings[0]?.median ?? Number.NaN;
  const rows = timings.map(({ name, median, least, most }) =>
    [
      name.padEnd(44),
      median.toFixed(1),
      least.toFixed(1),
      most.toFixed(1),
      (median - base).toFixed(1),
      (median / base).toFixed(2),
    ]
      .map((cell, at) => (at === 0 ? cell : cell.padStart(8)))
      .join(""),
  );
  return [`${"command".padEnd(44)}  median   least    most    over   ratio`, ...rows].join("\n");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RiskLevel } from "../risk-level.ts";

/** A command with what a person said of it. */
export interface Labelled {
  readonly run: string;
  /** Whether it loses data or a service for good. */
  readonly destructive: boolean;
  /** The level it must have, where that was said. */
  readonly level: RiskLevel | undefined;
}

/**
 * Reads labelled commands, one a line, under headings: `# destructive` and `# harmless`, or the name of a level. `⏎`
 * stands for the end of a line.
 */
export function readCorpus(name: string): readonly Labelled[] {
  const commands: Labelled[] = [];
  let heading = "";
  for (const line of readFileSync(join(import.meta.dirname, name), "utf8").split("\n")) {
    const [, next] = /^# (none|low|medium|high|critical|harmless|destructive)$/.exec(line) ?? [];
    if (next !== undefined) heading = next;
    else if (line !== "") {
      const destructive = heading === "destructive" || heading === "high" || heading === "critical";
      const level = heading === "destructive" || heading === "harmless" ? undefined : (heading as RiskLevel);
      commands.push({ run: line.replaceAll("⏎", "\n"), destructive, level });
    }
  }
  return commands;
}

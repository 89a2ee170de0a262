import type { StepObject } from "@d0ttino/plugin-sdk";
import { parse, forEachChild, type SyntaxNode } from "unbash";
import { isAtLeast, type RiskLevel } from "./risk-level.ts";

export type { RiskLevel } from "./risk-level.ts";

/** How much a step could break, and why. */
export interface Risk {
  readonly level: RiskLevel;
  /** In plain words, the most serious first; empty for `none`. */
  readonly reasons: readonly string[];
}

/** The shell a step is written for. */
export interface RiskContext {
  readonly shell?: "posix" | "powershell";
}

const READS = new Set(
  "[ basename cat cd cut date df diff dirname du echo env false file grep head hostname id ls printf pwd sort stat tail test tr true uname uniq wc which whoami".split(
    " ",
  ),
);
const MAKES = new Set(["mkdir", "touch"]);
const DESTROYS = new Set(["dd", "mkfs", "rm", "shred", "truncate", "wipefs"]);

/**
 * Tells what a step could break, by reading its commands; nothing is run. What cannot be read counts as high. It is a
 * seat belt, not a sandbox: a command can be written so that no reader sees what it does.
 */
export function classifyStep(
  step: Pick<StepObject, "run" | "unless" | "env" | "cwd">,
  context: RiskContext = {},
): Risk {
  if (context.shell === "powershell")
    return { level: "high", reasons: ["is written for PowerShell, which is not read"] };
  const risks = [step.run, step.unless ?? ""].map(classifyText);
  const risk = risks.reduce((worst, one) => (isAtLeast(worst.level, one.level) ? worst : one));
  if (step.env === undefined || isAtLeast(risk.level, "medium")) return risk;
  return { level: "medium", reasons: ["sets variables, which can change what programs do"] };
}

function classifyText(text: string): Risk {
  if (text.length > 65_536) return { level: "high", reasons: ["is too long to be read"] };
  try {
    let worst: Risk = { level: "none", reasons: [] };
    const visit = (node: SyntaxNode): void => {
      if ("errors" in node && node.errors !== undefined) throw new SyntaxError("unreadable");
      const risk = riskOf(node);
      if (risk !== undefined && !isAtLeast(worst.level, risk.level)) worst = risk;
      forEachChild(node, visit);
    };
    visit(parse(text));
    return worst;
  } catch {
    return { level: "high", reasons: ["cannot be read as shell"] };
  }
}

function riskOf(node: SyntaxNode): Risk | undefined {
  if (node.type === "Redirect" && node.operator.includes(">") && node.target?.text !== "/dev/null")
    return { level: "medium", reasons: ["writes to a file"] };
  if (node.type !== "Command" || node.name === undefined) return undefined;
  const name = node.name.value.replace(/^.*\//, "");
  if (READS.has(name)) return undefined;
  if (MAKES.has(name)) return { level: "low", reasons: ["makes files or folders"] };
  return DESTROYS.has(name)
    ? { level: "high", reasons: ["can destroy data"] }
    : { level: "medium", reasons: [`runs ${name}, about which nothing is known`] };
}

import { variable } from "@d0ttino/llm/config/environment";
import { isTerminal } from "../../terminal/terminal.ts";
import { isInForeground } from "../process-groups.ts";

/** Whether steps that would have the person's terminal can be given one of their own inside it. */
export function isRecordable(): boolean {
  if (process.platform === "win32" || variable("TERM") === undefined) return false;
  return isTerminal.stdin && isTerminal.stdout && isTerminal.stderr && isInForeground();
}

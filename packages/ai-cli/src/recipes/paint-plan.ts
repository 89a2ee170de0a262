import { hasColours, styled } from "../terminal/colours.ts";

/** What colours plans and steps for a stream, where it is to have colours. */
export function planPaint(stream: "stdout" | "stderr"): (text: string) => string {
  return hasColours(stream) ? paintPlan : (text) => text;
}

/**
 * A plan or a step, as `planText` and `stepText` write it, with colours: what a step is for stands out, and so does a
 * risk. Lines are told apart by how they begin, which no text of a step can imitate.
 */
export function paintPlan(text: string): string {
  return text.split("\n").map(paintLine).join("\n");
}

function paintLine(line: string): string {
  if (/^\d+(?:\/\d+|\.)(?: |$)/.test(line)) return styled(line, "bold");
  if (/^ {2}[$>] /.test(line)) return `${styled(line.slice(0, 4), "dim")}${line.slice(4)}`;
  if (/^ {4}\(critical risk: /.test(line)) return styled(line, "red", "bold");
  if (/^ {4}\(high risk: /.test(line)) return styled(line, "red");
  if (/^ {4}\(medium risk: /.test(line)) return styled(line, "yellow");
  if (/^ {4}\(/.test(line)) return styled(line, "dim");
  return line;
}

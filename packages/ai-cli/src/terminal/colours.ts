import { variable } from "@d0ttino/llm/config/environment";
import { isTerminal } from "./terminal.ts";

/** Colours and weights by what a terminal calls them: SGR parameters, each with what ends it. */
const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** A colour or weight of text. */
export type Style = keyof typeof STYLES;

/**
 * Whether text for a stream is coloured: on a terminal that can do more than a typewriter, never with NO_COLOR
 * (no-color.org), always with FORCE_COLOR, unless that is 0 or false.
 */
export function hasColours(stream: "stdout" | "stderr"): boolean {
  if (variable("NO_COLOR") !== undefined) return false;
  const forced = variable("FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return variable("TERM") !== "dumb" && isTerminal[stream];
}

/** Text in a style. What it holds must have no style of its own. */
export function styled(text: string, ...styles: readonly Style[]): string {
  return styles.reduce((inner, style) => `\u001B[${STYLES[style][0]}m${inner}\u001B[${STYLES[style][1]}m`, text);
}

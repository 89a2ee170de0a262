import type { Option } from "../arguments/option.ts";

/** An option as its help names it, and what it does. */
export function optionRow(option: Option): [string, string] {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  return [`${short}--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`, option.summary];
}

/** Rows with their second halves below each other. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** Between columns. */
const GAP = 2;

/**
 * A table as text, a line for each row.
 * @param columns from the left; each has its heading first, and all have as many cells. No line ends in blanks where
 *   the last is empty
 */
export function tableText(columns: readonly (readonly string[])[]): string {
  // Thousands of rows may be shown at a start: one join is faster there than a text that grows, and loops than iterators.
  const count = columns.length;
  const rows = columns[0]?.length ?? 0;
  const parts: string[] = [];
  parts.length = rows * count;
  for (let column = 0; column < count; column++) {
    const cells = columns[column] as readonly string[];
    const isLast = column === count - 1;
    const width = isLast ? 0 : widthOf(cells) + GAP;
    let above: string | undefined;
    let padded = "";
    for (let row = 0, at = column; row < rows; row++, at += count) {
      const cell = cells[row] as string;
      // In many columns a cell is the one above.
      if (cell !== above) {
        above = cell;
        padded = isLast ? `${cell}\n` : cell.padEnd(width);
      }
      parts[at] = padded;
    }
  }
  const text = parts.join("");
  return columns.at(-1)?.includes("") === true ? text.replaceAll(/ +\n/g, "\n") : text;
}

function widthOf(cells: readonly string[]): number {
  let width = 0;
  for (let row = 0; row < cells.length; row++) {
    const { length } = cells[row] as string;
    if (length > width) width = length;
  }
  return width;
}

/** Between columns. */
const GAP = 2;

/**
 * A table as text, a line for each row.
 * @param columns from the left; each has its heading first, and all have as many cells
 */
export function tableText(columns: readonly (readonly string[])[]): string {
  // Thousands of rows may be shown at a start: one join is faster there than a text that grows, and loops than iterators.
  const count = columns.length;
  const rows = columns[0]?.length ?? 0;
  const widths = columns.map((cells, column) => (column === count - 1 ? 0 : widthOf(cells) + GAP));
  const above = columns.map(() => ["", ""] as [cell: string, padded: string]);
  const parts: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < count; column++) {
      const cell = (columns[column] as readonly string[])[row] as string;
      const last = above[column] as [string, string];
      // In many columns a cell is the one above.
      if (row === 0 || cell !== last[0]) {
        last[0] = cell;
        last[1] = column === count - 1 ? `${cell}\n` : cell.padEnd(widths[column] as number);
      }
      parts.push(last[1]);
    }
  }
  return parts.join("");
}

function widthOf(cells: readonly string[]): number {
  let width = 0;
  for (let row = 0; row < cells.length; row++) {
    const { length } = cells[row] as string;
    if (length > width) width = length;
  }
  return width;
}

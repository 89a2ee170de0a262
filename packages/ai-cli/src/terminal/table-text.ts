/** Between columns. */
const GAP = 2;

/** A column of a table: its heading, and what a row has there. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => string];

/**
 * A table as text, a line for each row under a line of headings. No line ends in blanks where its last cell is empty.
 * @param columns from the left
 */
export function tableText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  // Thousands of rows may be shown at a start: one join is faster there than a text that grows, and loops than iterators.
  const count = columns.length;
  const parts: string[] = [];
  parts.length = (rows.length + 1) * count;
  let endsInBlanks = false;
  for (let column = 0; column < count; column++) {
    const [heading, cell] = columns[column] as Column<Row>;
    const isLast = column === count - 1;
    const width = isLast ? 0 : widthOf(rows, heading, cell) + GAP;
    parts[column] = isLast ? `${heading}\n` : heading.padEnd(width);
    endsInBlanks ||= isLast && heading === "";
    let above: string | undefined;
    let padded = "";
    for (let row = 0, at = column + count; row < rows.length; row++, at += count) {
      const text = cell(rows[row] as Row);
      // In many columns a cell is the one above.
      if (text !== above) {
        above = text;
        padded = isLast ? `${text}\n` : text.padEnd(width);
        endsInBlanks ||= isLast && text === "";
      }
      parts[at] = padded;
    }
  }
  const text = parts.join("");
  return endsInBlanks ? text.replaceAll(/ +\n/g, "\n") : text;
}

function widthOf<Row>(rows: readonly Row[], heading: string, cell: (row: Row) => string): number {
  let width = heading.length;
  for (let row = 0; row < rows.length; row++) {
    const { length } = cell(rows[row] as Row);
    if (length > width) width = length;
  }
  return width;
}

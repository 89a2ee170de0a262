/** Between columns. */
const GAP = 2;

/** A column of a table: its heading, and what a row has there. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => string];

/**
 * A table as text, a line for each row under a line of headings. No line ends in blanks where its last cell is empty.
 * @param columns from the left
 */
export function tableText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  // Thousands of rows may be shown at a start: one join is faster there than a text that grows, loops than iterators,
  // and blanks that many cells share than a padded text of each.
  const step = 2 * columns.length;
  /** Each cell, and after it what separates it from the next. */
  const parts: string[] = [];
  parts.length = (rows.length + 1) * step;
  const blanks: string[] = [];
  let endsInBlanks = false;
  for (let column = 0; column < columns.length; column++) {
    const [heading, cell] = columns[column] as Column<Row>;
    const first = 2 * column;
    parts[first] = heading;
    let width = heading.length;
    let isEmpty = heading === "";
    for (let row = 0, at = first + step; row < rows.length; row++, at += step) {
      const text = cell(rows[row] as Row);
      parts[at] = text;
      if (text.length > width) width = text.length;
      isEmpty ||= text === "";
    }
    const isLast = column === columns.length - 1;
    endsInBlanks = isLast && isEmpty;
    for (let at = first; at < parts.length; at += step) {
      const missing = isLast ? 0 : width + GAP - (parts[at] as string).length;
      parts[at + 1] = isLast ? "\n" : (blanks[missing] ??= " ".repeat(missing));
    }
  }
  const text = parts.join("");
  return endsInBlanks ? text.replaceAll(/(?<! ) +\n/g, "\n") : text;
}

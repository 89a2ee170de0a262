import { expect, it } from "vitest";
import { tableText, type Column } from "./table-text.ts";

type Row = readonly [string, string, string];

const columns = (last: string): Column<Row>[] => [
  ["A", (row) => row[0]],
  ["LONG", (row) => row[1]],
  [last, (row) => row[2]],
];

const ROWS: readonly Row[] = [
  ["one", "1", "c"],
  ["one", "1", "d"],
  ["", "2", "d"],
  ["x", "3", ""],
];

it("puts columns below their headings, each as wide as its widest cell", () => {
  expect(tableText(ROWS, columns("C"))).toBe("A    LONG  C\none  1     c\none  1     d\n     2     d\nx    3\n");
  expect(tableText([], columns("C"))).toBe("A  LONG  C\n");
});

it("leaves a last column without a heading", () => {
  expect(tableText(ROWS.slice(0, 1), columns(""))).toBe("A    LONG\none  1     c\n");
});

import { expect, it } from "vitest";
import { tableText } from "./table-text.ts";

it("puts columns below their headings, each as wide as its widest cell", () => {
  const columns = [
    ["A", "one", "one", "", "x"],
    ["LONG", "1", "1", "2", "3"],
    ["C", "c", "d", "d", ""],
  ];
  expect(tableText(columns)).toBe("A    LONG  C\none  1     c\none  1     d\n     2     d\nx    3\n");
});

it("leaves a last column without a heading", () => {
  expect(
    tableText([
      ["A", "one"],
      ["", "about"],
    ]),
  ).toBe("A\none  about\n");
  expect(tableText([["A"], ["B"]])).toBe("A  B\n");
});

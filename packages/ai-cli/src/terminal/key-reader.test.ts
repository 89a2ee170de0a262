import { expect, it } from "vitest";
import { splitKeys } from "./key-reader.ts";

it.each([
  ["y", ["y"], ""],
  ["yes\r", ["y", "e", "s", "enter"], ""],
  ["\n", ["enter"], ""],
  ["\u0003\u0004\u001a", ["ctrl-c", "ctrl-d", "ctrl-z"], ""],
  ["\u007f\b", ["backspace", "backspace"], ""],
  ["é日🦊", ["é", "日", "🦊"], ""],
  ["\u001b[A\u001b[1;5Cy\u001bOHs", ["y", "s"], ""],
  ["\u001ba", [], ""],
  ["\u001b[200~q\u001b[201~", ["q"], ""],
  ["a\u001b", ["a"], "\u001b"],
  ["a\u001b[1;", ["a"], "\u001b[1;"],
  ["", [], ""],
])("takes %j for %j", (text, keys, rest) => {
  expect(splitKeys(text)).toEqual({ keys, rest });
});

import { expect, it } from "vitest";
import { jsonPlaces } from "./json-places.ts";

it("knows the line of a key, and of the nearest key around one that is not there", () => {
  const text = '{\n"a":\n {"b": {\n"c": 1}}, "d\\"\\u0065": "{[\\"x\\":",\r\n"e": [{"a": 1}]}';
  const { lineOf } = jsonPlaces(text);
  expect([["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "z"], ['d"e'], ["e"], ["z"]].map(lineOf)).toEqual([
    2, 3, 4, 3, 4, 5, 1,
  ]);
});

it("finds keys that stand twice in one object, and no others", () => {
  const text = '{"a": {"x": 1, "y": [{"x": 1, "x": 2}], "\\u0078": 2}, "b": {"x": "x"}, "b": 1, "c": ["b", "b"]}';
  expect(jsonPlaces(text).twice).toEqual([["a", "x"], ["b"]]);
});

it("reads what is nested deeply without end of the stack", () => {
  const deep = 100_000;
  expect(jsonPlaces(`{"a": ${"[".repeat(deep)}${"]".repeat(deep)},\n"b": 1}`).lineOf(["b"])).toBe(2);
});

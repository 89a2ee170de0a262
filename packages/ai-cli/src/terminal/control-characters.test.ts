import { describe, expect, it } from "vitest";
import { showControlCharacters, showInvisibleCharacters } from "./control-characters.ts";

describe("showControlCharacters", () => {
  it.each([
    ["\u001b[31mred", "^[[31mred"],
    ["a\rb", "a^Mb"],
    ["a\u0000b\u007f", "a^@b^?"],
    ["\u009b2J", "<U+009B>2J"],
    ["a\u202eb", "a<U+202E>b"],
    ["line\r\nbreaks\tand tabs\n", "line\nbreaks\tand tabs\n"],
    ["👩‍💻 ünïcödé", "👩‍💻 ünïcödé"],
  ])("writes %j as %j", (text, shown) => {
    expect(showControlCharacters(text)).toBe(shown);
  });
});

describe("showInvisibleCharacters", () => {
  it.each([
    ["rm\u200b -rf", "rm<U+200B> -rf"],
    ["a\u00adb", "a<U+00AD>b"],
    ["\u{e0041}", "<U+E0041>"],
    ["\r\n", "^M\n"],
    ["\u001b[8mhidden", "^[[8mhidden"],
  ])("writes %j as %j", (text, shown) => {
    expect(showInvisibleCharacters(text)).toBe(shown);
  });
});

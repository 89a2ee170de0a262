import { describe, expect, it } from "vitest";
import {
  showControlCharacters,
  showHiddenLine,
  showHiddenText,
  showInvisibleCharacters,
} from "./control-characters.ts";

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

describe("showHiddenText", () => {
  it.each([
    [`true${" ".repeat(300)}; rm -rf ~`, "true<300 blanks>; rm -rf ~"],
    [`true${"\n \t".repeat(80)}\nrm`, "true\n<80 empty lines>\nrm"],
    [`true${"\n".repeat(80)}`, "true\n<80 empty lines>"],
    [`a${" ".repeat(24)}b\n\n\nc`, `a${" ".repeat(24)}b\n\n\nc`],
    ["a\u200b\u001b[8mb", "a<U+200B>^[[8mb"],
  ])("writes %j as %j", (text, shown) => {
    expect(showHiddenText(text)).toBe(shown);
  });
});

describe("showHiddenLine", () => {
  it("keeps to one line", () => {
    expect(showHiddenLine("a\nb\r\nc")).toBe("a^Jb^M^Jc");
  });
});

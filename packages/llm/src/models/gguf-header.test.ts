import { describe, expect, it } from "vitest";
import { ggufFile, ggufHeader } from "../../../../tests/support/gguf.ts";
import { ggufProblem, readGgufHeader } from "./gguf-header.ts";

const TEXTS = { "general.architecture": "llama", "general.name": "A model", "general.license": "mit" };

describe("readGgufHeader", () => {
  it("reads what a model says of itself, behind what it does not look for", () => {
    expect(readGgufHeader(ggufHeader(TEXTS), true, "it")).toEqual({
      version: 3,
      name: "A model",
      licence: "mit",
      architecture: "llama",
    });
  });

  it("stops where the part that was read ends", () => {
    const cut = ggufHeader(TEXTS).subarray(0, -5);
    expect(readGgufHeader(cut, false, "it")).toEqual({ version: 3, name: "A model", architecture: "llama" });
  });

  it("fails where the whole file ends in its header, at every byte", () => {
    const header = ggufHeader(TEXTS);
    for (let length = 4; length < header.length; length += 1) {
      expect(() => readGgufHeader(header.subarray(0, length), true, "it"), String(length)).toThrow("it is cut off");
    }
  });

  it("stops at what it does not know, however large the numbers are", () => {
    for (let at = 4; at < 120; at += 1) {
      const file = ggufFile(1000, TEXTS);
      file.fill(0xff, at, at + 8);
      expect(() => readGgufHeader(file, false, "it")).not.toThrow();
    }
  });

  it("leaves versions that are laid out in another way alone", () => {
    const file = ggufHeader(TEXTS);
    file.writeUInt32LE(1, 4);
    expect(readGgufHeader(file, true, "it")).toEqual({ version: 1 });
    file.writeUInt32BE(3, 4);
    expect(readGgufHeader(file, true, "it")).toEqual({ version: 0x03_00_00_00 });
  });
});

describe("ggufProblem", () => {
  it.each([
    ["GGUF", undefined],
    ["", "is empty"],
    ["<!do", "is a web page and no GGUF file"],
    ["\n <h", "is a web page and no GGUF file"],
    ["ggml", "is no GGUF file: it does not begin with those four letters"],
  ])("says of %j: %s", (text, expected) => {
    expect(ggufProblem(Buffer.from(text))).toBe(expected);
  });
});

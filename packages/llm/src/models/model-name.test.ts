import { describe, expect, it } from "vitest";
import { nameFromFile } from "./model-name.ts";

describe("nameFromFile", () => {
  it.each([
    ["Model.gguf", "model"],
    ["SmolLM2-135M-Instruct.Q4_1.GGUF", "smollm2-135m-instruct.q4_1"],
    ["my model (v2).gguf", "my-model-v2"],
    ["_hidden.gguf", "hidden"],
    ["Größe.gguf", "gr-e"],
    ["no-ending", "no-ending"],
    [`${"a".repeat(63)}.b.gguf`, "a".repeat(63)],
  ])("makes of %s: %s", (file, name) => {
    expect(nameFromFile(file)).toBe(name);
  });

  it.each(["", ".gguf", "---", "模型.gguf"])("makes nothing of %j", (file) => {
    expect(() => nameFromFile(file)).toThrow("No name can be made");
  });
});

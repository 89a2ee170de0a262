import { describe, expect, it } from "vitest";
import { toLanguageModel } from "./to-language-model.ts";

describe("toLanguageModel", () => {
  const model = { specificationVersion: "v4", provider: "p.chat", modelId: "own", doGenerate() {}, doStream() {} };

  it("names the backend and the model that will be asked", () => {
    expect(toLanguageModel("demo", () => "text", "m")).toMatchObject({ provider: "demo", modelId: "m" });
    expect(toLanguageModel("demo", { run: () => "text" }, undefined)).toMatchObject({
      provider: "demo",
      modelId: undefined,
    });
    expect(toLanguageModel("demo", { languageModel: () => model }, "m")).toMatchObject({
      provider: "demo",
      modelId: "m",
    });
  });

  it("names the own id of a single model, which cannot answer as another", () => {
    expect(toLanguageModel("demo", model, "m")).toMatchObject({ provider: "demo", modelId: "own" });
  });

  it.each([[undefined], [null], ["text"], [{}], [class {}]])("refuses %s, which is no backend", (value) => {
    expect(() => toLanguageModel("demo", value, undefined)).toThrow(TypeError);
  });

  it("calls nothing before the model is called and read", () => {
    let calls = 0;
    const language = toLanguageModel("demo", () => `${(calls += 1)}`, undefined);
    language.doStream({ prompt: "p", signal: new AbortController().signal });
    expect(calls).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { chatHistory } from "./chat-history.ts";
import { settingsOf } from "./settings.ts";

describe("settingsOf", () => {
  it("has defaults for everything that shapes an answer", () => {
    expect(settingsOf({ prompt: [] })).toEqual({
      maxTokens: 2048,
      contextSize: undefined,
      threads: undefined,
      sampling: {
        temperature: 0.2,
        topK: 40,
        topP: 0.95,
        minP: 0.05,
        repeatPenalty: { lastTokens: 256, penalty: 1.1 },
        customStopTriggers: [],
      },
    });
  });

  it("takes the options of the AI SDK and its own", () => {
    const { maxTokens, contextSize, threads, sampling } = settingsOf({
      prompt: [],
      maxOutputTokens: 7,
      temperature: 0,
      topP: 0.5,
      topK: 3,
      seed: 0,
      presencePenalty: 1,
      frequencyPenalty: -1,
      stopSequences: ["END"],
      providerOptions: { llama: { contextSize: 512, threads: 2, minP: 0, repeatPenalty: 1 } },
    });
    expect({ maxTokens, contextSize, threads }).toEqual({ maxTokens: 7, contextSize: 512, threads: 2 });
    expect(sampling).toEqual({
      temperature: 0,
      topK: 3,
      topP: 0.5,
      minP: 0,
      seed: 0,
      repeatPenalty: { lastTokens: 256, penalty: 1, presencePenalty: 1, frequencyPenalty: -1 },
      customStopTriggers: ["END"],
    });
  });

  it.each([
    [{ temperature: "hot" }, 'temperature is "hot"'],
    [{ temperature: Number.NaN }, "temperature is null"],
    [{ topP: 1.1 }, "topP is 1.1"],
    [{ topK: 0.5 }, "topK is 0.5"],
    [{ seed: -1 }, "seed is -1"],
    [{ maxOutputTokens: 0 }, "maxOutputTokens is 0"],
    [{ stopSequences: [""] }, 'stop is [""]'],
    [{ stopSequences: "END" }, 'stop is "END"'],
    [{ providerOptions: { llama: { contextSize: 1 } } }, "contextSize is 1"],
    [{ providerOptions: { llama: { threads: 0 } } }, "threads is 0"],
    [{ providerOptions: { llama: { temprature: 1 } } }, "there is no setting temprature"],
  ])("refuses %j", (options, message) => {
    expect(() => settingsOf({ prompt: [], ...options })).toThrow(
      expect.objectContaining({ kind: "invalid-request", message }),
    );
  });
});

it("a conversation ends with the answer that is still empty", () => {
  expect(
    chatHistory([
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hello" }] },
      { role: "assistant", content: [{ type: "text", text: "Hi" }] },
      { role: "user", content: "Again" },
    ]),
  ).toEqual([
    { type: "system", text: "Be brief." },
    { type: "user", text: "Hello" },
    { type: "model", response: ["Hi"] },
    { type: "user", text: "Again" },
    { type: "model", response: [] },
  ]);
});

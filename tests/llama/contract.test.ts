import type { AiSdkProvider } from "@d0ttino/plugin-sdk";
import { checkBackend } from "@d0ttino/plugin-sdk/testing";
import { expect, it } from "vitest";
import { LlamaModel } from "../../plugins/llama/src/llama-model.ts";
import type { CallOptions } from "../../plugins/llama/src/settings.ts";
import { testModel } from "../support/test-model.ts";

/** The backend with answers of a bearable length: to some odd prompts the model answers without an end. */
const backend: AiSdkProvider = {
  languageModel: (id) => {
    const model = new LlamaModel(id);
    const { specificationVersion, provider, modelId } = model;
    const short = (options: CallOptions): CallOptions => ({
      ...options,
      maxOutputTokens: 30,
      providerOptions: { llama: { threads: 1 } },
    });
    return {
      specificationVersion,
      provider,
      modelId,
      doStream: (options: CallOptions) => model.doStream(short(options)),
      doGenerate: (options: CallOptions) => model.doGenerate(short(options)),
    };
  },
};

it.skipIf(testModel === undefined)(
  "the backend keeps the contract of plug-ins",
  async () => {
    const report = await checkBackend(backend, { name: "llama", model: testModel, timeout: 120_000 });
    expect(report.checks.filter((check) => check.skipped === true)).toEqual([]);
  },
  600_000,
);

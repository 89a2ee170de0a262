import { modelFiles, registerBackend, type AiSdkProvider } from "@d0ttino/plugin-sdk";
import { LlamaModel } from "./llama-model.ts";
import { newestModel } from "./find-model.ts";

/** Models of GGUF files, run within this process by llama.cpp. An id is the name of a file that is kept, or a path. */
export const backend: AiSdkProvider = {
  languageModel: (modelId) => new LlamaModel(modelId),
  defaultModelId: () => Promise.resolve(newestModel()),
};

registerBackend("llama", backend, {
  description: "Models on this machine, run by llama.cpp",
  local: true,
  models: modelFiles().map((file) => file.name),
});

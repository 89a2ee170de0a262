import { backendForm, type AiSdkProvider, type Backend, type BackendFunction } from "../backend.ts";
import { fromAiSdkModel, fromAiSdkProvider } from "./from-ai-sdk.ts";
import { fromFunction, fromInstance } from "./from-function.ts";
import type { LanguageModel } from "./language-model.ts";

/**
 * Gives a backend of any accepted form the one shape that the host works with. The backend is not called before
 * the model is, and whatever is wrong with it shows then, as a `BackendError`.
 *
 * @param name the backend's name
 * @param backend what was registered
 * @param modelId the model to ask for, or undefined to leave that to the backend
 * @throws TypeError when the value has none of the accepted forms
 */
export function toLanguageModel(name: string, backend: unknown, modelId: string | undefined): LanguageModel {
  switch (backendForm(backend)) {
    case "function":
      return fromFunction(name, backend as BackendFunction, modelId);
    case "instance":
      return fromInstance(name, backend as Backend, modelId);
    case "ai-sdk-model":
      return fromAiSdkModel(name, backend);
    case "ai-sdk-provider":
      return fromAiSdkProvider(name, backend as AiSdkProvider, modelId);
    default:
      throw new TypeError(`what is registered as ${name} is not a backend`);
  }
}

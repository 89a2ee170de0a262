import type { AiSdkProvider } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { callOptions } from "./ai-sdk-call-options.ts";
import { resultAnswer, streamAnswer } from "./ai-sdk-answer.ts";
import { AnswerReader, type Answer } from "./answer-reader.ts";
import { fieldsOf } from "./fields.ts";
import { collect, type LanguageModel, type ModelCall } from "./language-model.ts";

type Way = "doGenerate" | "doStream";

const SUPPORTED = ["v2", "v3", "v4"];

/** Adapts one model of the AI SDK, which knows its own id. */
export function fromAiSdkModel(name: string, model: unknown): LanguageModel {
  const { modelId } = fieldsOf(model);
  return adapt(name, typeof modelId === "string" ? modelId : undefined, () => model);
}

/**
 * Adapts a provider of the AI SDK. Which specification it follows is asked of each model, because many providers
 * do not say and some give models of several.
 */
export function fromAiSdkProvider(name: string, provider: AiSdkProvider, modelId: string | undefined): LanguageModel {
  return adapt(name, modelId, async (signal) =>
    modelOfProvider((id) => provider.languageModel(id), modelId ?? (await provider.defaultModelId?.(signal))),
  );
}

/**
 * Has a provider make a model.
 * @throws BackendError when there is no id to make it of
 */
export function modelOfProvider(provider: (modelId: string) => unknown, modelId: string | undefined): unknown {
  if (modelId !== undefined) return provider(modelId);
  throw new BackendError("the backend has many models and none was named", {
    kind: "invalid-request",
    hint: "Name a model with -m.",
  });
}

/**
 * Puts a question to a model of the AI SDK.
 * @param way how it should answer; a model that cannot is asked the other way
 */
export async function askAiSdkModel(
  name: string,
  makeModel: (signal: AbortSignal) => unknown,
  way: Way,
  call: ModelCall,
  signal: AbortSignal,
): Promise<Answer> {
  const model = fieldsOf(await makeModel(signal));
  checkSpecification(model);
  const other: Way = way === "doStream" ? "doGenerate" : "doStream";
  const chosen = typeof model[way] === "function" ? way : other;
  const method = model[chosen];
  if (typeof method !== "function")
    throw new BackendError("the model can neither doGenerate nor doStream", { kind: "invalid-request" });
  const result: unknown = await method.call(model, callOptions(name, model["provider"], call, signal));
  return chosen === "doStream" ? streamAnswer(result) : resultAnswer(result);
}

function adapt(name: string, given: string | undefined, makeModel: (signal: AbortSignal) => unknown): LanguageModel {
  let modelId = given;
  // Where none is given, the provider finds one, and only its model says which.
  const make = async (signal: AbortSignal): Promise<unknown> => {
    const model = await makeModel(signal);
    const found = fieldsOf(model)["modelId"];
    if (typeof found === "string") modelId ??= found;
    return model;
  };
  const read = (call: ModelCall, way: Way): AnswerReader =>
    new AnswerReader(call.signal, (signal) => askAiSdkModel(name, make, way, call, signal));
  return {
    provider: name,
    get modelId() {
      return modelId;
    },
    doGenerate: async (call) => collect(read(call, "doGenerate")),
    doStream: (call) => read(call, "doStream"),
  };
}

function checkSpecification(model: Readonly<Record<string, unknown>>): void {
  const version = model["specificationVersion"];
  if (typeof version === "string" && SUPPORTED.includes(version)) return;
  const isNewer = typeof version === "string" && /^v([5-9]|[1-9]\d+)$/.test(version);
  const has = typeof version === "string" ? `specification ${version}` : "no specification version";
  throw new BackendError(`the AI SDK model has ${has}; this host understands v2, v3 and v4`, {
    kind: "invalid-request",
    hint: isNewer
      ? "Upgrade this program, or install an older release of the provider package."
      : "Upgrade the provider package to a release for AI SDK 5 or later.",
  });
}

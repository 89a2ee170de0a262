import type { AiSdkModel } from "@d0ttino/plugin-sdk";
import { BackendError, toBackendError } from "@d0ttino/plugin-sdk/host";
import { STATUS_HINTS } from "../backends/openai-compatible/answer-failure.ts";
import { redact } from "../backends/openai-compatible/redact.ts";
import { NETWORK_HINT } from "../network/connection-failure.ts";

/** What is read of the options of a call. */
interface CallOptions {
  readonly prompt: readonly { readonly content: unknown }[];
}

/** A part of an answer. */
interface Part {
  readonly type: string;
  readonly error?: unknown;
}

/**
 * A model of the AI SDK whose errors tell neither the key nor the prompt, also when the service repeats them. They are
 * BackendErrors that say what to do, as those of built-in backends. It can answer in the ways in which the given one can.
 */
export function discreetModel(model: AiSdkModel, key: string | undefined): AiSdkModel {
  const clean = (error: unknown, { prompt }: CallOptions, textCame = false): unknown =>
    redact(withHint(toBackendError(error, textCame)), { key, prompts: prompt });

  const doGenerate = async (options: CallOptions): Promise<unknown> => {
    try {
      return await model.doGenerate(options);
    } catch (error) {
      throw clean(error, options);
    }
  };

  const doStream = async (options: CallOptions): Promise<unknown> => {
    try {
      const result = (await model.doStream(options)) as { readonly stream: AsyncIterable<Part> };
      return { ...result, stream: parts(result.stream, options) };
    } catch (error) {
      throw clean(error, options);
    }
  };

  async function* parts(stream: AsyncIterable<Part>, options: CallOptions): AsyncGenerator<Part, undefined> {
    let textCame = false;
    try {
      for await (const part of stream) {
        if (part.type === "error") throw part.error;
        textCame ||= part.type === "text-delta";
        yield part;
      }
    } catch (error) {
      throw clean(error, options, textCame);
    }
  }

  const { specificationVersion, provider, modelId } = model;
  return {
    specificationVersion,
    provider,
    modelId,
    ...(typeof model.doGenerate === "function" ? { doGenerate } : {}),
    ...(typeof model.doStream === "function" ? { doStream } : {}),
  } as AiSdkModel;
}

function withHint(error: BackendError): BackendError {
  const { message, kind, status, retryAfter, hint } = error;
  const found = hint ?? STATUS_HINTS[status ?? 0] ?? (kind === "network" ? NETWORK_HINT : undefined);
  return new BackendError(message, { kind, status, retryAfter, hint: found, cause: error.cause });
}

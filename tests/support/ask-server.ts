import { inspect } from "node:util";
import { isBackendError, type BackendError } from "@d0ttino/plugin-sdk";
import { toLanguageModel, type LanguageModel, type StreamPart } from "@d0ttino/plugin-sdk/host";
import { afterEach, expect, vi } from "vitest";
import type { ClientOptions } from "../../packages/llm/src/backends/openai-compatible/client-options.ts";
import { serverProvider } from "../../packages/llm/src/backends/openai-compatible/server-provider.ts";
import type { OpenAiCompatibleServer } from "../../packages/llm/src/backends/openai-compatible/server.ts";
import { tempFolder } from "./temp-folder.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A key that must never be seen but in the header. */
export const KEY = "sk-very-secret-0123456789";

/** A prompt that must never be seen but in the request. */
export const PROMPT = 'Why does my neighbour\'s "green" dog bark\nat three in the morning, every single night?';

/** What came of a question. */
export interface Outcome {
  readonly parts: readonly StreamPart[];
  /** All text of the answer. */
  readonly text: string;
  readonly error: BackendError | undefined;
}

/** How to ask; times are in milliseconds. */
export interface Asking extends ClientOptions {
  readonly signal?: AbortSignal;
  readonly prompt?: string;
  readonly whole?: boolean;
  readonly onPart?: (part: StreamPart) => unknown;
}

/** A row for a server at some address, whose key is `KEY`. */
export function serverAt(baseUrl: string): OpenAiCompatibleServer {
  vi.stubEnv("FAULTY_API_KEY", KEY);
  vi.stubEnv("D0TTINO_HOME", tempFolder("home"));
  return { name: "faulty", description: "", baseUrl, apiKeyVariable: "FAULTY_API_KEY", needsKey: true, local: false };
}

/** The model `m` of a server, as the host uses it. */
export function modelAt(baseUrl: string, options: ClientOptions = {}): LanguageModel {
  return toLanguageModel("faulty", serverProvider(serverAt(baseUrl), options), "m");
}

/** Asks a server and reads the answer to its end, good or bad. No error may hold the key or the prompt. */
export async function ask(baseUrl: string, asking: Asking = {}): Promise<Outcome> {
  const { signal = new AbortController().signal, prompt = PROMPT, whole = false, onPart, ...options } = asking;
  const model = modelAt(baseUrl, options);
  const parts: StreamPart[] = [];
  const outcome = (error?: BackendError): Outcome => ({ parts, text: textOf(parts), error });
  try {
    if (whole) {
      const { text, finishReason, usage } = await model.doGenerate({ prompt, signal });
      parts.push({ type: "text-delta", delta: text }, { type: "finish", finishReason, usage });
    } else {
      for await (const part of model.doStream({ prompt, signal })) {
        parts.push(part);
        await onPart?.(part);
      }
    }
    return outcome();
  } catch (error) {
    if (!isBackendError(error)) throw error;
    expectNoSecret(error, prompt);
    return outcome(error);
  }
}

/** Fails when the key, the prompt or a line of the prompt can be found anywhere in an error. */
export function expectNoSecret(error: BackendError, prompt = PROMPT): void {
  const views = [
    error.message,
    error.hint ?? "",
    error.stack ?? "",
    JSON.stringify([error, error.message, error.cause]),
    inspect(error, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }),
  ].join("\n");
  const lines = prompt
    .slice(0, 5000)
    .split("\n")
    .filter((line) => line.length > 20);
  // What came as bytes would not be found as text.
  expect(views).not.toContain("Buffer");
  for (const secret of [KEY, prompt, JSON.stringify(prompt), ...lines]) expect(views).not.toContain(secret);
}

function textOf(parts: readonly StreamPart[]): string {
  return parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");
}

import { BackendError } from "@d0ttino/plugin-sdk";
import type { LLamaChatGenerateResponseOptions } from "node-llama-cpp";

/** The call options of the AI SDK's specification v4 that this backend understands. */
export interface CallOptions {
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
  readonly abortSignal?: AbortSignal | undefined;
  readonly maxOutputTokens?: unknown;
  readonly temperature?: unknown;
  readonly topP?: unknown;
  readonly topK?: unknown;
  readonly presencePenalty?: unknown;
  readonly frequencyPenalty?: unknown;
  readonly stopSequences?: unknown;
  readonly seed?: unknown;
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> | undefined;
}

/** Settings as llama.cpp takes them. */
export interface Settings {
  readonly maxTokens: number;
  /** The size of the context in tokens, where the user wants another than the one that is chosen. */
  readonly contextSize: number | undefined;
  /** How many cores to use, where the user wants others than those that are free. */
  readonly threads: number | undefined;
  readonly sampling: Partial<LLamaChatGenerateResponseOptions>;
}

/**
 * llama.cpp's own, but for the temperature, because small models wander when it is higher, and for how far back
 * repeated words are looked for: with its 64 tokens such models go round in circles.
 */
const USUAL = { temperature: 0.2, topK: 40, topP: 0.95, minP: 0.05, penalty: 1.1, lastTokens: 256 };

/** The most tokens of an answer when nothing says how many; a small model may find no end. */
const USUAL_ANSWER = 2048;

const OWN = ["contextSize", "threads", "minP", "repeatPenalty"];

/**
 * Reads the settings of a call.
 * @throws BackendError `invalid-request` for a value that makes no sense, or a setting that nothing knows
 */
export function settingsOf(options: CallOptions): Settings {
  const own = options.providerOptions?.["llama"] ?? {};
  const unknown = Object.keys(own).find((name) => !OWN.includes(name));
  if (unknown !== undefined) {
    throw wrong(`there is no setting ${unknown}`, `Those there are: ${[...KNOWN, ...OWN].join(", ")}.`);
  }
  const number = (name: string, value: unknown, least: number, most = Number.POSITIVE_INFINITY): number | undefined => {
    if (value === undefined || (typeof value === "number" && value >= least && value <= most)) return value;
    const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    throw wrong(`${name} is ${JSON.stringify(value)}`, `It is a number ${range}.`);
  };
  const whole = (name: string, value: unknown, least: number): number | undefined => {
    const found = number(name, value, least);
    if (found === undefined || Number.isSafeInteger(found)) return found;
    throw wrong(`${name} is ${found}`, "It is a whole number.");
  };
  return {
    maxTokens: whole("maxOutputTokens", options.maxOutputTokens, 1) ?? USUAL_ANSWER,
    contextSize: whole("contextSize", own["contextSize"], 16),
    threads: whole("threads", own["threads"], 1),
    sampling: {
      temperature: number("temperature", options.temperature, 0, 5) ?? USUAL.temperature,
      topK: whole("topK", options.topK, 0) ?? USUAL.topK,
      topP: number("topP", options.topP, 0, 1) ?? USUAL.topP,
      minP: number("minP", own["minP"], 0, 1) ?? USUAL.minP,
      ...given("seed", whole("seed", options.seed, 0)),
      repeatPenalty: {
        lastTokens: USUAL.lastTokens,
        penalty: number("repeatPenalty", own["repeatPenalty"], 0) ?? USUAL.penalty,
        ...given("frequencyPenalty", number("frequencyPenalty", options.frequencyPenalty, -2, 2)),
        ...given("presencePenalty", number("presencePenalty", options.presencePenalty, -2, 2)),
      },
      customStopTriggers: stopsOf(options.stopSequences),
    },
  };
}

const KNOWN = ["temperature", "maxTokens", "seed", "stop", "topP", "topK", "presencePenalty", "frequencyPenalty"];

function stopsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "")) return value as string[];
  throw wrong(`stop is ${JSON.stringify(value)}`, "It is a text at which the answer ends, or a list of them.");
}

function given<Name extends string>(name: Name, value: number | undefined): { [Key in Name]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: number });
}

function wrong(what: string, hint: string): BackendError {
  return new BackendError(what, { kind: "invalid-request", hint });
}

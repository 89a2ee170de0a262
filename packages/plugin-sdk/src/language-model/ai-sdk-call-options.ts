import type { Message } from "../backend.ts";
import { fieldsOf, isObject } from "./fields.ts";
import type { ModelCall } from "./language-model.ts";

/** The call options of the AI SDK that are settings, by the names that people know from elsewhere too. */
const OPTION_OF_SETTING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    maxOutputTokens: ["max_output_tokens", "maxTokens", "max_tokens", "maxCompletionTokens", "max_completion_tokens"],
    temperature: [],
    topP: ["top_p"],
    topK: ["top_k"],
    presencePenalty: ["presence_penalty"],
    frequencyPenalty: ["frequency_penalty"],
    stopSequences: ["stop_sequences", "stop"],
    seed: [],
  }).flatMap(([option, aliases]) => [option, ...aliases].map((name) => [name, option] as const)),
);

/**
 * The argument of `doGenerate` and `doStream`, alike in v2, v3 and v4. Settings that are no call options become
 * options of the provider, under its own key and under the backend's name.
 *
 * @param provider the model's `provider`, for example `openai.chat`
 */
export function callOptions(
  name: string,
  provider: unknown,
  call: ModelCall,
  signal: AbortSignal,
): Readonly<Record<string, unknown>> {
  const { headers, providerOptions, ...settings } = call.settings ?? {};
  const options = new Map<string, unknown>();
  const rest: [string, unknown][] = [];
  for (const [setting, value] of Object.entries(settings)) {
    const option = OPTION_OF_SETTING.get(setting);
    if (value === undefined) continue;
    if (option === undefined) rest.push([setting, value]);
    // The AI SDK's own name counts more than an alias.
    else if (option === setting || !options.has(option))
      options.set(option, option === "stopSequences" ? asList(value) : value);
  }
  if (isObject(headers)) options.set("headers", headers);
  const perProvider = optionsPerProvider([providerKey(provider), name], rest, providerOptions);
  if (perProvider !== undefined) options.set("providerOptions", perProvider);
  return { ...Object.fromEntries(options), prompt: promptOf(call), abortSignal: signal };
}

function asList(value: unknown): unknown {
  return typeof value === "string" ? [value] : value;
}

function providerKey(provider: unknown): string | undefined {
  return typeof provider === "string" ? provider.split(".", 1)[0]?.trim() : undefined;
}

function optionsPerProvider(
  keys: readonly (string | undefined)[],
  settings: readonly [string, unknown][],
  given: unknown,
): Readonly<Record<string, unknown>> | undefined {
  if (settings.length === 0) return isObject(given) ? given : undefined;
  const options = new Map(isObject(given) ? Object.entries(given) : []);
  for (const key of new Set(keys)) {
    // What the user wrote for this very provider counts more than a loose setting.
    if (key !== undefined && key !== "")
      options.set(key, { ...Object.fromEntries(settings), ...fieldsOf(options.get(key)) });
  }
  return Object.fromEntries(options);
}

function promptOf({ system, messages = [], prompt }: ModelCall): readonly unknown[] {
  return [
    ...(system === undefined ? [] : [{ role: "system", content: system }]),
    ...messages.map(promptMessage),
    promptMessage({ role: "user", content: prompt }),
  ];
}

function promptMessage({ role, content }: Message): unknown {
  return { role, content: role === "system" ? content : [{ type: "text", text: content }] };
}

/** The call options of the AI SDK's specification v4 that this client understands. */
export interface CallOptions {
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
  readonly abortSignal?: AbortSignal | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  /** By backend name: fields that go into the request as they are. */
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

/** The body of a request for a chat completion. */
export function chatRequest(model: string, options: CallOptions, backend: string, isStreamed: boolean): object {
  return {
    model,
    messages: options.prompt.map(({ role, content }) => ({ role, content: textOf(content) })),
    max_tokens: options.maxOutputTokens,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    presence_penalty: options.presencePenalty,
    frequency_penalty: options.frequencyPenalty,
    stop: options.stopSequences,
    seed: options.seed,
    ...options.providerOptions?.[backend],
    ...(isStreamed ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

/** The text of a message, which comes as a text or as a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? "").join("") : "";
}

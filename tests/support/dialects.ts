/** What a server understood of a request, whatever its dialect. */
export interface Understood {
  readonly model: unknown;
  readonly system: unknown;
  readonly prompt: unknown;
  /** The greatest length of the answer, in tokens. */
  readonly limit: unknown;
  readonly isStreamed: boolean;
}

/** How a service is talked to over HTTP: what it is asked, and what its answers look like on the wire. */
export interface Dialect {
  /** Where a prompt for a model is posted, below the base URL. */
  path(model: string, isStreamed: boolean): string;
  /** The headers that let a client in. */
  auth(key: string): Readonly<Record<string, string>>;
  read(body: Body, path: string): Understood;
  /** The events of an answer of which each piece is one event, with what comes before and after them. */
  answer(
    model: string,
    pieces: readonly string[],
  ): { readonly before: string; readonly pieces: readonly string[]; readonly after: string };
  /** An answer in one piece. */
  whole(model: string, text: string): unknown;
  error(message: string): unknown;
}

/** A request's body, of which the fields that are read are checked by what is compared with them. */
// oxlint-disable-next-line typescript/no-explicit-any -- every dialect has a form of its own
type Body = any;

/** Whatever holds a text: the text itself, or parts of which the first has it. */
function textOf(content: Body): unknown {
  return Array.isArray(content) ? (content as Body)[0]?.text : content;
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function named(type: string, fields: object = {}): string {
  return `event: ${type}\n${data({ type, ...fields })}`;
}

/** A message of a role in a list of them; what is asked comes last. */
function messageOf(messages: Body, ...roles: readonly string[]): unknown {
  return textOf((messages as Body[])?.find(({ role }) => roles.includes(role))?.content);
}

/** OpenAI's chat completions, which many services speak. */
const chat: Dialect = {
  path: () => "/chat/completions",
  auth: bearer,
  read: ({ model, messages, max_tokens: most, max_completion_tokens: limit = most, stream }) => ({
    model,
    system: messageOf(messages, "system", "developer"),
    prompt: messageOf(messages, "user"),
    limit,
    isStreamed: stream === true,
  }),
  answer: (model, pieces) => {
    const chunk = (delta: object, reason: string | null, more: object = {}): string =>
      data({
        id: "c1",
        object: "chat.completion.chunk",
        created: 1,
        model,
        choices: [{ index: 0, delta, finish_reason: reason }],
        ...more,
      });
    const usage = { prompt_tokens: 3, completion_tokens: pieces.length, total_tokens: 3 + pieces.length };
    return {
      before: chunk({ role: "assistant", content: "" }, null),
      pieces: pieces.map((content) => chunk({ role: "assistant", content }, null)),
      after: `${chunk({ role: "assistant", content: "" }, "stop", { usage })}data: [DONE]\n\n`,
    };
  },
  whole: (model, content) => ({
    id: "c1",
    object: "chat.completion",
    created: 1,
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  }),
  error: (message) => ({ error: { message, type: "invalid_request_error", param: null, code: null } }),
};

/** OpenAI's responses. */
const responses: Dialect = {
  ...chat,
  path: () => "/responses",
  read: ({ model, input, instructions, max_output_tokens: limit, stream }) => ({
    model,
    system: instructions ?? messageOf(input, "system", "developer"),
    prompt: messageOf(input, "user"),
    limit,
    isStreamed: stream === true,
  }),
  answer: (model, pieces) => {
    const response = {
      id: "r1",
      object: "response",
      created_at: 1,
      status: "in_progress",
      model,
      output: [],
      error: null,
      incomplete_details: null,
      usage: null,
      metadata: {},
    };
    const item = { id: "m1", type: "message", status: "in_progress", role: "assistant", content: [] };
    const text = pieces.join("");
    const part = { type: "output_text", text, annotations: [] };
    const done = { ...item, status: "completed", content: [part] };
    const usage = {
      input_tokens: 3,
      output_tokens: pieces.length,
      total_tokens: 3 + pieces.length,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    let sequence = 0;
    const event = (type: string, fields: object): string =>
      named(type, { ...fields, sequence_number: (sequence += 1) });
    const place = { item_id: "m1", output_index: 0, content_index: 0 };
    return {
      before:
        event("response.created", { response }) +
        event("response.output_item.added", { output_index: 0, item }) +
        event("response.content_part.added", { ...place, part: { ...part, text: "" } }),
      pieces: pieces.map((delta) => event("response.output_text.delta", { ...place, delta, logprobs: [] })),
      after:
        event("response.output_text.done", { ...place, text, logprobs: [] }) +
        event("response.content_part.done", { ...place, part }) +
        event("response.output_item.done", { output_index: 0, item: done }) +
        event("response.completed", { response: { ...response, status: "completed", output: [done], usage } }),
    };
  },
  whole: (model, text) => ({
    id: "r1",
    object: "response",
    created_at: 1,
    status: "completed",
    model,
    output: [
      {
        id: "m1",
        type: "message",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    ],
    error: null,
    incomplete_details: null,
    usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
    metadata: {},
    instructions: null,
    max_output_tokens: null,
    tool_choice: "auto",
    tools: [],
    temperature: 1,
    top_p: 1,
  }),
};

/** Anthropic's messages. */
const messages: Dialect = {
  path: () => "/messages",
  auth: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  read: ({ model, system, messages: given, max_tokens: limit, stream }) => ({
    model,
    system: textOf(system),
    prompt: messageOf(given, "user"),
    limit,
    isStreamed: stream === true,
  }),
  answer: (model, pieces) => {
    const message = { id: "m1", type: "message", role: "assistant", model, content: [], stop_reason: null };
    const usage = { input_tokens: 3, output_tokens: 1 };
    return {
      before:
        named("message_start", { message: { ...message, stop_sequence: null, usage } }) +
        named("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
      pieces: pieces.map((text) => named("content_block_delta", { index: 0, delta: { type: "text_delta", text } })),
      after:
        named("content_block_stop", { index: 0 }) +
        named("message_delta", {
          delta: { stop_reason: "end_turn", stop_sequence: null },
          usage: { output_tokens: pieces.length },
        }) +
        named("message_stop"),
    };
  },
  whole: (model, text) => ({
    id: "m1",
    type: "message",
    role: "assistant",
    model,
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 3, output_tokens: 2 },
  }),
  error: (message) => ({ type: "error", error: { type: "api_error", message } }),
};

/** Google's generateContent, streamed as server-sent events. */
const generateContent: Dialect = {
  path: (model, isStreamed) =>
    isStreamed ? `/models/${model}:streamGenerateContent?alt=sse` : `/models/${model}:generateContent`,
  auth: (key) => ({ "x-goog-api-key": key }),
  read: ({ systemInstruction, contents, generationConfig }, path) => ({
    model: /\/models\/(.*):/.exec(path)?.[1],
    system: textOf(systemInstruction?.parts),
    prompt: textOf((contents as Body[])?.find(({ role }) => role === "user")?.parts),
    limit: generationConfig?.maxOutputTokens,
    isStreamed: path.includes(":stream"),
  }),
  answer: (model, pieces) => {
    const chunk = (text: string, more: object = {}, finish: object = {}): string =>
      data({
        candidates: [{ content: { parts: [{ text }], role: "model" }, index: 0, ...finish }],
        modelVersion: model,
        responseId: "g1",
        ...more,
      });
    const usageMetadata = {
      promptTokenCount: 3,
      candidatesTokenCount: pieces.length,
      totalTokenCount: 3 + pieces.length,
    };
    return {
      before: "",
      pieces: pieces.map((text) => chunk(text)),
      after: chunk("", { usageMetadata }, { finishReason: "STOP" }),
    };
  },
  whole: (model, text) => ({
    candidates: [{ content: { parts: [{ text }], role: "model" }, index: 0, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 },
    modelVersion: model,
  }),
  error: (message) => ({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }),
};

/** Cohere's chat, version 2. */
const cohereChat: Dialect = {
  path: () => "/chat",
  auth: bearer,
  read: chat.read,
  answer: (_model, pieces) => {
    const message = { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] };
    const content = (text: object): object => ({ index: 0, delta: { message: { content: text } } });
    const tokens = { input_tokens: 3, output_tokens: pieces.length };
    return {
      before:
        named("message-start", { id: "c1", delta: { message } }) +
        named("content-start", content({ type: "text", text: "" })),
      pieces: pieces.map((text) => named("content-delta", content({ text }))),
      after:
        named("content-end", { index: 0 }) +
        named("message-end", {
          id: "c1",
          delta: { finish_reason: "COMPLETE", usage: { billed_units: tokens, tokens } },
        }),
    };
  },
  whole: (_model, text) => ({
    id: "c1",
    finish_reason: "COMPLETE",
    message: { role: "assistant", content: [{ type: "text", text }] },
    usage: { tokens: { input_tokens: 3, output_tokens: 2 } },
  }),
  error: (message) => ({ message }),
};

/** The dialects by name. */
export const DIALECTS = {
  chat,
  "chat below openai": { ...chat, path: () => "/openai/chat/completions" },
  responses,
  messages,
  generateContent,
  cohereChat,
} as const satisfies Readonly<Record<string, Dialect>>;

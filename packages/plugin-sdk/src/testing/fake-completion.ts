/** The head of every answer; the time is no part of what a test looks at. */
const HEAD = { id: "chatcmpl-fake", created: 0 };

/** The events of a streamed completion up to its text, one for each piece. */
export function pieceEvents(model: string, pieces: readonly string[]): string[] {
  return pieces.map((content) => chunk(model, { role: "assistant", content }, null));
}

/** The events that finish a streamed completion: the reason, the counts and the end. */
export function endEvents(model: string, pieces: readonly string[]): string[] {
  const usage = { ...HEAD, object: "chat.completion.chunk", model, choices: [], usage: counts(pieces) };
  return [chunk(model, {}, "stop"), event(JSON.stringify(usage)), event("[DONE]")];
}

/** A completion in one piece, as JSON. */
export function wholeCompletion(model: string, pieces: readonly string[]): string {
  const message = { role: "assistant", content: pieces.join("") };
  const choices = [{ index: 0, message, finish_reason: "stop" }];
  return JSON.stringify({ ...HEAD, object: "chat.completion", model, choices, usage: counts(pieces) });
}

/** The body of an error, as JSON. */
export function errorBody(message: string, status: number): string {
  return JSON.stringify({ error: { message, type: "fake_server_error", code: status } });
}

/** An event of a stream. */
export function event(data: string): string {
  return `data: ${data}\n\n`;
}

function chunk(model: string, delta: object, reason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return event(JSON.stringify({ ...HEAD, object: "chat.completion.chunk", model, choices }));
}

function counts(pieces: readonly string[]): object {
  return { prompt_tokens: 1, completion_tokens: pieces.length, total_tokens: pieces.length + 1 };
}

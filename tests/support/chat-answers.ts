import type { ServerResponse } from "node:http";

/** A chunk of a streamed completion, as JSON. */
export function chunk(content: string, finishReason: string | null = null): string {
  return JSON.stringify({
    id: "c",
    object: "chat.completion.chunk",
    model: "m-1",
    choices: [{ index: 0, delta: { content }, finish_reason: finishReason }],
  });
}

/** An event with some data. */
export function event(data: string): string {
  return `data: ${data}\n\n`;
}

/** The events of a whole answer, with the reason for its end, the count of tokens and the end of the stream. */
export function events(...tokens: readonly string[]): string {
  const usage = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: tokens.length } });
  return [...tokens.map((token) => chunk(token)), chunk("", "stop"), usage, "[DONE]"].map(event).join("");
}

/** A completion in one piece, as JSON. */
export function completion(content: string): string {
  return JSON.stringify({
    id: "c",
    model: "m-1",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 1 },
  });
}

/** Sends the head of a stream and some events, and leaves the answer open. */
export function beginStream(response: ServerResponse, ...pieces: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const piece of pieces) response.write(piece);
}

/** Sends a whole answer of some status. */
export function send(response: ServerResponse, status: number, body: string | Buffer, headers: object = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

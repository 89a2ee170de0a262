import type { ServerResponse } from "node:http";
import { endEvents, errorBody, event, pieceEvents, wholeCompletion } from "./fake-completion.ts";
import type { FakeServerFault } from "./fake-server-fault.ts";
import type { AnswerableRequest, FakeServerOptions } from "./fake-server.ts";

const DEFAULT_MODEL = "fake-model";
/** How many pieces a text is cut into at most. */
const MOST_PIECES = 64;
/** What is sent where JSON should be. */
const NO_JSON = "<html>this is no JSON</html>";

/** Answers a request, or fails in the wanted way. It never rejects; an answer that hangs stays open. */
export async function answerRequest(
  request: AnswerableRequest,
  response: ServerResponse,
  { answer, models = [DEFAULT_MODEL] }: FakeServerOptions,
  fault: FakeServerFault | undefined,
): Promise<void> {
  if (fault?.type === "hang") return;
  if (fault?.type === "status") {
    const { status, retryAfter, message = `the fake server refuses with status ${status}` } = fault;
    const wait = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    sendJson(response, status, errorBody(message, status), wait);
    return;
  }
  if (fault?.type === "reset" && (fault.after ?? 0) === 0) {
    response.destroy();
    return;
  }
  const path = request.path.split("?")[0] ?? "";
  if (request.method === "GET" && path.endsWith("/models")) {
    if (fault?.type === "malformed") sendJson(response, 200, NO_JSON);
    else
      sendJson(response, 200, JSON.stringify({ object: "list", data: models.map((id) => ({ id, object: "model" })) }));
    return;
  }
  if (request.method !== "POST" || !path.endsWith("/chat/completions")) {
    sendJson(response, 404, errorBody(`the fake server has no ${request.method} ${path}`, 404));
    return;
  }
  const model = request.model === "" ? (models[0] ?? DEFAULT_MODEL) : request.model;
  const pieces = piecesOf(typeof answer === "function" ? answer(request) : (answer ?? `You said: ${request.prompt}`));
  request.answer = pieces.join("");
  await (request.stream ? sendEvents : sendWhole)(response, model, pieces, fault);
}

async function sendEvents(
  response: ServerResponse,
  model: string,
  pieces: readonly string[],
  fault: FakeServerFault | undefined,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (fault?.type === "malformed") response.end(event(`{"choices": ${NO_JSON}`));
  else if (fault?.type === "error-in-answer") response.end(event(errorBody(messageOf(fault), 500)));
  else if (fault?.type === "reset" || fault?.type === "truncated") {
    const sent = pieceEvents(model, pieces)
      .slice(0, fault.after ?? 1)
      .join("");
    if (fault.type === "truncated") response.end(sent);
    // A connection that is destroyed at once takes along what has not left yet.
    else response.write(sent, () => setTimeout(() => response.destroy(), SETTLING));
  } else {
    for (const one of pieceEvents(model, pieces)) {
      if (fault?.type === "slow") await delay(fault.delay);
      if (response.destroyed) return;
      response.write(one);
    }
    response.end(endEvents(model, pieces).join(""));
  }
}

async function sendWhole(
  response: ServerResponse,
  model: string,
  pieces: readonly string[],
  fault: FakeServerFault | undefined,
): Promise<void> {
  const body = wholeCompletion(model, pieces);
  if (fault?.type === "malformed") sendJson(response, 200, NO_JSON);
  else if (fault?.type === "error-in-answer") sendJson(response, 200, errorBody(messageOf(fault), 500));
  else if (fault?.type === "truncated") sendJson(response, 200, body.slice(0, body.length / 2));
  else if (fault?.type === "reset") {
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length * 2 });
    response.write(body.slice(0, body.length / 2), () => setTimeout(() => response.destroy(), SETTLING));
  } else {
    if (fault?.type === "slow") await delay(fault.delay * pieces.length);
    sendJson(response, 200, body);
  }
}

/** How long a piece has to reach the client before the connection breaks, in milliseconds. */
const SETTLING = 10;

function piecesOf(answer: string | readonly string[]): readonly string[] {
  if (typeof answer !== "string") return answer;
  const words = answer.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? [];
  const size = Math.ceil(words.length / MOST_PIECES);
  if (size <= 1) return words;
  return Array.from({ length: Math.ceil(words.length / size) }, (_, at) =>
    words.slice(at * size, (at + 1) * size).join(""),
  );
}

function messageOf({ message }: { readonly message?: string | undefined }): string {
  return message ?? "the fake server has an error in its answer";
}

function sendJson(response: ServerResponse, status: number, body: string, headers: object = {}): void {
  if (!response.destroyed) response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

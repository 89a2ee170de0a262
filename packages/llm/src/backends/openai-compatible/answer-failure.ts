import { BackendError, kindOfStatus, retryAfterSeconds } from "@d0ttino/plugin-sdk/host";
import type { AnswerBody, ExchangeAnswer } from "./exchange.ts";
import { wordsIn } from "./server-error.ts";

/** The largest error page that is read for its message, in bytes. */
const LARGEST_ERROR = 256 * 1024;

/** How long to wait for the message when the status is already known, in milliseconds. */
const PATIENCE = 5000;

/** What the user can do about a failing status, by status. */
export const STATUS_HINTS: Readonly<Record<number, string>> = {
  401: "Check the API key.",
  402: "Check the balance of the account.",
  403: "Check what the API key may do.",
  404: "Check the base URL and the name of the model.",
  407: "Put the proxy's user name and password into HTTP_PROXY.",
};

/** The error that an answer with a failing status stands for, with the server's own words. Closes the answer. */
export async function answerFailure(answer: ExchangeAnswer): Promise<BackendError> {
  const { status } = answer;
  const words = wordsIn(await beginningOf(answer.body)) ?? "no reason given";
  return new BackendError(`${words} (HTTP ${status})`, {
    status,
    kind: status >= 300 && status < 400 ? "invalid-request" : kindOfStatus(status),
    retryAfter: retryAfterSeconds(answer),
    hint: STATUS_HINTS[status],
  });
}

/** What can be had of a body: its connection may break, and what came is worth telling all the same. */
async function beginningOf(body: AnswerBody): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < LARGEST_ERROR) {
      const bytes = await body.read(PATIENCE);
      if (bytes === undefined) break;
      chunks.push(bytes);
      size += bytes.length;
    }
    body.release();
  } catch {
    body.close();
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, LARGEST_ERROR));
}

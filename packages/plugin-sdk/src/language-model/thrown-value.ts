import type { BackendErrorKind } from "../backend-error.ts";
import { retryAfterSeconds } from "../retry-after.ts";
import { fieldsOf } from "./fields.ts";

const LONGEST_MESSAGE = 1000;
const DEEPEST_CAUSE = 8;

const TIMEOUT_CODES: ReadonlySet<unknown> = new Set([
  "ETIMEDOUT",
  "ESOCKETTIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);
const NETWORK_CODES: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  // Bun's
  "ConnectionRefused",
  "ConnectionClosed",
  "FailedToOpenSocket",
]);
/** What `fetch` says without a code when it cannot connect, or when the connection breaks, in the various engines. */
const FETCH_MESSAGES: ReadonlySet<unknown> = new Set([
  "fetch failed",
  "failed to fetch",
  "load failed",
  "network error",
  "terminated",
]);

/** A value that was thrown and what caused it, outermost first. */
export function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause !== undefined && causes.length < DEEPEST_CAUSE; cause = fieldsOf(cause)["cause"])
    causes.push(cause);
  return causes;
}

/** The message in a thrown value or in the body of an error answer, in the forms that services use. */
export function messageOf(error: unknown): string | undefined {
  const { message, error: inner, detail } = fieldsOf(error);
  const texts = [error, message, fieldsOf(inner)["message"], inner, detail];
  return texts.find((text): text is string => typeof text === "string" && text.trim() !== "");
}

/** A message of bearable length: a service may send a whole page. */
export function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

/** The failing HTTP status (400 to 599) in an error, as client libraries and services in mid-stream give it. */
export function statusOf(error: unknown): number | undefined {
  const { status, statusCode, code } = fieldsOf(error);
  // Some services send the number as a string.
  const numbers = [status, statusCode, code].map((value) => (typeof value === "string" ? Number(value) : value));
  return numbers.find((value): value is number => typeof value === "number" && value >= 400 && value <= 599);
}

/** How long the answer in an error asks to wait, in seconds. */
export function retryAfterOf(error: unknown): number | undefined {
  const { responseHeaders, headers } = fieldsOf(error);
  return retryAfterSeconds({ header: (name) => headerOf(responseHeaders, name) ?? headerOf(headers, name) });
}

/** What went wrong with the connection, or undefined when an error is about something else. */
export function connectionFailure(
  error: unknown,
  answerBegan: boolean,
): { readonly kind: BackendErrorKind; readonly message: string } | undefined {
  const causes = causesOf(error);
  const found = causes.findLast((cause) => connectionKind(cause) !== undefined);
  const kind = connectionKind(found);
  if (kind === undefined) return undefined;
  // An attempt at several addresses has no message of its own.
  const { code, errors } = fieldsOf(found);
  const reason = messageOf(found) ?? messageOf(fieldsOf(errors)[0]) ?? String(code);
  if (kind === "network" && answerBegan)
    return { kind: "truncated", message: `the connection broke before the answer was finished: ${reason}` };
  return { kind, message: reason };
}

/** Whether an error is that of `JSON.parse` or of a body's `json()`, in the words of the various engines. */
export function isNoJson(error: unknown): boolean {
  const { name, message } = fieldsOf(error);
  return name === "SyntaxError" && typeof message === "string" && /\bJSON\b/.test(message);
}

function connectionKind(error: unknown): "network" | "timeout" | undefined {
  const { name, code, message } = fieldsOf(error);
  if (name === "TimeoutError" || TIMEOUT_CODES.has(code)) return "timeout";
  if (NETWORK_CODES.has(code) || (typeof code === "string" && code.startsWith("UND_ERR_"))) return "network";
  const isFetchFailure =
    name === "TypeError" && typeof message === "string" && FETCH_MESSAGES.has(message.toLowerCase());
  return isFetchFailure ? "network" : undefined;
}

function headerOf(headers: unknown, name: string): string | undefined {
  const { get, [name]: field } = fieldsOf(headers);
  const value: unknown = typeof get === "function" ? get.call(headers, name) : field;
  return typeof value === "string" ? value : undefined;
}

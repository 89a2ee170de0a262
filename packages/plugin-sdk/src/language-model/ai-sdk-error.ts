import { BackendError, kindOfStatus, type BackendErrorKind } from "../backend-error.ts";
import { fieldsOf } from "./fields.ts";
import { connectionFailure, messageOf, retryAfterOf, shorten, statusOf } from "./thrown-value.ts";

// The AI SDK marks its errors with symbols that are the same in every copy of it.
const AI_SDK_ERROR = Symbol.for("vercel.ai.error");
const API_CALL_ERROR = markOf("AI_APICallError");
const RETRY_ERROR = markOf("AI_RetryError");

/** What other errors mean, and a message where theirs quotes the whole answer. */
const MEANINGS: readonly (readonly [mark: symbol, kind: BackendErrorKind, message?: string])[] = [
  [markOf("AI_LoadAPIKeyError"), "missing-key"],
  [markOf("AI_LoadSettingError"), "missing-key"],
  [markOf("AI_NoSuchModelError"), "not-found"],
  [markOf("AI_EmptyResponseBodyError"), "malformed"],
  [markOf("AI_JSONParseError"), "malformed", "the service's answer is not valid JSON"],
  [markOf("AI_TypeValidationError"), "malformed", "the service's answer does not have the expected form"],
  [markOf("AI_InvalidResponseDataError"), "malformed"],
  [markOf("AI_NoContentGeneratedError"), "malformed"],
  [markOf("AI_UnsupportedFunctionalityError"), "invalid-request"],
  [markOf("AI_InvalidArgumentError"), "invalid-request"],
  [markOf("AI_InvalidPromptError"), "invalid-request", "the prompt is not valid"],
];

/** Whether a value is an error of any copy of the AI SDK. */
export function isAiSdkError(error: unknown): boolean {
  const fields = fieldsOf(error);
  return (
    fields[AI_SDK_ERROR] === true ||
    fields[API_CALL_ERROR] === true ||
    fields[RETRY_ERROR] === true ||
    meaningOf(error) !== undefined
  );
}

/**
 * Makes a `BackendError` of an error of the AI SDK. The original is not attached: it holds the whole request, with
 * the prompt.
 *
 * @param textCame whether a part of the answer had come
 * @param convert makes one of the error within a wrapper
 */
export function fromAiSdkError(
  error: unknown,
  textCame: boolean,
  convert: (error: unknown, textCame: boolean) => BackendError,
): BackendError {
  const fields = fieldsOf(error);
  if (fields[RETRY_ERROR] === true && fields["lastError"] !== undefined) return convert(fields["lastError"], textCame);
  if (fields[API_CALL_ERROR] === true) return fromApiCallError(error, textCame);

  const [, kind, message] = meaningOf(error) ?? [];
  // An answer of unexpected form may be the service's report of an error.
  const ownMessage = messageOf(fieldsOf(fields["value"])["error"]);
  const text = shorten(ownMessage ?? message ?? messageOf(error) ?? "the AI SDK failed");
  // How some providers report it.
  if (kind === "malformed" && text.includes("ended without a finish reason")) return unfinished(textCame);
  return new BackendError(text, { kind: kind ?? "other" });
}

/**
 * The error for a stream that was closed without a reason for its end: in its midst, or before anything of an answer, as
 * the stream looks that a provider makes of a web page.
 */
export function unfinished(textCame: boolean): BackendError {
  if (textCame) return new BackendError("the answer ended before it was finished", { kind: "truncated" });
  return new BackendError("the service sent nothing that is an answer", {
    kind: "malformed",
    hint: "Check the base URL, and whether a proxy or a login page is in between.",
  });
}

function fromApiCallError(error: unknown, textCame: boolean): BackendError {
  const fields = fieldsOf(error);
  const status = typeof fields["statusCode"] === "number" ? fields["statusCode"] : undefined;
  const ownMessage = messageOf(fields["data"]) ?? messageOf(parsed(fields["responseBody"]));
  const message = shorten(ownMessage ?? (messageOf(error) || `HTTP status ${status}`));
  if (statusOf(error) !== undefined)
    return new BackendError(message, { status, kind: kindOfStatus(status), retryAfter: retryAfterOf(error) });

  // Without a failing status, it is the connection or, when the status is that of a success, the answer that is bad.
  const failure = connectionFailure(fields["cause"], textCame || status !== undefined);
  if (failure !== undefined) return new BackendError(failure.message, { kind: failure.kind, status });
  if (status === undefined) return new BackendError(message, { kind: textCame ? "truncated" : "network" });
  const [, , meaning] = meaningOf(fields["cause"]) ?? [];
  return new BackendError(ownMessage ?? meaning ?? message, { kind: "malformed", status });
}

function meaningOf(error: unknown): (typeof MEANINGS)[number] | undefined {
  return MEANINGS.find(([mark]) => fieldsOf(error)[mark] === true);
}

function markOf(name: string): symbol {
  return Symbol.for(`vercel.ai.error.${name}`);
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

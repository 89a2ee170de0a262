import { BackendError, isBackendError } from "../backend-error.ts";
import { fromAiSdkError, isAiSdkError } from "./ai-sdk-error.ts";
import { describeValue } from "./fields.ts";
import { causesOf, connectionFailure, isNoJson, messageOf, retryAfterOf, statusOf } from "./thrown-value.ts";

/**
 * Makes a `BackendError` of whatever a backend threw; one that is a `BackendError` already is returned as it is.
 *
 * @param textCame whether a part of the answer had come, which makes a broken connection a truncated answer
 */
export function toBackendError(error: unknown, textCame: boolean): BackendError {
  try {
    return isBackendError(error) ? error : convert(error, textCame);
  } catch {
    return new BackendError("the backend threw an error that cannot be read", { kind: "other" });
  }
}

function convert(error: unknown, textCame: boolean): BackendError {
  // An AI SDK error within another counts, both because it knows more and because it holds the prompt, so that
  // what wraps it must not be attached either.
  const aiSdkError = causesOf(error).find(isAiSdkError);
  if (aiSdkError !== undefined) return fromAiSdkError(aiSdkError, textCame, toBackendError);

  const cause = error instanceof Error ? { cause: error } : {};
  const status = statusOf(error);
  if (status !== undefined) {
    return new BackendError(messageOf(error) ?? `HTTP status ${status}`, {
      status,
      retryAfter: retryAfterOf(error),
      ...cause,
    });
  }
  const failure = connectionFailure(error, textCame);
  if (failure !== undefined) return new BackendError(failure.message, { kind: failure.kind, ...cause });
  // What a backend reads when it is asked is an answer.
  if (isNoJson(error))
    return new BackendError(`the answer is no JSON: ${messageOf(error)}`, { kind: "malformed", ...cause });
  const name = error instanceof Error ? error.name : describeValue(error);
  return new BackendError(messageOf(error) ?? `the backend threw ${name}`, { kind: "other", ...cause });
}

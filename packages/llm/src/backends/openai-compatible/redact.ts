import { BackendError } from "@d0ttino/plugin-sdk";
import { messageOf } from "../../errors/message-of.ts";
import { textOf } from "./chat-request.ts";

/** What must not appear in an error, also when the server repeats it. */
export interface Secrets {
  readonly key: string | undefined;
  readonly prompts: readonly { readonly content: unknown }[];
}

/** Shorter texts would take ordinary words out of messages. */
const SHORTEST_SECRET = 8;

/** The same error without secrets in its message; its cause, which may hold them too, is dropped when it does. */
export function redact(error: unknown, secrets: Secrets): unknown {
  if (!(error instanceof BackendError)) return error;
  const message = withoutSecrets(error.message, secrets);
  const isCauseClean =
    error.cause === undefined || withoutSecrets(messageOf(error.cause), secrets) === messageOf(error.cause);
  if (message === error.message && isCauseClean) return error;
  const { kind, status, retryAfter, hint, cause } = error;
  return new BackendError(message, { kind, status, retryAfter, hint, ...(isCauseClean ? { cause } : {}) });
}

function withoutSecrets(text: string, { key, prompts }: Secrets): string {
  let clean = key === undefined || key === "" ? text : text.replaceAll(key, "[key]");
  for (const { content } of prompts) {
    const prompt = textOf(content).trim();
    if (prompt.length >= SHORTEST_SECRET) clean = clean.replaceAll(prompt, "[prompt]");
  }
  return clean;
}

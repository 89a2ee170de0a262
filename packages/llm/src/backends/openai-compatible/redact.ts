import { BackendError } from "@d0ttino/plugin-sdk/host";
import { codeOf } from "../../errors/message-of.ts";
import { textOf } from "./chat-request.ts";
import { withoutRepeats } from "./without-repeats.ts";

/** What must not appear in an error, also when the server repeats it. */
export interface Secrets {
  readonly key: string | undefined;
  readonly prompts: readonly { readonly content: unknown }[];
}

/** A shorter one is a stand-in for servers that look at none, and would take letters out of words. */
const SHORTEST_KEY = 6;

/** The longest message, in UTF-16 code units. */
const LONGEST_MESSAGE = 1000;

/**
 * The same error without secrets, and without more words than anybody reads. Its cause keeps its message and code
 * alone.
 */
export function redact(error: unknown, secrets: Secrets): unknown {
  if (!(error instanceof BackendError)) return error;
  const { kind, status, retryAfter, hint, cause } = error;
  const clean = (text: string): string => shorten(withoutSecrets(text, secrets));
  return new BackendError(clean(error.message), {
    kind,
    status,
    retryAfter,
    hint: hint === undefined ? undefined : clean(hint),
    ...(cause instanceof Error ? { cause: plainCause(cause, clean) } : {}),
  });
}

/** Node's own errors hold the bytes that came, and so what the server repeated of the request. */
function plainCause(cause: Error, clean: (text: string) => string): Error {
  const code = codeOf(cause);
  return Object.assign(new Error(clean(cause.message)), code === undefined ? {} : { code });
}

function withoutSecrets(text: string, { key, prompts }: Secrets): string {
  let clean = text;
  if (key !== undefined && key.length >= SHORTEST_KEY) {
    for (const form of new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)])) {
      clean = clean.replaceAll(form, "[key]");
    }
  }
  for (const { content } of prompts) clean = withoutRepeats(clean, textOf(content));
  return clean;
}

/** Cut after the secrets have been taken out: a cut secret would not be found. */
function shorten(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

import type { Message } from "@d0ttino/plugin-sdk";
import type { RouteFlags } from "./choose-route.ts";
import type { Decision } from "./fallback.ts";
import type { FoundRoute } from "./find-route.ts";
import type { Attempt } from "./prompt-result.ts";

/** What may be said with a prompt. */
export interface PromptOptions extends RouteFlags {
  /** The system prompt. */
  readonly system?: string | undefined;
  /** The conversation before this prompt, oldest first. */
  readonly messages?: readonly Message[] | undefined;
  /** Settings of the model by their AI SDK names, for example `temperature`, `maxOutputTokens`. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** False asks the backend for the whole answer at once. */
  readonly stream?: boolean | undefined;
  /** Told the route before anything is asked. */
  readonly onRoute?: ((route: FoundRoute) => void) | undefined;
  /** Told before each attempt, when its backend is loaded and about to be asked. */
  readonly onAsk?: ((backend: string, model: string | undefined) => void) | undefined;
  /** Told of every failed attempt that is not the end, and what follows from it. */
  readonly onFailure?: ((attempt: Attempt, error: unknown, decision: Decision) => void) | undefined;
}

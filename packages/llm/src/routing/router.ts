import {
  isBackendError,
  type LanguageModel,
  type ModelCall,
  normalizeName,
  type StreamPart,
} from "@d0ttino/plugin-sdk/host";
import { readConfig, type Config } from "../config/config-file.ts";
import { backendVariable } from "../config/backend-variable.ts";
import { variable } from "../config/environment.ts";
import { D0ttinoError, isD0ttinoError } from "../errors/d0ttino-error.ts";
import { messageOf, sentence } from "../errors/message-of.ts";
import { loadBackend } from "../host/loaded-backend.ts";
import type { PluginHost } from "../host/plugin-host.ts";
import { splitModel, type RouteEntry, type RouteFlags } from "./choose-route.ts";
import { decide } from "./fallback.ts";
import { findRoute, type FoundRoute } from "./find-route.ts";
import { OpenAttempt } from "./open-attempt.ts";
import type { PromptOptions } from "./prompt-options.ts";
import { PromptError, type Attempt, type PromptResult } from "./prompt-result.ts";

/** An answer in pieces. Nothing is asked before the first piece is read. */
export interface PromptStream extends AsyncIterable<string> {
  /**
   * Who answered, and the whole text. **It settles only when the pieces have been read**, to the end, a failure or a
   * `break`: without a `for await` over the stream, `await stream.result` waits for ever. `sendPrompt` reads them itself.
   */
  readonly result: Promise<PromptResult>;
}

/** Sends prompts to the backends of a host, one after the other until one answers. */
export class Router {
  readonly #host: PluginHost;

  constructor(host: PluginHost) {
    this.#host = host;
  }

  /**
   * Asks and gives the answer in pieces. Nothing is asked before the first piece is read.
   * @throws D0ttinoError `usage`, `empty-prompt`, `unknown-backend`, `no-backend`, `bad-config`, while it is read;
   *   PromptError when no backend gave a whole answer
   */
  stream(prompt: string, options: PromptOptions = {}): PromptStream {
    const result = Promise.withResolvers<PromptResult>();
    // Who only reads the pieces sees the failure there.
    result.promise.catch(() => {});
    return Object.assign(this.#answer(prompt, options, result), { result: result.promise });
  }

  /**
   * Asks and waits for the whole answer.
   * @throws as `stream`
   */
  async send(prompt: string, options: PromptOptions = {}): Promise<PromptResult> {
    const stream = this.stream(prompt, options);
    for await (const _piece of stream);
    return stream.result;
  }

  async *#answer(
    prompt: string,
    options: PromptOptions,
    result: PromiseWithResolvers<PromptResult>,
  ): AsyncGenerator<string> {
    try {
      // Callers in JavaScript may give anything.
      if (typeof prompt !== "string") {
        throw new D0ttinoError("usage", `The prompt is ${prompt === null ? "null" : typeof prompt} and not a string.`, {
          hint: "Give the text of the prompt as the first argument.",
        });
      }
      if (prompt.trim() === "") {
        throw new D0ttinoError("empty-prompt", "The prompt is empty.", {
          hint: "Give it as an argument, or pipe it in.",
        });
      }
      const signal = options.signal ?? new AbortController().signal;
      const config = readConfig();
      const route = await findRoute(this.#host, config, prompt, options, signal);
      options.onRoute?.(route);
      const attempts: Attempt[] = [];
      const queue = [...route.entries];
      let hasWaited = false;
      for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
        const attempt = new OpenAttempt(entry);
        try {
          const model = await this.#model(entry, config);
          attempt.model = model.modelId;
          options.onAsk?.(model.provider, model.modelId);
          for await (const part of ask(model, prompt, options, signal)) {
            if (part.type === "text-delta") {
              attempt.text += part.delta;
              yield part.delta;
            } else attempt.take(part);
          }
          attempt.model ??= model.modelId;
          attempts.push(attempt.end("answered"));
          result.resolve({ ...attempt.answer(), attempts });
          return;
        } catch (error) {
          const ended = attempt.end("failed", error);
          attempts.push(ended);
          const decision = decide({ error, hasNext: queue.length > 0, hasText: attempt.text !== "", hasWaited });
          if (decision === "stop") throw failure(error, route.entries, attempts, attempt.text);
          options.onFailure?.(ended, error, decision);
          if (decision !== "wait") continue;
          hasWaited = true;
          await waitAsAsked(error, signal);
          queue.push(entry);
        }
      }
    } catch (error) {
      result.reject(error);
      throw error;
    } finally {
      // Takes effect only when neither an answer nor an error did: the reader left early.
      result.reject(new D0ttinoError("interrupted", "The answer was not read to its end."));
    }
  }

  /**
   * The route that a prompt would take. It goes to nobody; where nothing is configured, local servers are asked whether
   * they are there, as they would be for the prompt.
   * @throws D0ttinoError as `stream`
   */
  explain(prompt: string, flags: RouteFlags = {}): Promise<FoundRoute> {
    return findRoute(this.#host, readConfig(), prompt, flags, new AbortController().signal);
  }

  async #model(entry: RouteEntry, config: Config): Promise<LanguageModel> {
    const backend = await loadBackend(this.#host, entry.backend);
    const preferred = config.model === undefined ? undefined : splitModel(config.model);
    const configured =
      preferred !== undefined && normalizeName(preferred.backend) === backend.name ? preferred.model : undefined;
    return backend.languageModel(entry.model ?? variable(backendVariable(backend.name, "MODEL")) ?? configured);
  }
}

async function waitAsAsked(error: unknown, signal: AbortSignal): Promise<void> {
  const seconds = isBackendError(error) ? (error.retryAfter ?? 0) : 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  const stop = (): void => resolve();
  signal.addEventListener("abort", stop);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
}

function ask(
  model: LanguageModel,
  prompt: string,
  options: PromptOptions,
  signal: AbortSignal,
): AsyncIterable<StreamPart> {
  const { system, messages, settings } = options;
  const call: ModelCall = { prompt, system, messages, settings, signal };
  return options.stream === false ? generated(model, call) : model.doStream(call);
}

async function* generated(model: LanguageModel, call: ModelCall): AsyncGenerator<StreamPart> {
  const answer = await model.doGenerate(call);
  if (answer.modelId !== undefined) yield { type: "response-metadata", modelId: answer.modelId };
  yield { type: "text-delta", delta: answer.text };
  yield { type: "finish", finishReason: answer.finishReason, usage: answer.usage };
}

/** What is thrown when no further backend is tried. A fault in asking for a backend by name stays what it is. */
function failure(error: unknown, route: readonly RouteEntry[], attempts: readonly Attempt[], text: string): unknown {
  if (isD0ttinoError(error) && route.length === 1) return error;
  const last = attempts.at(-1) as Attempt;
  if (last.kind === "aborted") {
    return new PromptError("interrupted", "Interrupted.", { attempts, text, hint: undefined, cause: error });
  }
  const others = Math.min(attempts.length, route.length) - 1;
  const before = others === 0 ? "" : ` (and ${others} before it)`;
  const again = attempts.length > route.length ? " at the second try, too" : "";
  const told = text === "" ? "" : " The answer up to there is kept.";
  const message = `${last.backend}${before} failed${again}: ${sentence(messageOf(error))}${told}`;
  return new PromptError("backend-failed", message, {
    attempts,
    text,
    hint: isBackendError(error) || isD0ttinoError(error) ? error.hint : undefined,
    cause: error,
  });
}

/**
 * A router over every language-model backend that is installed beside your code.
 */
import { messageOf } from "./errors/message-of.ts";
import { libraryLocation } from "./host/library-location.ts";
import { loadBackend, type LoadedBackend } from "./host/loaded-backend.ts";
import { loadRecipe, type LoadedRecipe } from "./host/loaded-recipe.ts";
import { PluginHost, type PluginInfo } from "./host/plugin-host.ts";
import { describeProblem } from "./host/plugin-package.ts";
import type { PromptOptions } from "./routing/prompt-options.ts";
import { Router, type PromptStream } from "./routing/router.ts";
import type { PromptResult } from "./routing/prompt-result.ts";

const host = new PluginHost({
  location: libraryLocation(import.meta.dirname, 1, () => ({
    main: import.meta.resolve("@d0ttino/plugin-sdk"),
    testing: import.meta.resolve("@d0ttino/plugin-sdk/testing"),
  })),
  onProblem: (problem) => process.emitWarning(describeProblem(problem), "D0ttinoPluginWarning"),
});
const router = new Router(host);

/** Every backend that is installed beside the library or built in, by name. Imports nothing. */
export function availableBackends(): PluginInfo[] {
  return host.list("backend");
}

/**
 * Loads the backend of a name (case-insensitive).
 * @throws D0ttinoError `unknown-backend`, with the nearest name; `plugin-failed` when its package cannot be used
 */
export function getBackend(name: string): Promise<LoadedBackend> {
  return loadBackend(host, name);
}

/**
 * Loads every backend there is. One that cannot be loaded is left out with a process warning.
 */
export async function loadBackends(): Promise<LoadedBackend[]> {
  const loaded = await Promise.allSettled(host.list("backend").map((info) => loadBackend(host, info.name)));
  return loaded.flatMap((one) => {
    if (one.status === "fulfilled") return [one.value];
    process.emitWarning(messageOf(one.reason), "D0ttinoPluginWarning");
    return [];
  });
}

/** A recipe that is installed or built in, and a way to load it. */
export interface DiscoveredRecipe extends PluginInfo {
  /**
   * Imports its module.
   * @throws D0ttinoError `plugin-failed`
   */
  load(): Promise<LoadedRecipe>;
}

/** Every recipe that is installed beside the library, synced or built in, by name. Imports nothing before `load`. */
export function discoverRecipes(): DiscoveredRecipe[] {
  return host.list("recipe").map((info) => ({ ...info, load: () => loadRecipe(host, info.name) }));
}

/**
 * Sends a prompt along the route and waits for the whole answer.
 * @throws D0ttinoError `usage`, `empty-prompt`, `unknown-backend`, `no-backend`, `bad-config`; PromptError when no backend
 *   answered
 */
export function sendPrompt(prompt: string, options?: PromptOptions): Promise<PromptResult> {
  return router.send(prompt, options);
}

/**
 * Sends a prompt along the route and gives the answer in pieces; `result` of the returned stream tells who answered, once
 * the pieces have been read. **Who does not read them waits for `result` for ever**; `sendPrompt` is for the whole answer.
 * @throws as `sendPrompt`, while it is read
 */
export function streamPrompt(prompt: string, options?: PromptOptions): PromptStream {
  return router.stream(prompt, options);
}

export { serverProvider } from "./backends/openai-compatible/server-provider.ts";
export type { ClientOptions } from "./backends/openai-compatible/client-options.ts";
export type { OpenAiCompatibleServer } from "./backends/openai-compatible/server.ts";
export { D0ttinoError, isD0ttinoError } from "./errors/d0ttino-error.ts";
export type { ErrorCode } from "./errors/d0ttino-error.ts";
export type { LoadedBackend } from "./host/loaded-backend.ts";
export type { LoadedRecipe } from "./host/loaded-recipe.ts";
export type { PluginInfo } from "./host/plugin-host.ts";
export type { Message } from "@d0ttino/plugin-sdk";
export type { FinishReason, LanguageModel, Usage } from "@d0ttino/plugin-sdk/host";
export type { RouteEntry } from "./routing/choose-route.ts";
export type { Decision } from "./routing/fallback.ts";
export type { FoundRoute } from "./routing/find-route.ts";
export { PromptError } from "./routing/prompt-result.ts";
export type { Attempt, PromptResult } from "./routing/prompt-result.ts";
export type { PromptOptions } from "./routing/prompt-options.ts";
export type { PromptStream } from "./routing/router.ts";

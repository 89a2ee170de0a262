import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { PluginHost } from "@d0ttino/llm/host/plugin-host";
import { Router } from "@d0ttino/llm/routing/router";
import { writeMessage } from "../terminal/terminal.ts";

/** Asks the model of the route, for a recipe that plans with one. */
export async function askModel(host: PluginHost, prompt: string, signal: AbortSignal): Promise<string> {
  const { text, attempts, backend } = await new Router(host).send(prompt, {
    signal,
    onFailure: (attempt, error) =>
      writeMessage(`${attempt.backend} failed (${attempt.kind}): ${sentence(messageOf(error))}`),
  });
  const [first] = attempts;
  if (first !== undefined && first.backend !== backend)
    writeMessage(`Answered by ${backend}, not by ${first.backend}.`);
  return text;
}

import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { PluginHost } from "@d0ttino/llm/host/plugin-host";
import { writeMessage } from "../terminal/terminal.ts";

/** The model of the route, for a recipe that plans with one; what asks it is loaded when it is asked. */
export function modelOfRoute(host: PluginHost, signal: AbortSignal): (prompt: string) => Promise<string> {
  return async (prompt) => {
    const { Router } = await import("@d0ttino/llm/routing/router");
    const { text, attempts, backend } = await new Router(host).send(prompt, {
      signal,
      onFailure: (attempt, error) =>
        writeMessage(`${attempt.backend} failed (${attempt.kind}): ${sentence(messageOf(error))}`),
    });
    if (attempts.length > 1) writeMessage(`Answered by ${backend}, not by ${attempts[0]?.backend}.`);
    return text;
  };
}

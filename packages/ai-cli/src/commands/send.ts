import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { PromptResult } from "@d0ttino/llm/routing/prompt-result";
import type { Decision } from "@d0ttino/llm/routing/fallback";
import type { FoundRoute } from "@d0ttino/llm/routing/find-route";
import type { PromptOptions } from "@d0ttino/llm/routing/prompt-options";
import { Router } from "@d0ttino/llm/routing/router";
import type { OptionValues } from "../arguments/option.ts";
import { hasPipedInput, readInput, writeData, writeForeignText, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";
import { Interruption } from "./interruption.ts";

/** `ai-cli send`: a prompt in, an answer out. */
export async function send({ options, words, host }: Invocation): Promise<number> {
  const interruption = new Interruption(500);
  const whole = options["json"] === true || options["no-stream"] === true;
  const prompt = await readPrompt(words);
  const router = new Router(host);
  if (options["dry-run"] === true)
    return showRoute(await router.explain(prompt, promptOptions(options)), options["json"] === true);
  let origin: FoundRoute["origin"] = "chosen";
  const stream = router.stream(prompt, {
    ...promptOptions(options),
    signal: interruption.signal,
    onRoute: (route) => {
      ({ origin } = route);
      if (options["explain-route"] === true) writeMessage(routeText(route));
    },
    onAsk: () => interruption.listen(),
  });
  let last = "\n";
  try {
    for await (const piece of stream) {
      if (whole) continue;
      writeForeignText(piece);
      last = piece;
    }
  } finally {
    if (!last.endsWith("\n")) writeData("\n");
  }
  const result = await stream.result;
  if (options["json"] === true) writeData(`${JSON.stringify(result)}\n`);
  else if (whole) writeForeignText(result.text.endsWith("\n") ? result.text : `${result.text}\n`);
  const isEmpty = result.text.trim() === "";
  if (result.finishReason === "content-filter")
    writeMessage(`The provider's content filter ${isEmpty ? "held the answer back" : "cut the answer off"}.`);
  else if (isEmpty) writeMessage("The answer is empty.");
  if (result.finishReason === "length")
    writeMessage("The answer was cut off at its greatest length; -o maxOutputTokens=N changes it.");
  tellWhoAnswered(result, origin);
  return 0;
}

function promptOptions(options: OptionValues): PromptOptions {
  return {
    backend: options["backend"] as string | undefined,
    model: options["model"] as string | undefined,
    system: options["system"] as string | undefined,
    settings: settingsOf((options["option"] as readonly string[] | undefined) ?? []),
    stream: options["no-stream"] !== true,
    fallback: options["no-fallback"] !== true,
    locality: localityOf(options),
    onFailure: (attempt, error, decision) => {
      const advice = ADVICE[decision] ?? "";
      writeMessage(`${attempt.backend} failed (${attempt.kind}): ${sentence(messageOf(error))}${advice}`);
    },
  };
}

const ADVICE: Partial<Record<Decision, string>> = {
  "next-with-warning": " Mend this: until then prompts go elsewhere.",
  wait: " Trying again when it asks to…",
};

function localityOf(options: OptionValues): "local" | "remote" | undefined {
  if (options["local"] === true && options["remote"] === true) {
    throw new D0ttinoError("usage", "--local and --remote exclude each other.");
  }
  return options["local"] === true ? "local" : options["remote"] === true ? "remote" : undefined;
}

/** `--dry-run`: the route and nothing else. */
function showRoute(route: FoundRoute, json: boolean): number {
  const { entries, reason } = route;
  const rows = entries.map(({ backend, model }) => ({ backend, model: model ?? null }));
  writeData(json ? `${JSON.stringify({ route: rows, reason })}\n` : `${routeText(route)}\n`);
  return 0;
}

function routeText({ entries, reason }: FoundRoute): string {
  const names = entries.map(({ backend, model }) => (model === undefined ? backend : `${backend}/${model}`));
  return `Route: ${names.join(", then ")} (${reason}).`;
}

/** `-o key=value`: numbers, true, false and null as such, anything else as text. */
function settingsOf(pairs: readonly string[]): Record<string, unknown> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1)
        throw new D0ttinoError("usage", `-o ${pair} is not KEY=VALUE.`, { hint: "For example: -o temperature=0.2" });
      return [pair.slice(0, equals), valueOf(pair.slice(equals + 1))];
    }),
  );
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** How long piped input may stay silent before the person is told that it is waited for, in milliseconds. */
const PATIENCE = 3000;

async function readPrompt(words: readonly string[]): Promise<string> {
  const argument = words.join(" ");
  if (argument === "-") return readInput();
  if (!hasPipedInput()) {
    if (words.length > 0) return argument;
    throw new D0ttinoError("usage", "There is no prompt.", {
      hint: 'Give it as an argument, as in: ai-cli send "Hello", or pipe it in.',
    });
  }
  const waiting = setTimeout(() => {
    writeMessage("Waiting for piped input (add </dev/null if there is none)…");
  }, PATIENCE);
  const piped = await readInput().finally(() => clearTimeout(waiting));
  return [argument, piped].filter((part) => part !== "").join("\n\n");
}

/** Says who answered where that is not what the user asked for. */
function tellWhoAnswered({ attempts, backend, model, usage }: PromptResult, origin: FoundRoute["origin"]): void {
  const who = `Answered by ${backend}${model === null ? "" : ` (${model})`}`;
  const [first, last] = [attempts[0], attempts.at(-1)];
  const isFound = origin === "found" && last !== undefined && usage.outputTokens !== undefined;
  const speed = isFound ? `: ${usage.outputTokens} tokens in ${(last.ms / 1000).toFixed(1)} seconds` : "";
  // The same one may have been asked again, or for another model.
  const instead = first === undefined || first.backend === backend ? "" : `, not by ${first.backend}`;
  if (attempts.length > 1 || origin === "found") writeMessage(`${who}${instead}${speed}.`);
}

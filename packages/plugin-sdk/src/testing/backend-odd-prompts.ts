import { isBackendError } from "../backend-error.ts";
import { backendFailure } from "./backend-failure.ts";
import { modelOf, type BackendSubject } from "./backend-subject.ts";
import type { Check, Skip } from "./run-checks.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

interface OddPrompt {
  readonly what: string;
  readonly prompt: string;
  /** True when a good backend may need longer for it than for an ordinary one. */
  readonly isLong?: boolean;
}

const LENGTH = 200_000;
const ODD_PROMPTS: readonly OddPrompt[] = [
  { what: "a blank", prompt: " " },
  {
    what: "line breaks, quotes, backslashes and emoji",
    prompt: 'Say "hello" or \'hello\',\r\n\tin one word: \\n $(true) `true` 👋🏽 {"a": [1]}\n',
  },
  { what: "a NUL character", prompt: "Say hello.\0Say it in one word." },
  { what: "200,000 characters", prompt: "Say hello. ".repeat(LENGTH / 10).slice(0, LENGTH), isLong: true },
];

/** For each unusual prompt the check that it is answered, or refused with a reason that routing understands. */
export function oddPromptChecks(subject: BackendSubject): Check[] {
  return ODD_PROMPTS.map((odd) => ({
    name: `answers or refuses a prompt of ${odd.what}`,
    run: async () => tryPrompt(subject, odd),
  }));
}

async function tryPrompt(subject: BackendSubject, { prompt, isLong }: OddPrompt): Promise<Skip | undefined> {
  try {
    await withinLimit(subject.limit, async (signal) => {
      // The first piece is enough; a real service is paid for the rest.
      for await (const part of modelOf(subject).doStream({ prompt, signal })) {
        if (part.type === "text-delta") return;
      }
    });
    return undefined;
  } catch (error) {
    if (isLong === true && error instanceof TookTooLong)
      return { skipped: `no answer after ${error.limit} ms; raise the option \`timeout\` to find out` };
    // A prompt may be refused, or be too much for the service at the moment.
    if (isBackendError(error) && error.kind !== "other" && error.kind !== "malformed") return undefined;
    throw backendFailure(error, "an answer, or a BackendError that says why there is none");
  }
}

import { isBackendError } from "../backend-error.ts";
import { collect } from "../language-model/language-model.ts";
import { backendFailure } from "./backend-failure.ts";
import { modelOf, type BackendSubject } from "./backend-subject.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import type { Check, Skip } from "./run-checks.ts";
import { withinLimit } from "./within-limit.ts";

/** Words that no answer has by chance: one that holds another prompt's word was mixed with that answer. */
const WORDS = ["cobalt-4817", "saffron-2953", "indigo-7361"];

/** The check that answers which are made at the same time do not disturb each other. */
export function concurrencyCheck(subject: BackendSubject): Check {
  return { name: "answers several prompts at once", run: async () => askAtOnce(subject) };
}

async function askAtOnce(subject: BackendSubject): Promise<Skip | undefined> {
  // They may wait for each other, so together they get the time of all.
  const limit = subject.limit * WORDS.length;
  const answers = await Promise.allSettled(
    WORDS.map(async (word) =>
      withinLimit(limit, (signal) =>
        collect(modelOf(subject).doStream({ prompt: `Repeat this word and say nothing else: ${word}`, signal })),
      ),
    ),
  );
  const expected = `an answer to each of ${WORDS.length} prompts that are sent at once`;
  for (const [index, answer] of answers.entries()) {
    if (answer.status === "rejected") {
      if (isBackendError(answer.reason) && answer.reason.kind === "rate-limited")
        return { skipped: `the service allows fewer prompts at once: ${answer.reason.message}` };
      throw backendFailure(answer.reason, expected);
    }
    checkAnswer(answer.value.text, WORDS[index] ?? "", expected);
  }
  return undefined;
}

function checkAnswer(text: string, own: string, expected: string): void {
  const foreign = WORDS.find((word) => word !== own && text.includes(word));
  if (text.trim() !== "" && foreign === undefined) return;
  throw new ContractViolation({
    expected,
    happened:
      foreign === undefined
        ? `the answer to the prompt about "${own}" is empty`
        : `the answer to the prompt about "${own}" has the text of another: ${excerpt(text)}`,
    advice: "keep the state of a call in the call, not in the module or the instance; or queue the calls.",
  });
}

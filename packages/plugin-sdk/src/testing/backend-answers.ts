import { backendForm } from "../backend.ts";
import type { StreamPart } from "../language-model/language-model.ts";
import { backendFailure } from "./backend-failure.ts";
import { modelOf, type BackendSubject } from "./backend-subject.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import type { Check } from "./run-checks.ts";
import { withinLimit } from "./within-limit.ts";

/** The checks that it is a backend and that it answers, whole and in pieces. */
export function answerChecks(subject: BackendSubject): Check[] {
  let whole = "";
  return [
    { name: "has a form of a backend", isDecisive: true, run: async () => checkForm(subject.backend) },
    {
      name: "answers a prompt",
      isDecisive: true,
      run: async () => {
        whole = await answerOf(subject);
        return undefined;
      },
    },
    { name: "streams its answer", isDecisive: true, run: async () => checkStream(subject, whole) },
  ];
}

function checkForm(backend: unknown): undefined {
  if (backendForm(backend) !== undefined) return;
  throw new ContractViolation({
    expected: "a function, an object with run() or stream(), or a model or provider of the AI SDK",
    happened: `it is ${typeof backend === "function" ? "a class" : excerpt(backend)}`,
    advice:
      typeof backend === "function" ? "pass an instance: new MyBackend()." : "pass what registerBackend is given.",
  });
}

async function answerOf(subject: BackendSubject): Promise<string> {
  const expected = `an answer to ${excerpt(subject.prompt)}`;
  const { text, finishReason } = await withinLimit(subject.limit, (signal) =>
    modelOf(subject).doGenerate({ prompt: subject.prompt, signal }),
  ).catch((error: unknown) => {
    throw backendFailure(error, expected);
  });
  if (finishReason === "error") {
    throw new ContractViolation({
      expected,
      happened: 'the answer ended with the finish reason "error"',
      advice: "throw the failure, so that the user is told of it and another backend can be tried.",
    });
  }
  if (text.trim() !== "") return text;
  throw new ContractViolation({
    expected,
    happened: `the answer is empty (finish reason ${finishReason})`,
    advice: "return the text of the answer; throw a BackendError of kind malformed when the service sent none.",
  });
}

async function checkStream(subject: BackendSubject, whole: string): Promise<undefined> {
  const { prompt } = subject;
  const expected = `an answer in pieces to ${excerpt(prompt)}`;
  const parts: StreamPart[] = [];
  await withinLimit(subject.limit, async (signal) => {
    for await (const part of modelOf(subject).doStream({ prompt, signal })) parts.push(part);
  }).catch((error: unknown) => {
    throw backendFailure(error, expected);
  });
  const text = parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");
  if (text.trim() === "") {
    throw new ContractViolation({
      expected,
      happened: "the pieces make no text, although the whole answer has some",
      advice: "yield the text of the answer, piece by piece, as strings.",
    });
  }
  const end = parts.at(-1);
  if (end?.type === "finish" && end.finishReason === "error") {
    throw new ContractViolation({
      expected,
      happened: 'the stream ended with the finish reason "error"',
      advice: "throw the failure, so that the user is told of it.",
    });
  }
  // What a model says differs each time. But one that repeats the prompt shows whether pieces are lost or mixed up.
  if (!whole.includes(prompt) || text.includes(prompt)) return;
  throw new ContractViolation({
    expected: "the same text in pieces as at once",
    happened: `at once it is ${excerpt(whole)} and in pieces ${excerpt(text)}`,
    advice: "yield every piece once and in order.",
  });
}

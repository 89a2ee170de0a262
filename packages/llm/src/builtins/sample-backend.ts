import { registerBackend } from "@d0ttino/plugin-sdk";

/**
 * Repeats the prompt, in pieces, as a model would stream them. It shows that everything around a model works
 * where there is none, and stands for one in tests.
 */
async function* repeat(prompt: string): AsyncGenerator<string> {
  yield "You said: ";
  const most = Math.max(1, Math.ceil(prompt.length / LARGEST_ANSWER_IN_PIECES));
  for (const words of wordsOf(prompt, most)) yield words;
}

/** Beyond so many pieces a very long prompt is repeated in larger ones. */
const LARGEST_ANSWER_IN_PIECES = 10_000;

/** The text in pieces of at least `least` code units, each ending with the space after a word where there is one. */
function* wordsOf(text: string, least: number): Generator<string> {
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(" ", start + least - 1);
    const end = space === -1 ? text.length : space + 1;
    yield text.slice(start, end);
    start = end;
  }
}

registerBackend("sample", repeat, {
  description: "Repeats the prompt; needs no key, no network and no model",
  local: true,
  models: ["echo"],
  defaultModel: "echo",
});

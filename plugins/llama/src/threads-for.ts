/** Models of fewer bytes are so quick with a word that threads spend more time on waiting for each other. */
const SMALL_MODEL = 1024 ** 3;

/** Reading so many tokens of a prompt takes a small model as long as writing an answer of usual length. */
const LONG_PROMPT = 256;

/**
 * How many threads answer soonest. To read a prompt each one helps; to write the answer of a small model half of the
 * cores are faster than all (on two cores 74 tokens a second in place of 66), and the number cannot change in between.
 * @param free how many cores nobody else keeps busy
 * @param inputTokens the length of the prompt
 * @param modelBytes the size of the model's weights
 */
export function threadsFor(free: number, inputTokens: number, modelBytes: number): number {
  return modelBytes < SMALL_MODEL && inputTokens < LONG_PROMPT ? Math.ceil(free / 2) : free;
}

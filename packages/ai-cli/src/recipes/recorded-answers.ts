/** What a model was asked and has answered. */
export interface Answer {
  readonly prompt: string;
  readonly text: string;
}

/** Asks a model. */
export type AskModel = (prompt: string) => Promise<string>;

/**
 * The model as a recipe asks it. What it has answered when the run was begun it answers again, so that the recipe comes
 * to the same plan; what it answers now is kept.
 */
export class RecordedAnswers {
  readonly #model: AskModel;
  readonly #known: Answer[];
  readonly #fresh: Answer[] = [];
  #keep: (answer: Answer) => void = (answer) => void this.#fresh.push(answer);

  /** @param known the earlier answers, in the order in which they were given */
  constructor(model: AskModel, known: readonly Answer[] = []) {
    this.#model = model;
    this.#known = [...known];
  }

  /** Asks; rejects as the model does. */
  readonly ask: AskModel = async (prompt) => {
    const at = this.#known.findIndex((answer) => answer.prompt === prompt);
    const [known] = at === -1 ? [] : this.#known.splice(at, 1);
    if (known !== undefined) return known.text;
    const text = await this.#model(prompt);
    this.#keep({ prompt, text });
    return text;
  };

  /** Gives every answer that was new so far, and every one to come, to whoever keeps them. */
  keepIn(keep: (answer: Answer) => void): void {
    for (const answer of this.#fresh) keep(answer);
    this.#keep = keep;
  }
}

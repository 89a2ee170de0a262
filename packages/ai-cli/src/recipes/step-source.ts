import type { StepObject, StepReport } from "@d0ttino/plugin-sdk";

/** Where the steps of a run come from. */
export interface StepSource {
  /** All of them, where they are known before the first runs. */
  readonly steps: readonly StepObject[] | undefined;
  /**
   * The next step; undefined behind the last.
   * @param before how the one before it ended
   * @throws D0ttinoError `recipe-failed`
   */
  next(before: StepReport | undefined): Promise<StepObject | undefined>;
  /** Told that no more steps are wanted, so that the recipe can clean up. Never rejects. */
  close(): Promise<void>;
}

/** A recipe that did not decide its next step although the one before went well would never end. */
const MOST_SUPPOSED = 1000;

/** What a source would give. */
export interface SupposedSteps {
  readonly steps: readonly StepObject[];
  /** Whether there are more behind them. */
  readonly hasMore: boolean;
}

/** All steps of a source, as if each had succeeded and printed nothing; of one that may never end, the first ones. */
export async function supposedSteps(source: StepSource): Promise<SupposedSteps> {
  if (source.steps !== undefined) return { steps: source.steps, hasMore: false };
  const steps: StepObject[] = [];
  let before: StepReport | undefined;
  for (;;) {
    const step = await source.next(before);
    if (step === undefined) return { steps, hasMore: false };
    if (steps.length === MOST_SUPPOSED) {
      await source.close();
      return { steps, hasMore: true };
    }
    steps.push(step);
    before = { exitCode: 0, output: "" };
  }
}

/** Steps that are all known. */
export function listedSteps(steps: readonly StepObject[]): StepSource {
  const rest = steps.values();
  return { steps, next: () => Promise.resolve(rest.next().value), close: () => Promise.resolve() };
}

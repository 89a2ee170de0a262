/** What a check found, in the three parts that its message needs. */
export interface Violation {
  /** Goes on from "expected". */
  readonly expected: string;
  /** A clause of its own: what happened instead. */
  readonly happened: string;
  /** How to mend it, as an imperative. */
  readonly advice: string;
}

/** Thrown within a check to fail it. Authors see its message only, in a `ContractError`. */
export class ContractViolation extends Error {
  override readonly name = "ContractViolation";

  constructor({ expected, happened, advice }: Violation) {
    super(`expected ${expected}, but ${happened}. To mend it: ${advice}`);
  }
}

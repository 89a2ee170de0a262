/** The outcome of one check. */
export interface ContractCheck {
  /** What was checked, as a statement about the plug-in: `answers a prompt`. */
  readonly name: string;
  /** False when the check failed. A skipped check is ok. */
  readonly ok: boolean;
  /** Why it failed or was skipped: one line. */
  readonly message?: string;
  /** True when it could not be decided, for example because the answer does not come in pieces. */
  readonly skipped?: boolean;
}

/** The outcome of all checks, in the order in which they ran. */
export interface ContractReport {
  readonly checks: readonly ContractCheck[];
}

import type { ContractReport } from "./contract-report.ts";

/** Says that a plug-in breaks the contract: its message has a line for each failed check. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  /** All checks, the passed and skipped ones too. */
  readonly report: ContractReport;

  /** @param subject what was checked, for example `the backend "mine"` */
  constructor(subject: string, report: ContractReport) {
    const failed = report.checks.filter((check) => !check.ok);
    const lines = failed.map((check) => `- ${check.name}: ${check.message ?? "failed"}`);
    super(
      `${subject} fails ${failed.length} of ${report.checks.length} checks of the plug-in contract:\n${lines.join("\n")}`,
    );
    this.report = report;
  }
}

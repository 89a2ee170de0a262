import { basename } from "node:path";
import { contractChecks } from "./contract-checks.ts";
import type { ContractOptions } from "./contract-message.ts";
import { importChecks } from "./import-checks.ts";
import type { PackageReport } from "./package-check.ts";
import { staticChecks, titleOf } from "./static-checks.ts";

/** How a package is tested. */
export interface TestOptions extends ContractOptions {
  /** The folder of this program's own package. */
  readonly programDir: string;
  readonly signal: AbortSignal;
  /** Told what comes next. */
  readonly onNext: (what: string) => void;
}

/**
 * Runs the contract suite on a package: its manifest, its import, then each backend and recipe of it.
 * @param dir absolute
 * @throws the reason of the signal
 */
export async function testPackage(dir: string, options: TestOptions): Promise<PackageReport> {
  const { programDir, signal, onNext } = options;
  onNext("package.json");
  const { package: owner, checks: first } = await staticChecks(dir);
  if (owner === undefined) return { name: basename(dir), version: null, dir, importMs: null, checks: first };
  onNext("the import");
  const imported = await importChecks(owner, programDir, signal);
  const checks = [...first, ...imported.checks];
  for (const entry of owner.entries.filter(imported.works)) {
    onNext(titleOf(entry));
    checks.push(...(await contractChecks(owner, entry, options, programDir, signal)));
  }
  return { name: owner.name, version: owner.version, dir, importMs: imported.ms, checks };
}

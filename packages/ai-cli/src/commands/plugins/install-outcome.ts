import type { InstallOutcome } from "../../manager/change-plugins.ts";
import type { WordOutcome } from "./each-word.ts";

/** Tells what came of installing. */
export function installOutcome({ package: found, before, isNew }: InstallOutcome): WordOutcome {
  const { name, version, entries } = found;
  const brings = entries.map((entry) => entry.name).join(", ");
  const from = before === undefined || before === version ? "" : `, in place of ${before}`;
  const text = isNew ? `is installed${from}` : "is installed already";
  return { text: `${name} ${version} ${text} (${brings}).`, data: { package: name, version, before: before ?? null } };
}

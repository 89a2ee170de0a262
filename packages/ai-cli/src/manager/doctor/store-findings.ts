import { sentence } from "@d0ttino/llm/errors/message-of";
import type { Finding } from "./finding.ts";
import { repairPlan, type Damage } from "./repair-plan.ts";
import type { PackageState } from "./package-state.ts";
import { isFault, type StoreState } from "./store-state.ts";

const FIX = "Mend it: ai-cli plugins doctor --fix";

/** What is wrong with a store: everything in it that disagrees. */
export function storeFindings(state: StoreState): Finding[] {
  const { dir, generations, leftovers, current, generation } = state;
  const found: Finding[] = [];
  const add = (about: string, message: string, more: Partial<Finding> = {}): void => {
    const hint = more.hint === undefined ? FIX : more.hint;
    found.push({
      area: "store",
      level: "broken",
      fixable: true,
      about,
      ...more,
      message: sentence(message),
      hint: hint === null ? null : sentence(hint),
    });
  };
  if (leftovers.length > 0) {
    add(dir, `Unfinished work lies in ${dir}: ${leftovers.join(", ")}`, { level: "warning" });
  }
  if (generation === undefined) {
    const what =
      current === undefined
        ? "it says nowhere which generation counts"
        : `its "current" does not name a generation that is there`;
    const rest = generations.length === 0 ? "none is left" : `${generations.join(", ")} lie there`;
    add(dir, `The plug-ins in ${dir} are not found: ${what}, and ${rest}`);
    return found;
  }
  if (isFault(generation.notes)) add(generation.dir, generation.notes.fault);
  if (isFault(generation.index))
    add(generation.dir, `The index of ${generation.dir} is of no use: ${generation.index.fault}`);
  const plan = repairPlan(generation);
  for (const { state: one, damage } of plan.reinstall) {
    const isLighter = damage === "other-node";
    add(one.note.package, DAMAGES[damage](one), isLighter ? { level: "warning", hint: REINSTALL } : {});
  }
  for (const { package: name, slot } of plan.adopt)
    add(name, `${name} lies in ${slot}, and nobody noted that it is installed`);
  for (const slot of plan.dropSlots) add(slot, `${slot} is a place for a package that is not there`);
  for (const folder of plan.dependencies)
    add(folder, `${folder} is not as it was installed: it is gone, or of another version`);
  for (const { name, dir: folder } of plan.unlink)
    add(name, `${name} is linked from ${folder}, which is no plug-in's folder any more`);
  for (const name of plan.unindexed) add(name, `${name} is in the index, and was not installed`);
  for (const name of plan.reindex)
    add(name, `${name} is installed, and the index does not say so, or says it otherwise`);
  if (plan.relock)
    add(generation.dir, `The lock file of npm in ${generation.dir} cannot be read`, { level: "warning" });
  return found;
}

const REINSTALL = "Reinstall it: ai-cli plugins doctor --fix";

const DAMAGES: Readonly<Record<Damage, (state: PackageState) => string>> = {
  gone: ({ note }) => `${note.package} ${note.version} is installed, and its files are gone`,
  different: ({ note, version }) => `${note.package} should be ${note.version}, and its folder holds ${version}`,
  "files-gone": ({ note, missing }) => `${note.package} lacks its ${missing.join(", ")}`,
  "slot-gone": ({ note }) => `${note.package} is installed, and its ${note.slot} is gone`,
  "other-node": ({ note, native }) =>
    `${note.package} was installed for another version of Node, and has native code${native.length === 1 && native[0]?.name === note.package ? "" : ` in ${native.map((one) => one.name).join(", ")}`}`,
};

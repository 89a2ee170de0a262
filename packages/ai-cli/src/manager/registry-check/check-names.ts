import { quoted } from "../registry/quoted.ts";
import type { PlacedEntry } from "../registry/read-registry.ts";
import type { EntryKind, RegistryEntry } from "../registry/registry.ts";
import type { Fault } from "./finding.ts";
import { isOneEditApart } from "./one-edit-apart.ts";

/** Names that are not for everybody. */
export interface TakenNames {
  /** Words of our own commands, in lower case. */
  readonly reserved: readonly string[];
  readonly builtIns: Readonly<Record<EntryKind, readonly string[]>>;
  /** Entries about which somebody has decided: those may take a built-in's place. */
  readonly ours: readonly RegistryEntry[];
}

// The rules are those of krew, the plug-in manager of kubectl, for our words.
// https://krew.sigs.k8s.io/docs/developer-guide/develop/naming-guide/
const FORM = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const AFFIX = /^(?:d0ttino|ai-cli|ai)-|-(?:plugin|backend|provider|recipe)$/;

const GENERIC = new Set(
  (
    "agent api app assistant automation automate backend bot build chat cloud code commit deploy gpt inference install " +
    "language-model llm lm login logs plugin provider proxy run script server service shell start stop task test tool ui workflow"
  ).split(" "),
);

/** What a name cannot be because it means something in a setting, an answer or an object. */
const RESERVED: readonly string[] =
  "all any auto default false latest local none null prototype remote self true undefined".split(" ");

/** What is wrong with the name of one entry, taken for itself. */
export function checkName({ at, entry }: PlacedEntry, { reserved, builtIns, ours }: TakenNames): Fault[] {
  const { kind, name, package: owner } = entry;
  const written = at.at(-1) ?? name;
  const faults: Fault[] = [];
  if (!FORM.test(written)) {
    const better = kebab(written);
    faults.push({
      rule: "name-form",
      what: `${quoted(written)} is not made of lower-case words with hyphens between them`,
      fix: FORM.test(better) ? `Write ${quoted(better)}` : "Use a to z, 0 to 9, and single hyphens inside",
    });
  }
  if (AFFIX.test(name)) {
    const better = name.replace(AFFIX, "").replace(AFFIX, "");
    faults.push({
      rule: "name-affix",
      what: `${quoted(name)} says that it is one of ours, or what kind of thing it is`,
      fix: FORM.test(better) ? `Write ${quoted(better)}` : "Name it for what it reaches or does",
    });
  }
  if (GENERIC.has(name)) {
    faults.push({
      rule: "name-generic",
      what: `${quoted(name)} could be anybody's`,
      fix: `Put the vendor or the purpose in front, as in "acme-${name}"`,
    });
  }
  if (RESERVED.includes(name) || reserved.includes(name)) {
    faults.push({
      rule: "name-reserved",
      what: `${quoted(name)} is a word of our own commands`,
      fix: "Choose another name",
    });
  } else if (builtIns[kind].includes(name) && !isKnownEntry(entry, ours)) {
    faults.push({
      rule: "name-reserved",
      what: `${quoted(name)} is a ${kind} that comes with the program, and ${owner} is not ours`,
      fix: "Choose another name",
    });
  }
  return faults;
}

/** A name, and what is left of it at a fleeting look. */
export interface NameLook {
  readonly name: string;
  readonly folded: string;
}

/** How a name looks when case, separators, and digits for letters are overlooked. */
export function lookOf(name: string): NameLook {
  return { name, folded: name.replaceAll(/[-_.]/g, "").replaceAll("0", "o").replaceAll("1", "l") };
}

/**
 * Which of the others a name could be taken for.
 * @param isKnown whether somebody has decided about it before: then a letter of difference is enough
 */
export function checkLikeness({ entry }: PlacedEntry, others: readonly NameLook[], isKnown: boolean): Fault[] {
  const { name, kind } = entry;
  const fix = "Choose a name that nobody takes for the other, or keep only one of them";
  const { folded } = lookOf(name);
  const alike = others.find((other) => other.folded === folded && other.name !== name);
  if (alike !== undefined) {
    return [{ rule: "name-alike", what: `${quoted(name)} looks like the ${kind} ${quoted(alike.name)}`, fix }];
  }
  const near = isKnown
    ? undefined
    : others.find((other) => isLong(name, other.name) && isOneEditApart(name, other.name));
  if (near === undefined) return [];
  return [{ rule: "name-near", what: `${quoted(name)} is one letter away from the ${kind} ${quoted(near.name)}`, fix }];
}

function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[-_.]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
}

/** Short names are near to each other without anybody's meaning it. */
function isLong(...names: readonly string[]): boolean {
  return names.every((name) => name.length > 4);
}

/** Whether an entry is of this project, or one of those that already stand somewhere. */
export function isKnownEntry(entry: RegistryEntry, known: readonly RegistryEntry[]): boolean {
  if (entry.package.startsWith("@d0ttino/")) return true;
  return known.some(({ kind, name, package: owner }) => {
    return kind === entry.kind && name === entry.name && owner === entry.package;
  });
}

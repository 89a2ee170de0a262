import type { EntryKind } from "../registry/registry.ts";
import type { Rule, RuleText } from "./rules.ts";

/** Something that a rule has against an entry or its package. */
export interface Fault {
  readonly rule: Rule;
  /** The key of the entry that it is about; undefined for the entry as a whole. */
  readonly field?: string | undefined;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** What most likely puts it right, without a full stop. */
  readonly fix: string;
}

/** A fault, and where it is in the file. */
export interface Finding {
  readonly severity: RuleText["severity"];
  readonly rule: Rule;
  /** From 1. */
  readonly line: number;
  /** The entry that it is about; null when it is about the file. */
  readonly kind: EntryKind | null;
  readonly name: string | null;
  readonly what: string;
  readonly fix: string;
}

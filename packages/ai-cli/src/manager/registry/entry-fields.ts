import type { EntryKind, RegistryEntry } from "./registry.ts";

/** The fields of an entry that are plain texts. */
export type TextField =
  | "integrity"
  | "description"
  | "homepage"
  | "path"
  | "adapter"
  | "export"
  | "apiKeyEnv"
  | "defaultModel";

/** What the text of a field must look like. */
export interface FieldRule {
  readonly pattern: RegExp;
  /** In words, as in `"homepage" must be …`. */
  readonly wanted: string;
}

/** Nothing that moves the cursor, breaks the line or turns the writing around. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+$/u;
const ONE_LINE = "a text on one line";

const FIELDS: Readonly<Record<Exclude<TextField, keyof typeof BACKEND_FIELDS>, FieldRule>> = {
  integrity: { pattern: /^sha512-[A-Za-z0-9+/]{86}==$/, wanted: 'a sha512 as npm shows it, as in "sha512-…=="' },
  description: { pattern: LINE, wanted: ONE_LINE },
  homepage: { pattern: /^https?:\/\/[^\s\p{Cc}\p{Bidi_Control}]+$/u, wanted: "an http or https URL" },
  path: { pattern: LINE, wanted: "a folder beside the registry" },
};

const BACKEND_FIELDS = {
  adapter: { pattern: /^ai-sdk$/, wanted: '"ai-sdk"' },
  export: { pattern: /^[A-Za-z_$][0-9A-Za-z_$]*$/, wanted: "the name of what the package exports" },
  apiKeyEnv: { pattern: /^[A-Za-z_][0-9A-Za-z_]*$/, wanted: "the name of an environment variable" },
  defaultModel: { pattern: LINE, wanted: ONE_LINE },
} satisfies Partial<Record<TextField, FieldRule>>;

const FIELDS_OF: Readonly<Record<EntryKind, readonly (readonly [TextField, FieldRule])[]>> = {
  backend: Object.entries({ ...FIELDS, ...BACKEND_FIELDS }) as [TextField, FieldRule][],
  recipe: Object.entries(FIELDS) as [TextField, FieldRule][],
};

/** The fields that an entry of a kind can have, with their rules. */
export function fieldsOf(kind: EntryKind): readonly (readonly [TextField, FieldRule])[] {
  return FIELDS_OF[kind];
}

/** Whether a value can be the keywords of an entry. */
export function isKeywords(value: unknown): value is RegistryEntry["keywords"] {
  return Array.isArray(value) && value.every((word) => typeof word === "string" && LINE.test(word));
}

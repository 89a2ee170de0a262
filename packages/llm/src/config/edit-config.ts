import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { nearest } from "../errors/did-you-mean.ts";
import { BACKEND_FIELDS, checkConfig, readConfig } from "./config-file.ts";
import { directories } from "./directories.ts";
import { readJson } from "./read-json.ts";
import { withLock } from "./with-lock.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

type Tree = Record<string, unknown>;

/** The value at a dotted key of the config file, or undefined. */
export function configValue(key: string | undefined): unknown {
  let value = load();
  for (const part of key === undefined ? [] : partsOf(key)) {
    if (!isTree(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part] as Tree;
  }
  return value;
}

/**
 * Sets the value at a dotted key, or removes it when it is undefined. What the rest of the file says stays.
 * @throws D0ttinoError `bad-config` when the file would not be valid; it is then as it was; `usage` for a setting that
 *   there is not
 */
export function editConfig(key: string, value: unknown): void {
  withLock(() => edit(key, value));
}

function edit(key: string, value: unknown): void {
  const file = directories().configFile;
  const root = load();
  const parts = partsOf(key);
  if (value !== undefined) checkFields(parts, value);
  const last = parts.pop() as string;
  let tree = root;
  for (const part of parts) {
    const below = Object.hasOwn(tree, part) ? tree[part] : undefined;
    if (!isTree(below)) {
      if (value === undefined) return;
      tree[part] = {};
    }
    tree = tree[part] as Tree;
  }
  if (value === undefined) delete tree[last];
  else tree[last] = value;
  checkConfig(root, file);
  writeFileAtomic(file, `${JSON.stringify(root, null, 2)}\n`);
}

function load(): Tree {
  const file = directories().configFile;
  // For its checks and its messages; what it leaves out of the file must be kept.
  readConfig(file);
  return (readJson(file) ?? {}) as Tree;
}

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype", ""]);
const KEYS = ["route", "model", "backends", "aliases"];

function partsOf(key: string): string[] {
  const parts = key.split(".");
  if (!KEYS.includes(parts[0] as string) || parts.some((part) => FORBIDDEN.has(part))) {
    throw new D0ttinoError("usage", `There is no setting ${JSON.stringify(key)}.`, {
      hint: `Settings begin with ${KEYS.join(", ")}; for example backends.groq.baseUrl.`,
    });
  }
  return parts;
}

/** What is read may be of a later version and have more; what is set is meant for this one. */
function checkFields([top, name, field]: readonly string[], value: unknown): void {
  if (top !== "backends") return;
  const trees = name === undefined && isTree(value) ? Object.values(value) : [value];
  const fields = field === undefined ? trees.filter(isTree).flatMap(Object.keys) : [field];
  const wrong = fields.find((one) => !(BACKEND_FIELDS as readonly string[]).includes(one));
  if (wrong === undefined) return;
  const near = nearest(wrong, BACKEND_FIELDS);
  const meant = near === undefined ? `A backend has ${BACKEND_FIELDS.join(", ")}.` : `Did you mean "${near}"?`;
  throw new D0ttinoError("usage", `There is no setting ${JSON.stringify(wrong)} of a backend.`, {
    hint: wrong === "apiKey" ? "A key is stored with ai-cli keys set NAME." : meant,
  });
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

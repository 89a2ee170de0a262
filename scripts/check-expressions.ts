/**
 * Checks that no text of 64 KiB keeps a regular expression of the packages busy: what is read here comes from recipes,
 * servers and packages of strangers. Recheck looks for texts that could, and each is tried; only expressions that are
 * written out are seen. Recheck is brought when this first runs, and kept; where it cannot be had, this says so and
 * passes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { bringPackages } from "./bring-package.ts";

const RECHECK = "4.5.0";
/** They read nothing but files of ours. */
const OWN_TEXTS: ReadonlySet<string> = new Set(["packages/ai-cli/src/manager/new-plugin/to-typescript.ts"]);

interface Diagnostics {
  readonly status: "safe" | "vulnerable" | "unknown";
  readonly complexity?: { readonly summary: string };
  readonly attack?: {
    readonly pattern: string;
    readonly pumps: readonly { readonly prefix: string; readonly pump: string }[];
    readonly suffix: string;
  };
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

const folder = bringPackages({ recheck: RECHECK, acorn: "8.15.0" });
if (folder === undefined) {
  console.log(`Recheck ${RECHECK} cannot be had here, so no expression was checked.`);
  process.exit(0);
}
const brought = createRequire(join(folder, "package.json"));
const { check } = brought("recheck") as {
  check: (pattern: string, flags: string, parameters: object) => Promise<Diagnostics>;
};
const { parse } = brought("acorn") as { parse: (text: string, options: object) => Node };

const expressions = new Map<string, { readonly regex: NonNullable<Node["regex"]>; readonly place: string }>();
for (const file of sources()) {
  const text = readFileSync(file, "utf8");
  const script = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  const tree = parse(script, {
    ecmaVersion: "latest",
    sourceType: file.endsWith(".cjs") ? "script" : "module",
    allowHashBang: true,
  });
  for (const { regex, start } of literals(tree)) {
    const place = `${file}:${text.slice(0, start).split("\n").length}`;
    if (!OWN_TEXTS.has(file)) expressions.set(`/${regex.pattern}/${regex.flags}`, { regex, place });
  }
}

/** What takes linear time takes a millisecond; what takes quadratic time takes seconds. */
const MOST_MS = 250;
const LENGTH = 65_536;

const suspects: { shown: string; regex: NonNullable<Node["regex"]>; place: string; found: Diagnostics }[] = [];
await Promise.all(
  [...expressions].map(async ([shown, { regex, place }]) => {
    const found = await check(regex.pattern, regex.flags, { timeout: 30_000 });
    if (found.status !== "safe") suspects.push({ shown, regex, place, found });
  }),
);
let slow = 0;
for (const { shown, regex, place, found } of suspects) {
  if (found.attack !== undefined && !isSlow(regex, found.attack)) continue;
  slow += 1;
  console.error(`${place}\n  ${shown}\n  ${found.complexity?.summary ?? found.status}: ${found.attack?.pattern ?? ""}`);
}
console.log(`${expressions.size} regular expressions, of which ${slow} can be kept busy.`);
process.exit(slow === 0 && expressions.size > 300 ? 0 : 1);

/** Whether a text made as proposed, as long as a step may be, takes long. */
function isSlow({ pattern, flags }: NonNullable<Node["regex"]>, attack: NonNullable<Diagnostics["attack"]>): boolean {
  const once = attack.pumps.reduce((sum, { pump }) => sum + pump.length, 0);
  const times = Math.ceil(LENGTH / once);
  const text = attack.pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join("") + attack.suffix;
  const started = performance.now();
  try {
    runInNewContext("text.replace(new RegExp(pattern, flags), '')", { text, pattern, flags }, { timeout: 4 * MOST_MS });
  } catch {
    return true;
  }
  return performance.now() - started > MOST_MS;
}

function sources(): readonly string[] {
  return ["packages", "plugins", "examples"]
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: "utf8" }).map((file) => join(top, file)))
    .filter(
      (file) => /(?<!\.test|\.d)\.(?:ts|cjs|mjs|js)$/.test(file) && !/(?:^|\/)(?:node_modules|dist)\//.test(file),
    );
}

function literals(node: unknown): readonly Required<Pick<Node, "regex" | "start">>[] {
  if (Array.isArray(node)) return node.flatMap(literals);
  if (typeof node !== "object" || node === null) return [];
  const { regex, start } = node as Node;
  return regex === undefined ? Object.values(node).flatMap(literals) : [{ regex, start }];
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** The modules that an author imports, and where their declarations begin. */
const MODULES = [
  ["@d0ttino/plugin-sdk", "index.d.ts"],
  ["@d0ttino/plugin-sdk/testing", "testing/index.d.ts"],
] as const;

/** One exported name. */
interface Exported {
  readonly name: string;
  /** The text of its doc comment. */
  readonly doc: string;
  /** Its declaration, with the comments of its members. */
  readonly declaration: string;
}

/**
 * The page about the SDK, made from the declarations that the compiler writes of it.
 * @throws Error when a name has no doc comment, or its declaration is not found
 */
export function sdkReference(): string {
  const folder = mkdtempSync(join(tmpdir(), "d0ttino-declarations-"));
  try {
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const project = join(ROOT, "packages/plugin-sdk/tsconfig.build.json");
    execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const parts = MODULES.map(([name, file]) => modulePart(name, readExports(join(folder, file))));
    return `${["# The plug-in SDK", "Made from the SDK's doc comments by `npm run docs`. It depends on nothing.", ...parts].join("\n\n")}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function modulePart(module: string, names: readonly Exported[]): string {
  const sections = names.map(({ name, doc, declaration }) =>
    [`### ${name}`, prose(doc), `\`\`\`ts\n${declaration}\n\`\`\``].join("\n\n"),
  );
  return [`## \`${module}\``, ...sections].join("\n\n");
}

const REEXPORT = /export (?:type )?\{([^}]*)\} from "\.\/([^"]+)\.ts";/g;

function readExports(file: string): Exported[] {
  return [...readFileSync(file, "utf8").matchAll(REEXPORT)].flatMap(([, names = "", path = ""]) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => readExport(join(dirname(file), `${path}.d.ts`), name)),
  );
}

function readExport(file: string, name: string): Exported {
  const text = readFileSync(file, "utf8");
  const start = new RegExp(
    `^export (?:declare )?(?:abstract )?(?:function|class|interface|type|const) ${name}\\b`,
    "m",
  );
  const at = text.search(start);
  if (at === -1) {
    const further = [...text.matchAll(REEXPORT)].find(([, names = ""]) =>
      names.split(",").some((one) => one.trim() === name),
    );
    if (further?.[2] === undefined) throw new Error(`${file} declares no ${name}`);
    return readExport(join(dirname(file), `${further[2]}.d.ts`), name);
  }
  const doc = /\/\*\*((?:(?!\*\/).)*)\*\/\s*$/s.exec(text.slice(0, at))?.[1];
  if (doc === undefined) throw new Error(`${name} in ${file} has no doc comment`);
  return {
    name,
    doc: doc.replaceAll(/^\s*\* ?/gm, "").trim(),
    declaration: declarationAt(text, at),
  };
}

/** The declaration from a place on: to the brace that closes it, or to its semicolon; without what is private. */
function declarationAt(text: string, at: number): string {
  let depth = 0;
  let end = at;
  for (; end < text.length; end += 1) {
    const letter = text[end];
    if (text.startsWith("/*", end)) end = text.indexOf("*/", end) + 1;
    else if (letter === "{") depth += 1;
    else if (letter === "}") depth -= 1;
    const isBlock = /^export (?:declare )?(?:abstract )?(?:class|interface) /.test(text.slice(at, at + 40));
    if (depth === 0 && (isBlock ? letter === "}" : letter === ";")) break;
  }
  return text
    .slice(at, end + 1)
    .replaceAll(/^\s+(?:private .*|readonly \[BRAND\].*|#\w+.*;)\n/gm, "")
    .replaceAll(/^( {4})+/gm, (indent) => "  ".repeat(indent.length / 4))
    .replace(/^export (?:declare )?/, "");
}

/** A doc comment as text of a page: its tags become sentences. */
function prose(doc: string): string {
  const [text = "", ...tags] = doc.split(/^@(?=\w)/m);
  const lines = tags.map((tag) => {
    const words = tag.trim().replaceAll(/\s+/g, " ");
    const [, kind = "", rest = ""] = /^(\w+) (.*)$/.exec(words) ?? [];
    if (kind === "param") return rest.replace(/^(\S+) /, "- `$1`: ");
    return `- ${kind === "returns" ? "gives" : kind}: ${rest}`;
  });
  return [text.trim(), lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

import { dirname, relative, resolve } from "node:path";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { sentence } from "@d0ttino/llm/errors/message-of";
import { BUILT_IN_NAMES } from "@d0ttino/llm/host/built-in-names";
import { isValidName, NAME_RULE } from "@d0ttino/plugin-sdk/host";
import type { TemplateKind } from "../../manager/new-plugin/plugin-template.ts";
import { writePlugin, type WrittenPlugin } from "../../manager/new-plugin/write-plugin.ts";
import { checkLikeness, checkName, lookOf } from "../../manager/registry-check/check-names.ts";
import { RULES } from "../../manager/registry-check/rules.ts";
import type { EntryKind } from "../../manager/registry/registry.ts";
import { ask, isTerminal, writeData, writeMessage } from "../../terminal/terminal.ts";
import { changeOptions } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { reservedNames } from "./reserved-names.ts";

const KINDS = ["backend", "recipe", "provider"] as const satisfies readonly TemplateKind[];

/** `ai-cli plugins new`: a package that installs, tests and runs as it is. */
export async function newPlugin(invocation: ManagerInvocation): Promise<number> {
  const { words, options, packageDir } = invocation;
  const [name] = words;
  if (name === undefined || words.length > 1) {
    throw new D0ttinoError("usage", "Say what the plug-in is called: one name.", {
      hint: "For example: ai-cli plugins new acme --backend",
    });
  }
  const language = oneOf(["js", "ts"], options) ?? "js";
  const named = oneOf(KINDS, options);
  const remarks = checkNewName(name, named ?? "backend", invocation);
  const kind = named ?? (await askKind(invocation)) ?? "backend";
  const dir = resolve(name);
  const { signal } = changeOptions();
  const written = await writePlugin({ name, kind, language, dir, packageDir, signal });
  for (const remark of remarks) writeMessage(remark);
  if (options["json"] === true) {
    const data = { name, kind, language, package: written.names.package, dir, files: written.files };
    writeData(`${JSON.stringify(data, null, 2)}\n`);
  } else writeMessage(whatNext(dir, kind, language, written));
  return 0;
}

function oneOf<T extends string>(names: readonly T[], options: ManagerInvocation["options"]): T | undefined {
  const [first, second] = names.filter((name) => options[name] === true);
  if (second !== undefined) throw new D0ttinoError("usage", `--${first} and --${second} exclude each other.`);
  return first;
}

/**
 * Holds a name to the rules that the registry will hold it to.
 * @returns what is worth a thought
 */
function checkNewName(name: string, kind: TemplateKind, { commands }: ManagerInvocation): string[] {
  if (!isValidName(name)) {
    throw new D0ttinoError("usage", `${JSON.stringify(name)} cannot be the name of a plug-in.`, {
      hint: `A name has ${NAME_RULE}.`,
    });
  }
  const entryKind: EntryKind = kind === "recipe" ? "recipe" : "backend";
  const entry = { kind: entryKind, name: name.toLowerCase(), package: `${name}-${kind}`, spec: "", keywords: [] };
  const placed = { at: [name], path: undefined, entry };
  const taken = { reserved: reservedNames(commands), builtIns: BUILT_IN_NAMES, ours: [] };
  const faults = [...checkName(placed, taken), ...checkLikeness(placed, BUILT_IN_NAMES[entryKind].map(lookOf), false)];
  const wrong = faults.find(({ rule }) => RULES[rule].severity === "error");
  if (wrong !== undefined) {
    throw new D0ttinoError("usage", `The registry would refuse that name: ${sentence(wrong.what)}`, {
      hint: sentence(wrong.fix),
    });
  }
  return faults.map(({ what, fix }) => `The name may be refused by the registry: ${sentence(what)} ${sentence(fix)}`);
}

async function askKind({ options }: ManagerInvocation): Promise<TemplateKind | undefined> {
  if (options["yes"] === true || options["json"] === true || !isTerminal.stdin || !isTerminal.stderr) return undefined;
  const answer = await ask("What is it to bring: a backend, a recipe, or a provider of the AI SDK? [backend] ");
  if (answer === undefined) throw new D0ttinoError("interrupted", "Nothing was made.");
  const word = answer.trim().toLowerCase();
  if (word === "") return undefined;
  const kind = KINDS.find((one) => one === word || one.startsWith(word));
  if (kind !== undefined) return kind;
  throw new D0ttinoError("usage", `${JSON.stringify(word)} is none of them.`, {
    hint: "Say backend, recipe or provider.",
  });
}

function whatNext(dir: string, kind: TemplateKind, language: "js" | "ts", { names, files }: WrittenPlugin): string {
  const folder = relative(process.cwd(), dir);
  const run =
    kind === "recipe"
      ? `ai-cli recipe ${names.name} "something" --dry-run`
      : `ai-cli send -b ${names.name} "Hello"     # with ${names.variable}_API_KEY and ${names.variable}_BASE_URL`;
  const build = language === "ts" ? "  npm run build                  # what is published, from index.ts\n" : "";
  const folders = new Set(files.map((file) => dirname(file)).filter((one) => one !== "."));
  return `${folder}/ holds the ${kind} "${names.name}": ${files.length} files, in ${folders.size + 1} folders. Go on with:

  cd ${folder}
  npm install                    # the SDK comes from vendor/
  npm test
  ai-cli plugins link .
  ${run}
  ai-cli plugins test
${build}  ai-cli plugins publish --check
`;
}

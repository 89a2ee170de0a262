import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { KIND_OF_GROUP, type EntryGroup, type PluginEntry } from "@d0ttino/llm/host/plugin-package";
import { readEntries } from "@d0ttino/llm/host/read-manifest";
import { allowsVersion } from "@d0ttino/llm/host/semver";
import { SDK_VERSION } from "@d0ttino/plugin-sdk/host";
import { buildCommand } from "../build-command.ts";
import { quoted } from "../registry/quoted.ts";
import type { RegistryEntry } from "../registry/registry.ts";
import type { Fault } from "./finding.ts";
import type { PackedPackage } from "./packed-package.ts";

const SDK = "@d0ttino/plugin-sdk";
const GROUP_OF_KIND: Readonly<Record<string, EntryGroup>> = { backend: "llm.plugins", recipe: "d0ttino.recipes" };

/** Whether a plug-in brings what its entry says, from a file that is there, and which SDK it asks for. */
export function checkEntryPoint(entry: RegistryEntry, packed: PackedPackage): Fault[] {
  const groups = packed.manifest["entryPoints"];
  const declared = isRecord(groups) ? readEntries(groups) : [];
  const ofKind = declared.filter(({ group }) => KIND_OF_GROUP[group] === entry.kind);
  const found = ofKind.find(({ name }) => name === entry.name);
  const ofFile =
    found === undefined ? [notDeclared(entry, declared, packed.manifest)] : checkFile(entry, found, packed);
  return [...ofFile, ...checkSdk(entry, found, packed)];
}

function notDeclared(
  { kind, name, package: owner }: RegistryEntry,
  declared: readonly PluginEntry[],
  { dependencies }: PackedPackage["manifest"],
): Fault {
  const group = GROUP_OF_KIND[kind];
  const what = `${owner} declares no ${kind} ${quoted(name)}`;
  const own = declared.filter(({ group: other }) => other === group).map((one) => one.name);
  const elsewhere = declared.some((one) => one.name === name);
  let fix = `Its package.json needs "entryPoints": {"${group}": {"${name}": "./FILE.js"}}`;
  if (elsewhere) fix = `It does under another group: move the entry to "${kind === "backend" ? "recipes" : "plugins"}"`;
  else if (own.length > 0)
    fix = `It declares ${own.map(quoted).join(", ")}: did you mean "${nearest(name, own) ?? own[0]}"?`;
  else if (kind === "backend" && isRecord(dependencies) && Object.hasOwn(dependencies, "@ai-sdk/provider")) {
    fix = 'It looks like a provider of the AI SDK: add "adapter": "ai-sdk"';
  }
  return { rule: "no-entry", what, fix };
}

function checkFile({ name, package: owner }: RegistryEntry, found: PluginEntry, packed: PackedPackage): Fault[] {
  const { file, problem } = found;
  if (problem !== undefined) {
    return [{ rule: "entry-file", what: `in ${owner}, ${problem.cause}`, fix: problem.remedy }];
  }
  if (/\.[mc]?ts$/.test(file)) {
    const what = `the file of ${quoted(name)} in ${owner} is TypeScript, ${quoted(file)}`;
    return [{ rule: "entry-file", what, fix: "Its author should build it: Node runs no TypeScript in node_modules" }];
  }
  if (packed.has(file)) return [];
  const what = `the file of ${quoted(name)}, ${quoted(file)}, is not in ${owner}`;
  const build = buildCommand(packed.manifest);
  const first = build === undefined ? "build" : `run ${quoted(build)}`;
  return [{ rule: "entry-file", what, fix: `Its author should ${first} before packing, or name it in "files"` }];
}

function checkSdk({ package: owner }: RegistryEntry, found: PluginEntry | undefined, packed: PackedPackage): Fault[] {
  const { peerDependencies, peerDependenciesMeta, dependencies } = packed.manifest;
  const peer = textIn(peerDependencies, SDK);
  const range = peer ?? textIn(dependencies, SDK);
  const faults: Fault[] = [];
  const entryText = found === undefined ? undefined : packed.textOf(found.file);
  if (range !== undefined && !allowsVersion(range, SDK_VERSION)) {
    const what = `${owner} needs ${SDK} ${quoted(range)}, and ours is ${SDK_VERSION}`;
    faults.push({ rule: "sdk-range", what, fix: `Its author should allow ^${SDK_VERSION}, if it works with it` });
  }
  const meta = isRecord(peerDependenciesMeta) ? peerDependenciesMeta[SDK] : undefined;
  const isOptional = isRecord(meta) && meta["optional"] === true;
  if (range !== undefined && (peer === undefined || !isOptional)) {
    const what = `${owner} makes npm install ${SDK}, which the host brings`;
    const fix = `Its author should list it in "peerDependencies" and as optional in "peerDependenciesMeta"`;
    faults.push({ rule: "sdk-optional", what, fix });
  }
  if (range === undefined && entryText?.includes(SDK) === true) {
    const what = `${owner} imports ${SDK} and does not say which versions it works with`;
    faults.push({
      rule: "sdk-peer",
      what,
      fix: `Its author should add ^${SDK_VERSION} as an optional peer dependency`,
    });
  }
  return faults;
}

function textIn(record: unknown, key: string): string | undefined {
  const value = isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

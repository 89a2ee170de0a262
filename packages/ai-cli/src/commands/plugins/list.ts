import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readBrokenPlugins } from "@d0ttino/llm/host/broken-plugins";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import type { Registry } from "../../manager/registry/registry.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";
import { writeData } from "../../terminal/terminal.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./plugins.ts";

interface Row {
  readonly name: string;
  readonly kind: "backend" | "recipe";
  readonly package: string;
  /** What is installed, or null. */
  readonly version: string | null;
  /** What the registry has, where it says. */
  readonly latest: string | null;
  readonly status: "not-installed" | "installed" | "linked" | "outdated" | "broken";
  /** Why it is broken, as doctor found it, or null. */
  readonly problem: string | null;
  readonly description: string | null;
}

/** `ai-cli plugins list`: what the registry has and what is installed. Imports no plug-in. */
export async function list(invocation: ManagerInvocation): Promise<number> {
  if (invocation.words.length > 0) {
    throw new D0ttinoError("usage", "ai-cli plugins list takes no names.", {
      hint: `ai-cli plugins search ${invocation.words[0]} finds some.`,
    });
  }
  return show(invocation, () => true);
}

/** `ai-cli plugins search`: those of the list whose name, package, description or keywords have all of the words. */
export async function search(invocation: ManagerInvocation): Promise<number> {
  if (invocation.words.length === 0) throw new D0ttinoError("usage", "Say what to look for.");
  const wanted = invocation.words.map((word) => word.toLowerCase());
  return show(invocation, (row, keywords) => {
    const text = [row.name, row.package, row.description ?? "", ...keywords()].join("\n").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** `ai-cli plugins outdated`: those of the list of which the registry has another version. */
export async function outdated(invocation: ManagerInvocation): Promise<number> {
  if (invocation.words.length > 0) throw new D0ttinoError("usage", "ai-cli plugins outdated takes no names.");
  return show(invocation, (row) => row.status === "outdated");
}

async function show(
  invocation: ManagerInvocation,
  isWanted: (row: Row, keywords: () => readonly string[]) => boolean,
): Promise<number> {
  const registry = await openRegistry(invocation, changeOptions().signal);
  const { kind } = invocation;
  const rows = [...findRows(registry)]
    .filter((row) => {
      const keywords = (): readonly string[] => registry.find(row.kind, row.name)?.keywords ?? [];
      return (kind === undefined || row.kind === kind) && isWanted(row, keywords);
    })
    .toSorted((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind < b.kind ? -1 : 1));
  if (invocation.options["json"] === true) {
    writeData(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const widths = { name: "NAME".length, status: "STATUS".length, version: "VERSION".length };
  for (const { name, status, version } of rows) {
    widths.name = Math.max(widths.name, name.length);
    widths.status = Math.max(widths.status, status.length);
    widths.version = Math.max(widths.version, version?.length ?? 0);
  }
  const line = (name: string, its: string, status: string, version: string, about: string): string =>
    name.padEnd(widths.name + GAP) +
    its.padEnd(KIND_WIDTH + GAP) +
    status.padEnd(widths.status + GAP) +
    version.padEnd(widths.version + GAP) +
    about;
  let text = `${line("NAME", "KIND", "STATUS", "VERSION", "").trimEnd()}\n`;
  for (const { name, kind: its, status, version, problem, description, package: owner } of rows) {
    text += `${line(name, its, status, version ?? "", problem ?? description ?? owner)}\n`;
  }
  writeData(showControlCharacters(text));
  return 0;
}

const KIND_WIDTH = "backend".length;

/** Spaces between columns. */
const GAP = 2;

function findRows(registry: Registry): Iterable<Row> {
  const rows = new Map<string, Row>();
  for (const { kind, name, package: owner, version, description } of registry.entries) {
    const latest = version ?? null;
    rows.set(`${kind} ${name}`, {
      name,
      kind,
      package: owner,
      version: null,
      latest,
      status: "not-installed",
      problem: null,
      description: description ?? null,
    });
  }
  const broken = readBrokenPlugins();
  for (const one of pluginStore().current()?.packages ?? []) {
    for (const entry of one.entries) {
      const { group, name } = entry;
      const problem = broken?.problemOf(one, entry) ?? null;
      const kind = KIND_OF_GROUP[group];
      const listed = rows.get(`${kind} ${name}`);
      const known = listed?.package === one.name ? listed : undefined;
      const latest = known?.latest ?? null;
      const isOutdated = latest !== null && /^\d/.test(latest) && latest !== one.version;
      rows.set(`${kind} ${name}`, {
        name,
        kind,
        package: one.name,
        version: one.version,
        latest,
        status: problem !== null ? "broken" : one.linked ? "linked" : isOutdated ? "outdated" : "installed",
        problem,
        description: known?.description ?? null,
      });
    }
  }
  return rows.values();
}

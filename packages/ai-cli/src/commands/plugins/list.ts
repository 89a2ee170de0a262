import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readBrokenPlugins } from "@d0ttino/llm/host/broken-plugins";
import { knownProblem } from "@d0ttino/llm/host/known-problem";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import type { Registry } from "../../manager/registry/registry.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";
import { tableText } from "../../terminal/table-text.ts";
import { writeData, writeMessage } from "../../terminal/terminal.ts";
import { asItIs } from "./linked-folder.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import { pluginStatus, type PluginStatus } from "./plugin-status.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

interface Row {
  readonly name: string;
  readonly kind: "backend" | "recipe";
  readonly package: string;
  /** What is installed, or null. */
  readonly version: string | null;
  /** What the registry has, where it says. */
  readonly latest: string | null;
  readonly status: PluginStatus;
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
  return show(invocation, () => true, { nothing: "There are no plug-ins." });
}

/** `ai-cli plugins search`: those of the list whose name, package, description or keywords have all of the words. */
export async function search(invocation: ManagerInvocation): Promise<number> {
  if (invocation.words.length === 0) throw new D0ttinoError("usage", "Say what to look for.");
  const wanted = invocation.words.map((word) => word.toLowerCase());
  const isFound = (row: Row, keywords: () => readonly string[]): boolean => {
    const text = [row.name, row.package, row.description ?? "", ...keywords()].join("\n").toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return show(invocation, isFound, { nothing: "Nothing has all of these words. ai-cli plugins list shows all." });
}

/** `ai-cli plugins outdated`: those of the list of which the registry has another version. */
export async function outdated(invocation: ManagerInvocation): Promise<number> {
  if (invocation.words.length > 0) throw new D0ttinoError("usage", "ai-cli plugins outdated takes no names.");
  return show(invocation, (row) => row.status === "outdated", {
    nothing: "Nothing is outdated.",
    showsLatest: true,
  });
}

/** How a list is shown to a person. */
interface Shown {
  /** What is said when it is empty. */
  readonly nothing: string;
  /** Whether the version says what the registry has, too. */
  readonly showsLatest?: boolean;
}

async function show(
  invocation: ManagerInvocation,
  isWanted: (row: Row, keywords: () => readonly string[]) => boolean,
  { nothing, showsLatest = false }: Shown,
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
  if (rows.length === 0) {
    writeMessage(nothing);
    return 0;
  }
  const versions = ({ version, latest }: Pick<Row, "version" | "latest">): string =>
    showsLatest ? `${version ?? ""} -> ${latest ?? ""}` : (version ?? "");
  const table = tableText(rows, [
    ["NAME", (row) => row.name],
    ["KIND", (row) => row.kind],
    ["STATUS", (row) => row.status],
    ["VERSION", versions],
    ["", ({ problem, description, package: owner }) => problem ?? description ?? owner],
  ]);
  writeData(showControlCharacters(table));
  return 0;
}

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
  for (const { owner: one, fault } of (pluginStore().current()?.packages ?? []).map(asItIs)) {
    for (const entry of one.entries) {
      const { group, name } = entry;
      const problem = fault ?? knownProblem(one, entry, broken) ?? null;
      const kind = KIND_OF_GROUP[group];
      const listed = rows.get(`${kind} ${name}`);
      const known = listed?.package === one.name ? listed : undefined;
      const latest = known?.latest ?? null;
      rows.set(`${kind} ${name}`, {
        name,
        kind,
        package: one.name,
        version: one.version,
        latest,
        status: pluginStatus(one, latest, problem),
        problem,
        description: known?.description ?? null,
      });
    }
  }
  return rows.values();
}

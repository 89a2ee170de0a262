import { directories } from "@d0ttino/llm/config/directories";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import type { Finding } from "../../manager/doctor/finding.ts";
import { repairSettings } from "../../manager/doctor/settings-findings.ts";
import { storeFindings } from "../../manager/doctor/store-findings.ts";
import { readStoreState } from "../../manager/doctor/store-state.ts";
import type { TriedPlugin } from "../../manager/doctor/try-plugins.ts";
import { PluginStore } from "../../manager/store/plugin-store.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";
import { writeData } from "../../terminal/terminal.ts";
import { examine, type Examined } from "./examine.ts";
import { changeOptions } from "./manager-tools.ts";
import { registryFindings } from "./registry-findings.ts";

/** What is seen beside plug-ins. */
export interface MachineReport {
  readonly findings: readonly Finding[];
  /** What there is, by what it is. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Looks at more than plug-ins. */
export type LookAtMachine = (signal: AbortSignal) => Promise<MachineReport>;

/**
 * `ai-cli plugins doctor`: imports every plug-in in a process of its own, holds what is noted against what is there,
 * and with --fix mends it.
 */
export async function doctor(invocation: Examined, look?: LookAtMachine): Promise<number> {
  const { options, words, kind } = invocation;
  const change = changeOptions();
  let { plugins, findings } = await examine(invocation, change.signal);
  const fixed: string[] = [];
  const failed: Finding[] = [];
  if (options["fix"] === true && findings.some((one) => one.fixable)) {
    fixed.push(...repairSettings());
    const { pluginHome, syncedRecipes } = directories();
    for (const dir of [pluginHome, syncedRecipes]) {
      const state = readStoreState(dir);
      if (state === undefined || storeFindings(state).length === 0) continue;
      const { repairPlugins } = await import("../../manager/with-npm.ts");
      const outcome = await repairPlugins(new PluginStore(dir), { ...change, offline: options["offline"] === true });
      fixed.push(...outcome.done);
      failed.push(...outcome.failed.map((message) => failure(dir, message)));
    }
    ({ plugins, findings } = await examine(invocation, change.signal));
  }
  const isAll = words.length === 0 && kind === undefined;
  const machine = await look?.(change.signal);
  const registry = isAll ? await registryFindings(invocation, change.signal) : [];
  const all = [...failed, ...findings, ...registry, ...(machine?.findings ?? [])];
  const facts = machine?.facts;
  const isSound = !all.some((one) => one.level === "broken");
  if (options["json"] === true)
    writeData(
      `${JSON.stringify({ ok: isSound, ...report(plugins, all), fixed, ...(facts && { machine: facts }) }, null, 2)}\n`,
    );
  else writeData(showControlCharacters(text(plugins, all, fixed, facts)));
  return isSound ? 0 : 1;
}

function failure(about: string, message: string): Finding {
  return { area: "store", level: "broken", about, message, hint: null, fixable: false };
}

function report(plugins: readonly TriedPlugin[], findings: readonly Finding[]): object {
  return {
    plugins: plugins.flatMap(({ place, package: { name: owner, version, dir, linked }, tried }) =>
      tried.entries.map(({ group, name, message }) => ({
        name,
        kind: KIND_OF_GROUP[group],
        package: owner,
        version,
        place,
        dir,
        status: isBroken(owner, message, findings) ? "broken" : linked ? "linked" : "installed",
        problem: message ?? null,
      })),
    ),
    findings,
  };
}

function isBroken(owner: string, message: string | undefined, findings: readonly Finding[]): boolean {
  return message !== undefined && findings.some((one) => one.about === owner && one.level === "broken");
}

function text(
  plugins: readonly TriedPlugin[],
  findings: readonly Finding[],
  fixed: readonly string[],
  facts: MachineReport["facts"] = {},
): string {
  const works = plugins.filter(
    ({ package: { name }, tried }) =>
      tried.entries.every((one) => !isBroken(name, one.message, findings)) && !tried.isGone,
  );
  const names = works.map(({ package: { name, version } }) => `${name} ${version}`).join(", ");
  const lines = [
    ...fixed.map((line) => `mended   ${line}`),
    ...["broken", "warning"].flatMap((level) =>
      findings
        .filter((one) => one.level === level)
        .map(({ message, hint }) => `${level.padEnd(7)}  ${[message, hint ?? ""].join(" ").trim()}`),
    ),
    ...Object.entries(facts).map(([what, value]) => `${what.padEnd(7)}  ${value}`),
    ...(works.length > 0 ? [`works    ${names}`] : []),
  ];
  return `${(lines.length === 0 ? ["There are no plug-ins beside those that come with ai-cli, and nothing is wrong."] : lines).join("\n")}\n`;
}

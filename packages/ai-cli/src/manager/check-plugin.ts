import { existsSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { readJson } from "@d0ttino/llm/config/read-json";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { checkSdkRange } from "@d0ttino/llm/host/check-sdk-range";
import { KIND_OF_GROUP, type PluginEntry, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { readManifest } from "@d0ttino/llm/host/read-manifest";
import { buildCommand } from "./build-command.ts";
import { isProvider, providerPackage, type ProviderEntry } from "./provider-package.ts";

/** What a package is installed for. */
export interface ExpectedEntry {
  readonly kind: PluginKind;
  /** Undefined when anything of that kind will do. */
  readonly name: string | undefined;
  /** What is said of its names, where the package is a provider of the AI SDK and does not say it itself. */
  readonly providers?: readonly ProviderEntry[];
}

/**
 * What a folder brings, when it could be used: its manifest is sound, its files are there, its SDK is ours and its names
 * are free. Nothing of it is imported.
 * @param dir absolute
 * @param others the packages that it would stand beside
 * @param expected what it must bring
 * @param providers what it brings where it is a provider of the AI SDK, which does not say so itself
 * @throws D0ttinoError `install-failed`, saying what is wrong with it
 */
export async function checkPlugin(
  dir: string,
  linked: boolean,
  others: readonly PluginPackage[],
  expected?: ExpectedEntry,
  providers: readonly ProviderEntry[] = [],
): Promise<PluginPackage> {
  const found = providers.length > 0 ? readProvider(dir, providers) : readPlugin(dir, linked);
  await checkSdkRange(found);
  if (expected !== undefined && !found.entries.some((entry) => isEntry(entry, expected))) {
    throw expected.name === undefined
      ? refusal(found.name, `it brings no ${expected.kind}`, `Leave out the word ${expected.kind}s.`)
      : refusal(
          found.name,
          `it brings no ${expected.kind} "${expected.name}"`,
          "Tell the maintainers of the registry.",
        );
  }
  for (const { name, group, file, problem: fault } of found.entries) {
    if (fault !== undefined) throw refusal(found.name, fault.cause, fault.remedy);
    if (!linked && /\.[mc]?ts$/.test(file)) {
      throw refusal(found.name, `its ${file} is TypeScript`, "Build it, or link the folder: ai-cli plugins link DIR");
    }
    if (!isInside(dir, file)) throw refusal(found.name, `its file ${file} is missing`, buildAdvice(dir));
    const rival = others.find((one) => one.entries.some((entry) => entry.name === name && entry.group === group));
    if (rival !== undefined) {
      throw refusal(
        found.name,
        `the ${KIND_OF_GROUP[group]} "${name}" is ${rival.name}'s already`,
        `Remove that first: ai-cli plugins remove ${name}`,
      );
    }
  }
  return found;
}

function readPlugin(dir: string, linked: boolean): PluginPackage {
  const { package: found, problem } = readManifest(dir, linked, "must-be-plugin");
  if (found !== undefined) return found;
  const name = problem?.package ?? dir;
  if (!linked && !existsSync(join(dir, "package.json")))
    throw refusal(name, "it has no package.json", "Tell its author.");
  // What was unpacked for the check is gone when this is read.
  const cause = (problem?.cause ?? "it is no plug-in").replaceAll(linked ? "\0" : dir + sep, "");
  throw refusal(name, cause, isProvider(dir) ? PROVIDER_REMEDY : problem?.remedy);
}

const PROVIDER_REMEDY =
  "It looks like a provider of the AI SDK: docs/guide/wrap-a-provider.md shows how a registry names one.";

function readProvider(dir: string, providers: readonly ProviderEntry[]): PluginPackage {
  const names = providers.map(({ name }) => name).join(", ");
  let found: PluginPackage | undefined;
  try {
    found = providerPackage(dir, providers);
  } catch (error) {
    throw refusal(names, messageOf(error).replaceAll(dir + sep, ""), "Tell its author.");
  }
  if (found !== undefined) return found;
  throw refusal(names, "its package has no file that an import would load", "Tell the maintainers of the registry.");
}

/** Whether a package that is installed brings what it is wanted for, in the way in which it is wanted now. */
export function brings({ entries }: PluginPackage, wanted: ExpectedEntry): boolean {
  const isAny = wanted.name === undefined;
  const { providers } = wanted;
  if (providers !== undefined) return providers.every((one) => entries.some((entry) => isSameProvider(entry, one)));
  return entries.some((entry) => isEntry(entry, wanted) && (isAny || entry.adapter === undefined));
}

function isSameProvider(entry: PluginEntry, wanted: ProviderEntry): boolean {
  const traits = ["name", "adapter", "export", "apiKeyEnv", "defaultModel"] as const;
  return traits.every((key) => entry[key] === wanted[key]);
}

/** Whether an entry is that backend or recipe. */
function isEntry({ group, name }: PluginEntry, wanted: ExpectedEntry): boolean {
  return KIND_OF_GROUP[group] === wanted.kind && (wanted.name ?? name) === name;
}

function buildAdvice(dir: string): string {
  const command = buildCommand(readJson(join(dir, "package.json")) as Readonly<Record<string, unknown>>);
  return command === undefined ? "Tell its author to build it." : `It has to be built first: ${command}`;
}

/** Whether a file is there and really lies in the folder. */
function isInside(dir: string, file: string): boolean {
  const path = join(dir, file);
  return existsSync(path) && realpathSync(path).startsWith(realpathSync(dir) + sep);
}

function refusal(name: string, cause: string, remedy: string | undefined): D0ttinoError {
  return new D0ttinoError("install-failed", `${name} was not installed: ${sentence(cause)}`, {
    hint: remedy === undefined ? undefined : sentence(remedy),
  });
}

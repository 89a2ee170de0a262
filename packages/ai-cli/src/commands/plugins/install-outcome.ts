import { variable } from "@d0ttino/llm/config/environment";
import { storedKeys } from "@d0ttino/llm/config/keys-file";
import type { PluginEntry } from "@d0ttino/llm/host/plugin-package";
import type { InstallOutcome } from "../../manager/change-plugins.ts";
import type { WordOutcome } from "./each-word.ts";

/** Tells what came of installing. */
export function installOutcome({ package: found, before, isNew }: InstallOutcome): WordOutcome {
  const { name, version, entries } = found;
  const brings = entries.map((entry) => entry.name).join(", ");
  const from = before === undefined || before === version ? "" : `, in place of ${before}`;
  const text = isNew ? `is installed${from}` : "is installed already";
  const told = [`${name} ${version} ${text} (${brings}).`, ...entries.flatMap(keyAdvice)].join(" ");
  return { text: told, data: { package: name, version, before: before ?? null } };
}

/** What is left to do before a provider answers. */
function keyAdvice({ name, apiKeyEnv }: PluginEntry): string[] {
  if (apiKeyEnv === undefined || variable(apiKeyEnv) !== undefined || storedKeys().has(name)) return [];
  return [`${name} needs a key: set ${apiKeyEnv}, or store it with ai-cli keys set ${name}.`];
}

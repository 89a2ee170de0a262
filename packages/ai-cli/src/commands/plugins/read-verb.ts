import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { PLUGIN_KINDS, PLUGIN_VERBS, type PluginVerb } from "./verbs.ts";

/** Takes the words of a command line apart: a kind, if one is named, a verb, and what is behind it. */
export function readVerb([first, ...rest]: readonly string[]): {
  readonly kind: PluginKind | undefined;
  readonly name: string | undefined;
  readonly words: readonly string[];
} {
  if (first === undefined || !Object.hasOwn(PLUGIN_KINDS, first)) return { kind: undefined, name: first, words: rest };
  const [name, ...words] = rest;
  return { kind: PLUGIN_KINDS[first as keyof typeof PLUGIN_KINDS], name, words };
}

/** Whether a word is a verb. */
export function isVerb(name: string): name is PluginVerb {
  return Object.hasOwn(PLUGIN_VERBS, name);
}

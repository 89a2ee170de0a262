import { sentence } from "@d0ttino/llm/errors/message-of";
import { describeCause, type PluginProblem } from "@d0ttino/llm/host/plugin-package";
import type { Finding } from "./finding.ts";
import type { TriedEntry } from "./try-message.ts";
import type { TriedPlugin } from "./try-plugins.ts";

/** How much of what a plug-in printed is shown, in characters. */
const SHOWN = 300;

/** What Node calls the things that keep a process from ending, as people say it. */
const OPEN: Readonly<Record<string, string>> = {
  Timeout: "a timer",
  TCPServerWrap: "a server",
  TCPSocketWrap: "a connection",
  TCPWRAP: "a connection",
  UDPWRAP: "a socket",
  ProcessWrap: "a process",
  FSEventWrap: "a watched file",
  StatWatcher: "a watched file",
  MessagePort: "a worker",
  Worker: "a worker",
};

/**
 * Whether an entry fails for want of a variable that doctor kept from it: then it may well work.
 * @param withheld names of variables that are set and were not passed on
 */
export function wantsWithheld({ message = "" }: TriedEntry, withheld: readonly string[]): string | undefined {
  return withheld.find((name) => name.length > 3 && new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`).test(message));
}

/** What is wrong with a package that was imported. */
export function pluginFindings({ package: owner, tried }: TriedPlugin, withheld: readonly string[]): Finding[] {
  const about = owner.name;
  const warning = (message: string, hint: string | null): Finding => {
    return { area: "plug-in", level: "warning", about, message: sentence(message), hint, fixable: false };
  };
  const printed = shortened(tried.printed);
  const found = new Map<string, Finding>();
  for (const entry of tried.entries) {
    for (const text of entry.warnings) found.set(text, warning(text, null));
    if (entry.message === undefined) continue;
    const variable = wantsWithheld(entry, withheld);
    if (variable !== undefined) {
      const why = `plug-in ${about} (import): it reads ${variable} when it is imported, which doctor keeps from it, so whether it works is not known`;
      found.set(why, warning(why, "Tell its author to read it when it is asked."));
      continue;
    }
    const message = `${entry.message}${printed === "" ? "" : ` It printed: ${printed}`}`;
    found.set(message, { area: "plug-in", level: "broken", about, message, hint: entry.hint ?? null, fixable: false });
  }
  if (tried.isGone) {
    const message = `plug-in ${about} (import): its files are gone since it was imported: it removed itself.`;
    const hint = `Remove it: ai-cli plugins remove ${about}`;
    found.set(message, { area: "plug-in", level: "broken", about, message, hint, fixable: false });
  }
  const works = tried.entries.every((entry) => entry.message === undefined);
  if (works && printed !== "") {
    const text = `plug-in ${about} (import): it prints when it is imported: ${printed}`;
    found.set(text, warning(text, "Tell its author: nothing asked it to."));
  }
  const open = [...new Set(tried.open.flatMap((one) => OPEN[one] ?? []))];
  if (open.length > 0) {
    const text = `plug-in ${about} (import): it leaves ${open.join(" and ")} open when it is imported, so that a program does not end`;
    found.set(text, warning(text, "Tell its author: what is not asked for yet must not run."));
  }
  return [...found.values()];
}

/** What was seen without an import, as findings. What is wrong with a store itself is told with the store. */
export function problemFindings(problems: readonly PluginProblem[]): Finding[] {
  return problems
    .filter((one) => one.stage !== "index")
    .map((one) => ({
      area: "plug-in",
      level: "broken",
      about: one.package,
      message: describeCause(one),
      hint: sentence(one.remedy),
      fixable: false,
    }));
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/g, (one) => `\\${one}`);
}

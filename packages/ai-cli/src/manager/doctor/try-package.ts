import { IMPORT_TIMEOUT } from "@d0ttino/llm/host/import-entry";
import type { PluginEntry } from "@d0ttino/llm/host/plugin-package";
import { endProcess, startProgram } from "./plugin-process.ts";
import type { TriedEntry, TryMessage, TryRequest } from "./try-message.ts";

/** What came of importing a package in a process of its own. */
export interface TriedPackage {
  readonly entries: readonly TriedEntry[];
  /** The beginning of what it printed. */
  readonly printed: string;
  /** The beginning of what of that went to standard output. */
  readonly stdout: string;
  /** What it connected to, as `host:port`. */
  readonly connections: readonly string[];
  /** What keeps a process that imported it from ending, as Node calls it. */
  readonly open: readonly string[];
  /** Whether its folder was gone afterwards. */
  readonly isGone: boolean;
}

/** A module that blocks its process cannot be stopped from within; it has this long beyond the host's own limit, in ms. */
const PATIENCE = IMPORT_TIMEOUT + 2000;

/** How much of what a package prints is kept, in characters. */
const KEPT = 2000;

/** How long its output is waited for once it has ended, in milliseconds; what it started may hold it open. */
const AFTER_END = 500;

/**
 * Imports all entries of a package in a child process, which sees none of the user's keys.
 * @param programDir the folder of this program's own package
 * @throws the reason of the signal
 */
export async function tryPackage(request: TryRequest, programDir: string, signal: AbortSignal): Promise<TriedPackage> {
  signal.throwIfAborted();
  const child = startProgram("try-plugin", request, programDir);
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const tried: TriedEntry[] = [];
  const connections: string[] = [];
  let [printed, stdout, open, isGone] = ["", "", [] as readonly string[], false];
  let current: { readonly group: PluginEntry["group"]; readonly name: string } | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(0, KEPT);
      if (stream === child.stdout) stdout = (stdout + text).slice(0, KEPT);
    });
  }
  child.on("message", (value) => {
    const message = value as TryMessage;
    if (message.type === "start") current = message;
    else if (message.type === "entry") {
      tried.push(message.entry);
      current = undefined;
    } else if (message.type === "connection") connections.push(message.target);
    else {
      ({ open, isGone } = message);
      end("");
    }
  });
  child.on("error", (error) => end(`no process could be started for it: ${error.message}`));
  child.on("exit", (code, name) => end(`it ended the process with ${name ?? `exit code ${code}`}`));
  const timer = setTimeout(() => end(`it did not finish loading within ${IMPORT_TIMEOUT / 1000} seconds`), PATIENCE);
  const abort = (): void => end("");
  signal.addEventListener("abort", abort);
  const closed = new Promise((resolve) => child.on("close", resolve));
  const fault = await ended;
  clearTimeout(timer);
  signal.removeEventListener("abort", abort);
  endProcess(child);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, AFTER_END))]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.connected) child.disconnect();
  signal.throwIfAborted();
  const missing = request.package.entries.filter(
    ({ group, name }) => !tried.some((one) => one.group === group && one.name === name),
  );
  return {
    entries: [...tried, ...missing.map((one) => ({ ...one, ...untold(request, fault, one, current) }))],
    printed: printed.trim(),
    stdout: stdout.trim(),
    connections,
    open,
    isGone,
  };
}

/** An entry that the child process did not get to tell of. */
function untold(
  { package: { name: owner } }: TryRequest,
  fault: string,
  { group, name }: PluginEntry,
  current: { readonly group: PluginEntry["group"]; readonly name: string } | undefined,
): TriedEntry {
  const isCause = current === undefined || (current.group === group && current.name === name);
  return {
    group,
    name,
    message: `plug-in ${owner} (import): ${isCause ? fault : `its "${current.name}" kept this one from being imported: ${fault}`}.`,
    hint: "Remove it, or tell its author: a plug-in must neither wait for anything nor end the process.",
    warnings: [],
  };
}

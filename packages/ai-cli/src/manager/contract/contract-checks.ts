import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { KIND_OF_GROUP, type PluginEntry, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { endProcess, startProgram } from "../doctor/plugin-process.ts";
import type { ContractMessage, ContractOptions } from "./contract-message.ts";
import { failed, passed, skipped, type PackageCheck } from "./package-check.ts";
import { titleOf } from "./static-checks.ts";

/** How long a process may tell nothing, in milliseconds: it does so every second, unless its code blocks it. */
const SILENCE = 10_000;

/** How many files are named at most. */
const NAMED = 5;

/**
 * Runs the contract suite on one entry, in a process of its own whose folders are empty and go afterwards.
 * @throws the reason of the signal
 */
export async function contractChecks(
  owner: PluginPackage,
  entry: PluginEntry,
  options: ContractOptions,
  programDir: string,
  signal: AbortSignal,
): Promise<PackageCheck[]> {
  const about = titleOf(entry);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "d0ttino-contract-"));
  const [cwd, home] = [join(folder, "work"), join(folder, "home")];
  for (const dir of [cwd, home]) mkdirSync(dir);
  const isRecipe = KIND_OF_GROUP[entry.group] === "recipe";
  // A backend may need what lies in the user's folders, for example a model.
  const env: Record<string, string> = isRecipe ? { HOME: home, USERPROFILE: home } : {};
  try {
    const outcome = await runProgram({ package: owner, entry, options }, { programDir, cwd, env, signal });
    if (typeof outcome === "string") return [failed(about, "keeps the contract", outcome)];
    const checks = outcome.checks.map(({ name, ok, skipped: isSkipped, message }) =>
      isSkipped === true
        ? skipped(about, name, message ?? "")
        : { about, name, ok, skipped: false, message: message ?? null },
    );
    return [...checks, judgeConnections(about, outcome.connections), ...(isRecipe ? [judgeFiles(about, folder)] : [])];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

type End = Extract<ContractMessage, { type: "end" }>;

interface ProgramPlace {
  readonly programDir: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What the program found, or why it found nothing. */
async function runProgram(request: unknown, { programDir, cwd, env, signal }: ProgramPlace): Promise<End | string> {
  signal.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<End | string>();
  const child = startProgram("test-plugin", request, programDir, { cwd, env });
  let errors = "";
  // What it prints is a check's business; it is read so that the process can go on.
  child.stdout?.resume();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-1000);
  });
  const giveUp = (): void => resolve(`its code blocks the process for more than ${SILENCE / 1000} seconds.`);
  let timer = setTimeout(giveUp, SILENCE);
  child.on("message", (value) => {
    const message = value as ContractMessage;
    clearTimeout(timer);
    if (message.type === "end") resolve(message);
    else timer = setTimeout(giveUp, SILENCE);
  });
  child.on("error", (error) => resolve(`no process could be started for it: ${error.message}.`));
  child.on("close", (code, name) => {
    resolve(`it ended the process with ${name ?? `exit code ${code}`} while it was asked. ${errors.trim()}`.trim());
  });
  const abort = (): void => resolve("");
  signal.addEventListener("abort", abort);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    endProcess(child);
    child.stdout?.destroy();
    child.stderr?.destroy();
    if (child.connected) child.disconnect();
    signal.throwIfAborted();
  }
}

function judgeConnections(about: string, connections: readonly string[]): PackageCheck {
  const name = "asks nobody but the fake server";
  if (connections.length === 0) return passed(about, name);
  const targets = [...new Set(connections)].join(", ");
  return failed(
    about,
    name,
    `it wanted to connect to ${targets}, and was not let. Let a variable change its address (NAME_BASE_URL), or name the variable that does: --env 'MY_ADDRESS={server}'.`,
  );
}

function judgeFiles(about: string, folder: string): PackageCheck {
  const name = "writes no file while it plans";
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => !one.isDirectory())
    .map((one) => relative(folder, join(one.parentPath, one.name)));
  if (files.length === 0) return passed(about, name);
  return failed(about, name, `it wrote ${files.slice(0, NAMED).join(", ")}. Make steps of what is to be done.`);
}

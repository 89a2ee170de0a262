import { resolve } from "node:path";
import { directories } from "@d0ttino/llm/config/directories";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { BUILT_IN_NAMES } from "@d0ttino/llm/host/built-in-names";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { readRegistryFile } from "../../manager/registry/read-registry-file.ts";
import { checkPackages } from "../../manager/registry-check/check-packages.ts";
import { byLine, checkRegistryText } from "../../manager/registry-check/check-registry-text.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";
import { isTerminal, writeData, writeProgress } from "../../terminal/terminal.ts";
import { reportAsJson, reportAsLines } from "./check-report.ts";
import { changeOptions } from "./manager-tools.ts";
import { shippedRegistry } from "./shipped-registry.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { decidedEntries, openBaseline } from "./registry-baseline.ts";
import { reservedNames } from "./reserved-names.ts";

/** `ai-cli plugins registry check`: what a maintainer asks of a registry before merging a change to it. */
export async function registry(invocation: ManagerInvocation): Promise<number> {
  const [verb, file, ...names] = invocation.words;
  if (verb !== "check" || file === undefined || invocation.kind !== undefined) {
    const isOther = verb !== undefined && verb !== "check";
    const message = isOther
      ? `There is no ai-cli plugins registry ${JSON.stringify(verb)}.`
      : "Say which registry to check.";
    throw new D0ttinoError("usage", message, { hint: "ai-cli plugins registry check FILE [NAME...]" });
  }
  return check(file, names, invocation);
}

async function check(file: string, names: readonly string[], invocation: ManagerInvocation): Promise<number> {
  const { options, packageDir, commands } = invocation;
  const offline = options["offline"] === true;
  const { signal } = changeOptions();
  const path = resolve(file);
  const text = readFile(path, file);
  const shipped = shippedRegistry(packageDir);
  const against = typeof options["against"] === "string" ? options["against"] : undefined;
  const baseline = await openBaseline({ against, path, shipped, offline, signal });
  const checked = checkRegistryText(text, {
    origin: { kind: "file", path },
    reserved: reservedNames(commands),
    builtIns: BUILT_IN_NAMES,
    ours: decidedEntries(path, shipped, baseline),
    baseline,
    allowShrinking: options["allow-shrinking"] === true,
  });
  checkWords(
    names,
    checked.entries.map(({ entry }) => entry.name),
  );
  const packages = await checkPackages(checked, {
    offline,
    names,
    npmDir: directories().pluginHome,
    signal,
    onProgress: (done, total) => {
      if (isTerminal.stderr) writeProgress(`Looking at packages: ${done} of ${total}…`);
    },
  }).finally(() => {
    if (isTerminal.stderr) writeProgress("");
  });
  const findings = byLine([...checked.findings, ...packages.findings]);
  const report = { file, findings, entries: checked.entries.length, packages, offline, baseline };
  writeData(options["json"] === true ? reportAsJson(report) : showControlCharacters(reportAsLines(report)));
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function readFile(path: string, shown: string): string {
  try {
    return readRegistryFile(path);
  } catch (error) {
    throw new D0ttinoError("bad-config", `The registry ${shown} cannot be read: ${messageOf(error)}.`, {
      hint: "Name the file, as in ai-cli plugins registry check plugin-registry.json",
      cause: error,
    });
  }
}

function checkWords(names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(normalizeName(name)));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new D0ttinoError("unknown-plugin", `The file has no sound entry ${JSON.stringify(unknown)}.`, {
    hint: near === undefined ? "Without a name the packages of all are looked at." : `Did you mean "${near}"?`,
  });
}

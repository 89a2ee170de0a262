import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { directories } from "@d0ttino/llm/config/directories";
import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { sentence } from "@d0ttino/llm/errors/message-of";
import { BUILT_IN_NAMES } from "@d0ttino/llm/host/built-in-names";
import { checkPublication, type CheckedPublication } from "../../manager/registry-check/check-publication.ts";
import type { PackedFolder } from "../../manager/registry-check/pack-folder.ts";
import type { PublishedPackage } from "../../manager/registry-check/published-package.ts";
import { readRegistryFile } from "../../manager/registry/read-registry-file.ts";
import { writeData, writeMessage } from "../../terminal/terminal.ts";
import { changeOptions } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { openBaseline } from "./registry-baseline.ts";
import { reservedNames } from "./reserved-names.ts";
import { shippedRegistry } from "./shipped-registry.ts";

/** Whether npm has this very version: the package, `no` when it has not, or why that is not known. */
type Publication = PublishedPackage | "no" | { readonly unknown: string };

/** `ai-cli plugins publish --check`: what a registry's maintainer will ask, and the entry to ask for. */
export async function publish(invocation: ManagerInvocation): Promise<number> {
  const { words, options } = invocation;
  if (words.length > 1) throw new D0ttinoError("usage", "Name one folder, or none for the one you are in.");
  if (options["check"] !== true) {
    throw new D0ttinoError("usage", "ai-cli publishes nothing itself: npm publish does.", {
      hint: "ai-cli plugins publish --check says before and after it whether a registry would take the plug-in.",
    });
  }
  const dir = resolve(words[0] ?? ".");
  if (!existsSync(join(dir, "package.json"))) {
    throw new D0ttinoError("usage", `${dir} holds no package.json.`, {
      hint: "Name the folder of the plug-in: ai-cli plugins publish --check DIR",
    });
  }
  const { signal } = changeOptions();
  const { packFolder } = await import("../../manager/with-npm.ts");
  const npmDir = directories().pluginHome;
  const folder = await packFolder(dir, npmDir);
  const publication = await askForVersion(folder, options["offline"] === true, npmDir, signal);
  const checked = await hold(folder, publication, invocation, signal);
  const { findings, addition } = checked;
  const isRefused = findings.some(({ severity }) => severity === "error");
  const isPublished = typeof publication === "object" && "packed" in publication;
  if (options["json"] === true) {
    const { name, version, integrity, bytes } = folder;
    const published = isPublished ? true : publication === "no" ? false : null;
    writeData(
      `${JSON.stringify({ package: name, version, integrity, bytes, published, entry: addition, findings }, null, 2)}\n`,
    );
  } else {
    for (const { severity, rule, what, fix } of findings) {
      writeMessage(`${severity}: ${sentence(what)} ${sentence(fix)} [${rule}]`);
    }
    writeMessage(verdict(folder, publication, isRefused));
    if (!isRefused) writeData(`${JSON.stringify(addition, null, 2)}\n`);
  }
  return isRefused ? 1 : 0;
}

async function askForVersion(
  { name, version }: PackedFolder,
  offline: boolean,
  dir: string,
  signal: AbortSignal,
): Promise<Publication> {
  if (offline) return { unknown: "npm was not asked: --offline" };
  const { askNpm } = await import("../../manager/with-npm.ts");
  try {
    const found = await askNpm(`${name}@${version}`, { dir, signal });
    if ("packed" in found) return found;
    return found.rule === "no-package" || found.rule === "no-version" ? "no" : { unknown: found.why };
  } catch (error) {
    signal.throwIfAborted();
    if (!isD0ttinoError(error)) throw error;
    return { unknown: error.message.replace(/\.$/, "") };
  }
}

async function hold(
  folder: PackedFolder,
  publication: Publication,
  { packageDir, commands }: ManagerInvocation,
  signal: AbortSignal,
): Promise<CheckedPublication> {
  const shipped = shippedRegistry(packageDir);
  const baseline = await openBaseline({ against: shipped, path: "", shipped, offline: true, signal });
  return checkPublication(folder, {
    registryText: readRegistryFile(shipped),
    published: typeof publication === "object" && "packed" in publication ? publication : undefined,
    origin: { kind: "shipped", path: shipped },
    reserved: reservedNames(commands),
    builtIns: BUILT_IN_NAMES,
    ours: baseline?.entries ?? [],
    baseline,
  });
}

function verdict({ name, version }: PackedFolder, publication: Publication, isRefused: boolean): string {
  const what = `${name} ${version}`;
  if (isRefused) return `${what} would not be taken into a registry.`;
  if (publication === "no") {
    return `${what} is good, and not published yet: npm publish does that. Then run this again, and add this to plugin-registry.json:`;
  }
  if ("unknown" in publication) {
    return `${what} is good as far as can be seen (${publication.unknown}). When it is published as it is now, this is its entry:`;
  }
  return `${what} is good, and published as it is here. Add this to plugin-registry.json in a pull request:`;
}

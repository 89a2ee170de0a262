import { checkSdkRange } from "@d0ttino/llm/host/check-sdk-range";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { locateEntry } from "@d0ttino/llm/host/import-entry";
import { isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { KIND_OF_GROUP, type PluginEntry, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { readManifest } from "@d0ttino/llm/host/read-manifest";
import { failed, passed, type PackageCheck } from "./package-check.ts";

const SOUND = "package.json says what it brings";

/** What can be said of a folder without running its code; the package is undefined when it is none. */
export async function staticChecks(
  dir: string,
): Promise<{ readonly package?: PluginPackage; readonly checks: readonly PackageCheck[] }> {
  const { package: found, problem } = readManifest(dir, true, "must-be-plugin");
  if (found === undefined) {
    const told = problem === undefined ? "it is no plug-in." : `${sentence(problem.cause)} ${sentence(problem.remedy)}`;
    return { checks: [failed("package", SOUND, told)] };
  }
  const faulty = found.entries.find((entry) => entry.problem !== undefined);
  const manifest =
    faulty?.problem === undefined
      ? passed("package", SOUND)
      : failed("package", SOUND, `${sentence(faulty.problem.cause)} ${sentence(faulty.problem.remedy)}`);
  const range = await tryTo("package", "works with this SDK", () => checkSdkRange(found));
  const sound = found.entries.filter((entry) => entry.problem === undefined);
  const files = await Promise.all(
    sound.map((entry) => tryTo(titleOf(entry), "has its file in the package", async () => locateEntry(found, entry))),
  );
  return { package: { ...found, entries: sound }, checks: [manifest, range, ...files] };
}

/** An entry in the words of a report. */
export function titleOf({ group, name }: Pick<PluginEntry, "group" | "name">): string {
  return `${KIND_OF_GROUP[group]} "${name}"`;
}

async function tryTo(about: string, name: string, work: () => Promise<unknown>): Promise<PackageCheck> {
  try {
    await work();
    return passed(about, name);
  } catch (error) {
    return failed(about, name, [messageOf(error), (isD0ttinoError(error) && error.hint) || ""].join(" ").trim());
  }
}

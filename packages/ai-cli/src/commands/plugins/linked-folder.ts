import { sentence } from "@d0ttino/llm/errors/message-of";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { readManifest } from "@d0ttino/llm/host/read-manifest";

/** A package of the plug-in home. */
interface PackageAsItIs {
  readonly owner: PluginPackage;
  /** Why its folder is no plug-in's any more, and what to do. */
  readonly fault?: string;
}

/** A linked package as its folder has it now, or as it was when it was linked and what is wrong with its folder. */
export function asItIs(owner: PluginPackage): PackageAsItIs {
  if (!owner.linked) return { owner };
  const { package: found, problem } = readManifest(owner.dir, true, "must-be-plugin");
  if (found !== undefined) return { owner: found };
  const cause = sentence(problem?.cause ?? "it is no plug-in");
  return { owner, fault: `${cause} Mend it, or use it no more: ai-cli plugins unlink ${owner.name}` };
}

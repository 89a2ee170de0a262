import { isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { Finding } from "../../manager/doctor/finding.ts";
import { loadRegistry } from "../../manager/registry/load-registry.ts";
import { shippedRegistry } from "./shipped-registry.ts";
import type { Examined } from "./examine.ts";

/** How long the registry's server is waited for, in milliseconds: whoever asks doctor sits before it. */
const TIMEOUTS = { head: 2000, total: 3000 };

/** Whether the registry can be reached and used. Without it installed plug-ins work, so it is a warning. */
export async function registryFindings({ options, packageDir }: Examined, signal: AbortSignal): Promise<Finding[]> {
  const found: Finding[] = [];
  const warn = (message: string, hint: string | null): void => {
    found.push({
      area: "registry",
      level: "warning",
      about: "registry",
      message: sentence(message),
      hint,
      fixable: false,
    });
  };
  if (options["offline"] === true) return [];
  try {
    await loadRegistry({
      update: true,
      shipped: shippedRegistry(packageDir),
      timeouts: TIMEOUTS,
      signal,
      onWarning: (line) => warn(line, null),
    });
  } catch (error) {
    signal.throwIfAborted();
    warn(messageOf(error), isD0ttinoError(error) ? (error.hint ?? null) : null);
  }
  return found;
}

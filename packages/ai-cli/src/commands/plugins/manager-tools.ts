import { directories } from "@d0ttino/llm/config/directories";
import { loadRegistry } from "../../manager/registry/load-registry.ts";
import type { Registry } from "../../manager/registry/registry.ts";
import { PluginStore, type ChangeOptions } from "../../manager/store/plugin-store.ts";
import { writeMessage, writeProgress } from "../../terminal/terminal.ts";
import type { Invocation } from "../command.ts";
import { Interruption } from "../interruption.ts";
import { shippedRegistry } from "./shipped-registry.ts";

/** The plug-in home. */
export function pluginStore(): PluginStore {
  return new PluginStore(directories().pluginHome);
}

/**
 * The registry, as the options want it.
 * @throws D0ttinoError
 */
export function openRegistry({ options, packageDir }: Invocation, signal: AbortSignal): Promise<Registry> {
  return loadRegistry({
    update: options["update"] === true,
    offline: options["offline"] === true,
    shipped: shippedRegistry(packageDir),
    onWarning: writeMessage,
    signal,
  });
}

/** How long a change may take to end after Ctrl-C, in milliseconds. */
const GRACE = 300;

/** How a change is made at the command line: Ctrl-C stops it, and another process's is waited for, which is told. */
export function changeOptions(): ChangeOptions {
  // npm's installer cannot be told to stop; what it has begun is cleared away by the next change.
  const interruption = new Interruption(GRACE);
  interruption.listen();
  // What is cut short must not leave its progress before the shell's next prompt.
  process.once("exit", () => writeProgress(""));
  return {
    signal: interruption.signal,
    onWait: () => writeMessage("Another ai-cli changes the plug-ins; waiting for it."),
  };
}

import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import type { Command, Invocation } from "../command.ts";

/** What a verb of the plug-in manager is given. */
export interface ManagerInvocation extends Invocation {
  /** The one kind that counts; undefined when both do. */
  readonly kind: PluginKind | undefined;
  /** All commands of the program. */
  readonly commands: readonly Command[];
}

import type { PlaceName } from "@d0ttino/llm/host/places";
import type { PluginEntry, PluginPackage } from "@d0ttino/llm/host/plugin-package";

/** What the program is given as its one argument, in JSON. */
export interface TryRequest {
  readonly place: PlaceName;
  readonly package: PluginPackage;
}

/** What came of importing one entry; its message and what to do are undefined when it works. */
export interface TriedEntry {
  readonly group: PluginEntry["group"];
  readonly name: string;
  readonly message?: string;
  readonly hint?: string | undefined;
  /** What it does besides that its author should mend. */
  readonly warnings: readonly string[];
}

/** The message that the program sends: one entry after the other, then what the whole left behind. */
export type TryMessage =
  | { readonly type: "start"; readonly group: PluginEntry["group"]; readonly name: string }
  | { readonly type: "entry"; readonly entry: TriedEntry }
  | { readonly type: "end"; readonly open: readonly string[]; readonly isGone: boolean };

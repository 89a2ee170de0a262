import type { SdkLocation } from "@d0ttino/llm/host/sdk-resolver";
import type { PlaceName } from "@d0ttino/llm/host/places";
import type { PluginEntry, PluginPackage } from "@d0ttino/llm/host/plugin-package";

/** What the program is given as its one argument, in JSON. */
export interface TryRequest {
  readonly place: PlaceName;
  readonly package: PluginPackage;
  /** The copy of the SDK that its imports get; without it, this program's. */
  readonly sdk?: SdkLocation | undefined;
}

/** What came of importing one entry; its message and what to do are undefined when it works. */
export interface TriedEntry {
  readonly group: PluginEntry["group"];
  readonly name: string;
  readonly message?: string;
  readonly hint?: string | undefined;
  /** What it does besides that its author should mend. */
  readonly warnings: readonly string[];
  /** How long the import took, in milliseconds; the first one of a module counts. */
  readonly ms?: number;
}

/** The message that the program sends: one entry after the other, then what the whole left behind. */
export type TryMessage =
  | { readonly type: "start"; readonly group: PluginEntry["group"]; readonly name: string }
  | { readonly type: "entry"; readonly entry: TriedEntry }
  | { readonly type: "connection"; readonly target: string }
  | { readonly type: "end"; readonly open: readonly string[]; readonly isGone: boolean };

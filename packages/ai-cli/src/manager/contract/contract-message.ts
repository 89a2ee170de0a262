import type { ContractCheck } from "@d0ttino/plugin-sdk/testing";
import type { PluginEntry, PluginPackage } from "@d0ttino/llm/host/plugin-package";

/** How the plug-in is to be asked, where its author says so. */
export interface ContractOptions {
  /** Variables for it; `{server}` in one stands for the address of the fake server. */
  readonly env: Readonly<Record<string, string>>;
  /** Goals that the recipe has steps for; without them, any. */
  readonly goals: readonly string[];
  /** The model to ask the backend for. */
  readonly model: string | undefined;
}

/** What the program is given as its one argument, in JSON. */
export interface ContractRequest {
  readonly package: PluginPackage;
  readonly entry: PluginEntry;
  readonly options: ContractOptions;
}

/** The messages that the program sends: that it can still be reached, then what came of the checks. */
export type ContractMessage =
  | { readonly type: "alive" }
  | {
      readonly type: "end";
      readonly checks: readonly ContractCheck[];
      /** What it wanted to connect to beside this machine. */
      readonly connections: readonly string[];
    };

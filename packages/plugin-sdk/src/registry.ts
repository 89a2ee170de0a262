import type { ModelFile } from "./model-files.ts";

/** What kind of thing a plug-in brings. */
export type PluginKind = "backend" | "recipe";

/** One call of `registerBackend` or `registerRecipe`, as it came. */
export interface Registration {
  readonly kind: PluginKind;
  /** The name in its stored (lower-case) form. */
  readonly name: string;
  readonly value: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  /** The package that was being imported, or undefined when the running program itself registered. */
  readonly owner: string | undefined;
}

/**
 * The state that all copies of the SDK in one process share. It lives in a global slot because a plug-in may
 * bundle a copy of its own, or load the SDK both as ES module and as CommonJS.
 */
export interface Registry {
  readonly version: 1;
  readonly registrations: Map<string, Registration>;
  /** Set by the host: names the package whose code is running, so that a registration is put down to it. */
  currentOwner?: (() => string | undefined) | undefined;
  /** Set by the host: the model files on this machine. */
  modelFiles?: (() => readonly ModelFile[]) | undefined;
}

const SLOT = Symbol.for("@d0ttino/plugin-sdk/registry@1");

/** The process-wide registry, made on first use. For hosts; plug-ins call `registerBackend` and `registerRecipe`. */
export function registry(): Registry {
  const slots = globalThis as { [SLOT]?: Registry };
  return (slots[SLOT] ??= { version: 1, registrations: new Map() });
}

/** Records a registration; the last one of an owner for a name counts. */
export function record(registration: Omit<Registration, "owner">): void {
  const shared = registry();
  const owner = shared.currentOwner?.();
  shared.registrations.set(registrationKey(registration.kind, registration.name, owner), { ...registration, owner });
}

/** The registration of a name by one owner, or undefined. */
export function findRegistration(kind: PluginKind, name: string, owner: string | undefined): Registration | undefined {
  return registry().registrations.get(registrationKey(kind, name, owner));
}

function registrationKey(kind: PluginKind, name: string, owner: string | undefined): string {
  return `${kind}\n${name}\n${owner ?? ""}`;
}

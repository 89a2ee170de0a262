import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { Command, Invocation } from "../command.ts";

/** What a verb of the plug-in manager is given. */
export interface ManagerInvocation extends Invocation {
  /** The one kind that counts; undefined when both do. */
  readonly kind: PluginKind | undefined;
  /** All commands of the program. */
  readonly commands: readonly Command[];
}

type Verb = (invocation: ManagerInvocation) => Promise<number>;

const VERBS = new Map<string, () => Promise<Verb>>([
  ["list", async () => (await import("./list.ts")).list],
  ["search", async () => (await import("./list.ts")).search],
  ["outdated", async () => (await import("./list.ts")).outdated],
  ["install", async () => (await import("./install.ts")).install],
  ["remove", async () => (await import("./remove.ts")).remove],
  ["unlink", async () => (await import("./remove.ts")).unlink],
  ["link", async () => (await import("./link.ts")).link],
  ["update", async () => (await import("./update.ts")).update],
  ["sync", async () => (await import("./sync.ts")).sync],
  ["registry", async () => (await import("./registry.ts")).registry],
  ["info", async () => (await import("./info.ts")).info],
  ["reset", async () => (await import("./reset.ts")).reset],
  ["doctor", async () => (await import("./doctor.ts")).doctor],
  ["rollback", async () => (await import("./rollback.ts")).rollback],
]);

const KINDS = new Map<string | undefined, PluginKind>([
  ["backends", "backend"],
  ["recipes", "recipe"],
]);

/** `ai-cli plugins`: finds the verb, which loads what it needs. */
export async function plugins(invocation: Invocation, commands: readonly Command[]): Promise<number> {
  const kind = KINDS.get(invocation.words[0]);
  const [name, ...words] = kind === undefined ? invocation.words : invocation.words.slice(1);
  if (invocation.options["dest"] !== undefined && name !== "sync") {
    throw new D0ttinoError("usage", "--dest goes with ai-cli plugins recipes sync.");
  }
  if ((invocation.options["against"] ?? invocation.options["allow-shrinking"]) !== undefined && name !== "registry") {
    throw new D0ttinoError("usage", "--against and --allow-shrinking go with ai-cli plugins registry check.");
  }
  if (invocation.options["fix"] !== undefined && name !== "doctor") {
    throw new D0ttinoError("usage", "--fix goes with ai-cli plugins doctor.");
  }
  const load = name === undefined ? undefined : VERBS.get(name);
  if (load !== undefined) return (await load())({ ...invocation, words, kind, commands });
  const known = [...VERBS.keys()];
  const near = name === undefined ? undefined : nearest(name, known);
  throw new D0ttinoError(
    "usage",
    name === undefined ? "Say what to do with plug-ins." : `There is no ai-cli plugins ${JSON.stringify(name)}.`,
    { hint: near === undefined ? `One of: ${known.join(", ")}.` : `Did you mean "${near}"?` },
  );
}

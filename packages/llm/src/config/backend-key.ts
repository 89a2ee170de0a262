import { BackendError } from "@d0ttino/plugin-sdk/host";
import { isD0ttinoError } from "../errors/d0ttino-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { resolveKey } from "./keys-file.ts";

/** What is known of a backend's key. */
export interface KeyNeed {
  /** The backend. */
  readonly name: string;
  /** The variable that holds it, where the backend has one. */
  readonly apiKeyVariable?: string | undefined;
  /** True when nothing works without it. */
  readonly needsKey: boolean;
}

/**
 * The API key of a backend that is about to be asked; undefined when it has none and needs none. A key that is stored as
 * a reference is resolved here, and so only for the backend in use.
 * @throws BackendError `missing-key`, saying how to set it
 */
export async function backendKey({ name, apiKeyVariable, needsKey }: KeyNeed): Promise<string | undefined> {
  const key = await resolve(name, apiKeyVariable);
  if (!needsKey || key !== undefined) return key;
  const hint = `Set ${apiKeyVariable}, or store it: ai-cli keys set ${name}`;
  throw new BackendError("no API key is set", { kind: "missing-key", hint });
}

async function resolve(name: string, apiKeyVariable: string | undefined): Promise<string | undefined> {
  try {
    return await resolveKey(name, apiKeyVariable);
  } catch (error) {
    const hint = isD0ttinoError(error) ? error.hint : undefined;
    throw new BackendError(messageOf(error), { kind: "missing-key", hint });
  }
}

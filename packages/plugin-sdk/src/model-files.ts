import { registry } from "./registry.ts";

/** The weights of a model on this machine's disk, as `ai-cli models` keeps them. */
export interface ModelFile {
  /** As a user types it. */
  readonly name: string;
  /** The file, absolute. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * The model files that `ai-cli models pull` and `models add` brought to this machine, the newest first. For backends
 * that run models themselves. Empty outside a host.
 */
export function modelFiles(): readonly ModelFile[] {
  return registry().modelFiles?.() ?? [];
}

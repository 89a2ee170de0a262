import type { DownloadTimeouts, Progress } from "../network/download-options.ts";
import type { FreeSpace } from "./free-space.ts";
import type { ModelWork } from "./with-model-lock.ts";

/** What is about to be downloaded. */
export interface DownloadStart {
  /** The URL or the package. */
  readonly from: string;
  /** The size of all in bytes, where it is known. */
  readonly bytes: number | undefined;
  /** How many of them are here already. */
  readonly done: number;
}

/** How a model is brought. */
export interface ModelFetch extends ModelWork {
  onProgress?(progress: Progress): void;
  /** Called once, when there is something to download. */
  onStart?(start: DownloadStart): void;
  /** For tests: how long servers are waited for. */
  readonly timeouts?: DownloadTimeouts;
  /** For tests: how much room there is. */
  readonly freeSpace?: FreeSpace;
}

/** A model that was added, or that had been before. */
export interface AddedModel {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Null for a file that was not copied. */
  readonly sha256: string | null;
  /** The URL or the path that it came from. */
  readonly source: string;
  readonly licence: string | null;
  /** How it got here. */
  readonly kind: "linked" | "copied" | "downloaded";
  readonly wasThere: boolean;
}

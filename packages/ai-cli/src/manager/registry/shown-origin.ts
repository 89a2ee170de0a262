import { shownUrl } from "@d0ttino/llm/network/download-url";
import type { RegistryOrigin } from "./registry.ts";

/** What a registry is called in messages. What stands behind a question mark may be a secret. */
export function shownOrigin(origin: RegistryOrigin): string {
  return origin.kind === "url" ? shownUrl(origin.url) : origin.path;
}

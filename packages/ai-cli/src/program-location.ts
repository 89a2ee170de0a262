import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { libraryLocation, type LibraryLocation } from "@d0ttino/llm/host/library-location";

/** Where this program's own code lies on disk. */
export function programLocation(): LibraryLocation {
  // The SDK lies beside this module, in the bundle as in the sources.
  const extension = import.meta.filename.endsWith(".ts") ? ".ts" : ".js";
  const beside = (name: string): string => pathToFileURL(join(import.meta.dirname, `${name}${extension}`)).href;
  return libraryLocation(import.meta.dirname, 1, () => ({
    main: beside("plugin-sdk"),
    testing: beside("plugin-sdk-testing"),
  }));
}

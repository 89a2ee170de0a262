import { libraryLocation, type LibraryLocation } from "@d0ttino/llm/host/library-location";

/** Where this program's own code lies on disk. */
export function programLocation(): LibraryLocation {
  // The SDK lies beside this module, in the bundle as in the sources.
  const beside = (name: string): string =>
    new URL(`${name}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url).href;
  return libraryLocation(import.meta.url, 1, () => ({
    main: beside("plugin-sdk"),
    testing: beside("plugin-sdk-testing"),
  }));
}

import { BackendError } from "@d0ttino/plugin-sdk/host";

/**
 * Reads the address where a backend's API begins.
 * @param origin where it was set, for the advice
 * @throws BackendError `invalid-request` when it is no http or https URL
 */
export function readBaseUrl(text: string, origin: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  // A single word is not repeated: it may be the key, put into the wrong variable.
  const told = /[./:]/.test(text) ? JSON.stringify(withoutUser(text)) : "the base URL";
  throw new BackendError(`${told} is not an http or https URL`, {
    kind: "invalid-request",
    hint: `Correct ${origin}.`,
  });
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

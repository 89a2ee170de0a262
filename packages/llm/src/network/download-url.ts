import { DownloadFailure } from "./download-failure.ts";

/**
 * Reads the address of a file.
 * @param shown what to call it in messages
 * @throws DownloadFailure when it is not http or https, or holds a password: none is ever sent
 */
export function downloadUrl(text: string, shown = text): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new DownloadFailure(`${shown} is not an http or https URL`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new DownloadFailure("the URL holds a user name or a password, which are never sent");
  }
  return url;
}

/** An address as it is stored and shown: what stands behind a question mark may be a secret. */
export function shownUrl(url: URL): string {
  return url.origin + url.pathname;
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { variable } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { downloadUrl } from "@d0ttino/llm/network/download-url";
import { isSafeUrl } from "./safe-url.ts";

/** The registry of this project. */
export const DEFAULT_REGISTRY_URL = "https://raw.githubusercontent.com/d0tTino/d0tTino/main/plugin-registry.json";

/** Where the registry is: at an address, or in a file of this machine. */
export type RegistryLocation =
  | { readonly kind: "url"; readonly url: URL }
  | { readonly kind: "file"; readonly path: string };

/**
 * Where a registry is: a URL, or a path that may be relative to a folder, without one to the current directory.
 * @throws Error, saying why it is no address that may be asked
 */
export function readLocation(wanted: string, cwd?: string): RegistryLocation {
  if (/^file:/i.test(wanted)) return { kind: "file", path: fileURLToPath(wanted) };
  // A single letter before a colon is a drive.
  if (!/^(?:https?:|[a-z][a-z0-9+.-]+:\/\/)/i.test(wanted)) return { kind: "file", path: resolve(cwd ?? "", wanted) };
  const url = downloadUrl(wanted, "it");
  url.hash = "";
  if (!isSafeUrl(url)) throw new Error("it is an http URL, and only https is safe beyond this machine");
  return { kind: "url", url };
}

/**
 * Where the registry is that the user wants: `PLUGIN_REGISTRY_URL`, or the default one. A path may be relative to the
 * current directory, since the user names it.
 * @throws D0ttinoError `bad-config` when it is no address that may be asked
 */
export function registryLocation(cwd?: string): RegistryLocation {
  const wanted = variable("PLUGIN_REGISTRY_URL");
  if (wanted === undefined) return { kind: "url", url: new URL(DEFAULT_REGISTRY_URL) };
  try {
    return readLocation(wanted, cwd);
  } catch (error) {
    throw new D0ttinoError("bad-config", `PLUGIN_REGISTRY_URL cannot be used: ${messageOf(error)}.`, {
      hint: "Set it to an https URL or the path of a file, or unset it for the registry of this project.",
      cause: error,
    });
  }
}

/** Whether an address is that of the default registry, whatever stands behind a question mark. */
export function isDefaultRegistry({ origin, pathname }: URL): boolean {
  return origin + pathname === DEFAULT_REGISTRY_URL;
}

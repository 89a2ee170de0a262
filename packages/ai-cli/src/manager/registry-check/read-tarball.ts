import { posix } from "node:path";
import { Parser, type ReadEntry } from "tar";
import { LARGEST_TEXT, readManifestText, type PackedPackage } from "./packed-package.ts";

/** What is kept of its texts, in bytes. */
const MOST_TEXT = 64 * 1024 * 1024;

/**
 * Looks into the tarball of a package without unpacking it.
 * @param bytes a tarball that was inspected
 * @throws Error when it holds no package.json that can be read
 */
export async function readTarball(bytes: Buffer): Promise<PackedPackage> {
  const files = new Map<string, string | undefined>();
  let kept = 0;
  const parser = new Parser();
  const { promise: end, resolve, reject } = Promise.withResolvers<void>();
  parser.on("entry", (entry: ReadEntry) => {
    // npm takes the first folder away, whatever it is called.
    const path = posix.normalize(entry.path.split("/").slice(1).join("/"));
    if (entry.type.endsWith("File")) files.set(path, undefined);
    const isText = files.has(path) && /(?:\.[mc]?js|^package\.json)$/.test(path);
    if (!isText || entry.size > LARGEST_TEXT || kept + entry.size > MOST_TEXT) {
      entry.resume();
      return;
    }
    kept += entry.size;
    const chunks: Buffer[] = [];
    entry.on("data", (chunk: Buffer) => chunks.push(chunk));
    entry.on("end", () => files.set(path, Buffer.concat(chunks).toString("utf8")));
  });
  parser.on("error", reject);
  parser.on("end", resolve);
  parser.end(bytes);
  await end;
  const text = files.get("package.json");
  if (text === undefined) throw new Error("it has no package.json");
  return { manifest: readManifestText(text), has: (path) => files.has(path), textOf: (path) => files.get(path) };
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/**
 * The SHA-256 of a whole file, in hexadecimal.
 * @throws the system's error, and the reason of the signal
 */
export async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted();
    hash.update(bytes as Buffer);
  }
  return hash.digest("hex");
}

import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { GgufReader } from "./gguf-reader.ts";

/** How every such file begins. */
const MAGIC = "GGUF";

/** How much of a file is read, in bytes: what is looked for stands at its beginning. */
export const HEADER_BYTES = 64 * 1024;

/** What a model says of itself. What it does not say is absent. */
export interface GgufHeader {
  readonly version: number;
  readonly name?: string;
  readonly licence?: string;
  readonly architecture?: string;
}

/** Says what is wrong with the first four bytes of a file, or undefined when they are those of a model. */
export function ggufProblem(start: Buffer): string | undefined {
  const text = start.toString("latin1");
  if (text === MAGIC) return undefined;
  if (start.length === 0) return "is empty";
  const isPage = /^\s*</.test(text);
  return isPage ? "is a web page and no GGUF file" : "is no GGUF file: it does not begin with those four letters";
}

/**
 * Reads the header of a model.
 * @param start the beginning of the file, `HEADER_BYTES` of it or all
 * @param isWhole whether that is all
 * @param shown what to call the file in messages
 * @throws D0ttinoError `bad-model`
 */
export function readGgufHeader(start: Buffer, isWhole: boolean, shown: string): GgufHeader {
  const problem = ggufProblem(start.subarray(0, MAGIC.length));
  if (problem !== undefined) throw badModel(`${shown} ${problem}.`);
  const cut = badModel(`${shown} is cut off: it ends within its header.`, "Download or copy it again.");
  const reader = new GgufReader(start, MAGIC.length);
  const version = reader.uint32();
  if (version === undefined) throw cut;
  // Older ones, and those of machines that put the high byte first, are laid out in another way.
  if (version < 2 || version > 0xff_ff) return { version };
  reader.uint64();
  const count = reader.uint64() ?? 0;
  const texts: Record<string, string> = {};
  for (let at = 0; at < count; at += 1) {
    const key = reader.text();
    const value = reader.value();
    if (key === undefined || value === undefined) break;
    if (key.startsWith("general.") && typeof value === "string") texts[key] = value;
  }
  if (reader.isPastEnd && isWhole) throw cut;
  const { "general.name": name, "general.license": licence, "general.architecture": architecture } = texts;
  return {
    version,
    ...(name === undefined ? {} : { name }),
    ...(licence === undefined ? {} : { licence }),
    ...(architecture === undefined ? {} : { architecture }),
  };
}

/** The error for a file that is no model. */
export function badModel(
  message: string,
  hint = "Only GGUF files can be used; most models are offered as such, too.",
): D0ttinoError {
  return new D0ttinoError("bad-model", message, { hint });
}

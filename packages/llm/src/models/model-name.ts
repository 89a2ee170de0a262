import { isValidName, NAME_RULE, normalizeName } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { GGUF } from "./model-files.ts";

/** The length of the longest name. */
const LONGEST = 64;

/**
 * The name under which a model is kept.
 * @throws D0ttinoError `usage` when it cannot be one
 */
export function modelName(given: string): string {
  if (isValidName(given)) return normalizeName(given);
  throw new D0ttinoError("usage", `${JSON.stringify(given)} cannot be the name of a model.`, {
    hint: `A name has ${NAME_RULE}.`,
  });
}

/**
 * The name that a model gets from its file.
 * @param file the last part of a path or of a URL
 * @throws D0ttinoError `usage` when nothing is left of it
 */
export function nameFromFile(file: string): string {
  const stem = file.toLowerCase().endsWith(GGUF) ? file.slice(0, -GGUF.length) : file;
  const name = stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, LONGEST)
    .replace(/(?<![.-])[.-]+$/, "");
  if (isValidName(name)) return name;
  throw new D0ttinoError("usage", `No name can be made from ${JSON.stringify(file)}.`, {
    hint: "Give the model one: --name NAME",
  });
}

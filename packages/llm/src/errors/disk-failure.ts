import { D0ttinoError, isD0ttinoError } from "./d0ttino-error.ts";
import { codeOf, messageOf } from "./message-of.ts";

const FULL: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EFBIG: "it is larger than files may be here (ulimit -f)",
};

/**
 * What a system error means that a file or folder could not be written for.
 * An error that says so already stays as it is.
 * @param file the path, for the message
 * @param hint what to do about a full disk; about other causes the message says enough
 */
export function diskFailure(error: unknown, file: string, hint = "Make room and try again."): D0ttinoError {
  if (isD0ttinoError(error)) return error;
  const full = FULL[codeOf(error) ?? ""];
  return new D0ttinoError("io-failed", `${file} cannot be written: ${full ?? messageOf(error)}.`, {
    hint: full === undefined ? "Check that the folder can be written." : hint,
    cause: error,
  });
}

import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";

const TOLD: Readonly<Record<string, readonly [cause: string, remedy: string]>> = {
  E404: ["the registry of npm has no such package", "Check its name."],
  ETARGET: ["it has no such version", "Name another, or none for the latest."],
  ENOVERSIONS: ["it has no versions", "Tell its author."],
  E401: ["the registry of npm asks for a login", "Run npm login, or check the token in your .npmrc."],
  E403: ["the registry of npm does not allow it", "Check the token in your .npmrc."],
  ENOTCACHED: ["it is not in npm's cache, and nothing may be asked for with --offline", "Try again without --offline."],
  EINTEGRITY: [
    "what came is not what the registry of npm promised",
    "Somebody may have changed it on the way; do not install it.",
  ],
  ENOTFOUND: ["the registry of npm cannot be reached", "Check the network connection."],
  EAI_AGAIN: ["the registry of npm cannot be reached", "Check the network connection."],
  ECONNREFUSED: ["the registry of npm cannot be reached", "Check the network connection, and registry in your .npmrc."],
  ECONNRESET: ["the connection to the registry of npm broke", "Try again."],
  ETIMEDOUT: ["the registry of npm did not answer in time", "Try again."],
  EBADENGINE: ["it, or a package that it needs, does not run on this version of Node", "Use a newer version of Node."],
  ERESOLVE: ["its dependencies contradict each other", "Tell its author."],
  EINVALIDTAGNAME: ["that is no version", "Name one such as 1.2.3, ^1 or latest."],
  EINVALIDPACKAGENAME: ["that is no name of a package", "Check its name."],
  ENOSPC: ["the disk is full", "Make room and try again."],
};

/** The error for a package that could not be installed, in the words of this project. */
export function installFailure(what: string, error: unknown): D0ttinoError {
  if (isD0ttinoError(error)) return error;
  const [cause, remedy] = TOLD[codeOf(error) ?? ""] ?? [messageOf(error), undefined];
  return new D0ttinoError("install-failed", `${what} could not be installed: ${cause}.`, {
    hint: remedy,
    cause: error,
  });
}

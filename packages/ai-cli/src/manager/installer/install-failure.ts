import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";

const NO_REGISTRY = [
  "what came is not what a registry of npm sends",
  "Check registry in your .npmrc, and the network connection: is there a page to log in?",
] as const;

const LATE = ["the registry of npm did not answer in time", "Try again."] as const;

const FROM_ELSEWHERE = "What a plug-in needs has to be in the registry of npm. Tell its author.";

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
  ETIMEDOUT: LATE,
  EIDLETIMEOUT: LATE,
  E429: ["the registry of npm was asked too often", "Try again later."],
  EENDLESS: [
    "the registry of npm sends more than it can mean",
    "Check the network connection: is there a page to log in?",
  ],
  EBADENGINE: ["it, or a package that it needs, does not run on this version of Node", "Use a newer version of Node."],
  ERESOLVE: ["its dependencies contradict each other", "Tell its author."],
  EINVALIDTAGNAME: ["that is no version", "Name one such as 1.2.3, ^1 or latest."],
  EINVALIDPACKAGENAME: ["npm does not allow the name of it, or of a package that it needs", "Check its name."],
  EUNSUPPORTEDPROTOCOL: ["it needs a package from an address that npm does not know", FROM_ELSEWHERE],
  EALLOWGIT: ["it needs a package from a git server", FROM_ELSEWHERE],
  EALLOWREMOTE: ["it needs a package from an address of its own", FROM_ELSEWHERE],
  EALLOWFILE: ["it needs a file of this machine", FROM_ELSEWHERE],
  EALLOWDIRECTORY: ["it needs a folder of this machine", FROM_ELSEWHERE],
  EBADPLATFORM: ["it, or a package that it needs, does not run on this system", "Ask its author for one that does."],
  ENOSPC: ["the disk is full", "Make room and try again."],
  EDQUOT: ["your share of the disk is used up", "Make room and try again."],
  EFBIG: ["a file of it is larger than files may be here (ulimit -f)", "Raise the limit and try again."],
};

/** Errors without a code of their own, by their message. */
const SAID: readonly (readonly [RegExp, readonly [cause: string, remedy: string]])[] = [
  [/^network timeout/, LATE],
  [/^invalid (?:json )?response body|^maximum redirect/i, NO_REGISTRY],
  [
    /^zlib|^TAR_|^Cache input stream was empty|unexpected end of file|archive format/,
    ["what came is cut off or damaged", "Try again; if that does not help, tell its author."],
  ],
];

/** What only the author of a package can do about a package that it needs. */
const AUTHORS = ["E404", "ETARGET", "ENOVERSIONS", "EINVALIDTAGNAME", "EINVALIDPACKAGENAME"];

const UNREACHABLE = new Set(
  "ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET ETIMEDOUT EIDLETIMEOUT ENETUNREACH EHOSTUNREACH EPIPE E429".split(" "),
);

/** Whether the registry of npm could not be asked, or not now: nothing follows from it about a package. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return UNREACHABLE.has(code) || /^E5\d\d$/.test(code) || messageOf(error).startsWith("network timeout");
}

/** The error for a package that could not be installed, in the words of this project. */
export function installFailure(what: string, error: unknown): D0ttinoError {
  if (isD0ttinoError(error)) return error;
  const [cause, remedy] = meaning(error);
  const whose = whoseFault(error);
  const isAnothers = whose !== undefined && nameOf(what) !== nameOf(whose);
  return new D0ttinoError(
    "install-failed",
    `${what} could not be installed: ${cause}${isAnothers ? ` (${whose})` : ""}.`,
    { hint: isAnothers && AUTHORS.includes(codeOf(error) ?? "") ? "Tell its author." : remedy, cause: error },
  );
}

/** What went wrong with npm, and what to do about it, in the words of this project. */
export function meaning(error: unknown): readonly [cause: string, remedy: string | undefined] {
  const [code, message] = [codeOf(error) ?? "", messageOf(error)];
  const told = TOLD[code] ?? SAID.find(([said]) => said.test(message))?.[1];
  if (told !== undefined) return told;
  const { event, stderr } = error as { readonly event?: unknown; readonly stderr?: unknown };
  if (typeof event === "string") {
    const said = String(stderr).trim().split("\n").at(-1) ?? "";
    return [
      `its ${event} script failed${said === "" ? "" : `: ${said}`}`,
      "Tell its author, or install it without that script.",
    ];
  }
  if (code === "EUNSOUND") return [message, "Do not install it; tell the registry that it came from."];
  if (/^E5\d\d$/.test(code))
    return [`the registry of npm has a fault of its own (${code.slice(1)})`, "Try again later."];
  if (/^E4\d\d$/.test(code)) return [`the registry of npm refuses (${message})`, undefined];
  // npm's libraries trip over answers that have the wrong form.
  return error instanceof TypeError ? NO_REGISTRY : [message, undefined];
}

/** The package that npm's libraries blame: `NAME` or `NAME@RANGE`. */
function whoseFault(error: unknown): string | undefined {
  const { pkgid, package: spec, name, wanted } = error as Readonly<Record<string, unknown>>;
  if (typeof pkgid === "string" && pkgid !== "") return pkgid;
  if (typeof spec === "string" && spec !== "") return spec;
  return typeof name === "string" && typeof wanted === "string" ? `${name}@${wanted}` : undefined;
}

function nameOf(spec: string): string {
  return spec.replace(/(?!^)@.*$/s, "");
}

import { validRange } from "@d0ttino/llm/host/semver";

/** A package of npm, and which of its versions. */
export interface PackageSpec {
  readonly package: string;
  /** A version, a range or a tag. */
  readonly version?: string;
}

/** What is wrong with a spec, and what most likely puts it right. */
export interface SpecFault {
  readonly what: string;
  readonly fix: string;
}

const NAME = /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/;
const LONGEST_NAME = 214;
/** npm takes such a name or tag for a file in the current directory. */
const FILE = /\.(?:tgz|tar|tar\.gz)$/i;
/** npm refuses the first two; the third is a trap for every object that names are looked up in. */
const REFUSED: readonly string[] = ["node_modules", "favicon.ico", "constructor"];
const VERSION = /^[0-9A-Za-z^~<>=*][0-9A-Za-z.^~<>=|*+ -]{0,127}$/;
const PINNED = /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/;
const TAG = /^[A-Za-z][0-9A-Za-z.-]*$/;

const FORM = 'Write the name of a package on npm, with a version behind an @ if need be, as in "my-package@^1.2.0"';

/**
 * Reads `name` or `name@version`. A registry names packages of npm and nothing else: no git, no address, no file, and
 * no package under another's name.
 */
export function readPackageSpec(text: string): PackageSpec | SpecFault {
  const at = text.indexOf("@", 1);
  const name = at === -1 ? text : text.slice(0, at);
  if (!NAME.test(name) || name.length > LONGEST_NAME || FILE.test(name) || REFUSED.includes(name)) {
    return { what: "is not a package of npm", fix: nameFix(text) };
  }
  if (at === -1) return { package: name };
  const version = text.slice(at + 1);
  return readVersion(version) ?? { package: name, version };
}

/** What is wrong with a version, range or tag, or undefined when nothing is. */
export function readVersion(version: string): SpecFault | undefined {
  // Most are pinned, and the semver library takes its time.
  if (PINNED.test(version)) return undefined;
  const isKnown = VERSION.test(version) && !FILE.test(version) && (TAG.test(version) || validRange(version) !== null);
  if (isKnown) return undefined;
  return {
    what: "has no version, range or tag that npm knows",
    fix: 'Write one such as "1.2.0", "^1.2.0" or "latest"',
  };
}

function nameFix(text: string): string {
  if (/^[.~/]|^[a-z]:[\\/]|^file:|\.(?:tgz|tar|tar\.gz)$/i.test(text)) {
    return 'Write the name of a package on npm; a folder beside the registry goes into "path" of the entry';
  }
  if (/^[a-z+]+:|^git@/i.test(text)) return "Publish it on npm and write its name there";
  return text !== text.toLowerCase() ? "Names of packages on npm have lower-case letters only" : FORM;
}

/** What a rule of the registry asks, and how bad it is when an entry does not keep to it. */
export interface RuleText {
  readonly severity: "error" | "warning";
  /** One sentence. */
  readonly asks: string;
}

const error = (asks: string): RuleText => ({ severity: "error", asks });
const warning = (asks: string): RuleText => ({ severity: "warning", asks });

/** All that `registry check` looks at. The reference of the registry is made from these sentences. */
export const RULES = {
  form: error("The file is JSON of the form above, no key stands twice in it, and every `path` leads to a folder."),
  "unknown-key": warning("Keys are known ones: a misspelt key is ignored without a word."),
  "unused-key": warning("Nothing stands where it means nothing, as `defaultModel` without `adapter`."),
  ecosystem: warning('The file says `"ecosystem": "npm"`, without which the default registry is refused.'),
  "flat-and-plugins": error("A name does not stand both in `plugins` and beside it, where it is ignored."),
  "name-form": error("A name has lower-case letters and digits, in words with single hyphens between them."),
  "name-affix": error(
    "A name does not repeat what it is: no `d0ttino-`, `ai-` in front, no `-plugin`, `-recipe` behind.",
  ),
  "name-generic": warning(
    "A name is specific: `chat` or `deploy` could be anybody's. The name of the vendor goes first.",
  ),
  "name-reserved": error(
    "A name is no word of our own commands, and not that of a built-in, except our own plug-ins'.",
  ),
  "name-alike": error(
    "A name does not look like another when case, `-`, `_`, `.`, `0` for `o` and `1` for `l` are overlooked.",
  ),
  "name-near": warning("A name is more than one letter away from every other."),
  "name-two-kinds": warning("A backend and a recipe of one name come from one package: a bare name means the backend."),
  "not-pinned": error("What comes from npm has an exact `version`, and the `integrity` of that version."),
  "two-versions": error("A package that has several names stands there in one version and from one place."),
  "same-provider": error(
    "A provider of the AI SDK has one name: the same export of a package does not stand there twice.",
  ),
  "key-variable": warning("`apiKeyEnv` looks like a variable: capital letters, digits and underscores."),
  "no-default-model": warning(
    "A provider of the AI SDK has a `defaultModel`, so that `send -b NAME` works without `-m`.",
  ),
  shrinking: error("No more than 5 % of the names are gone since the registry that it is compared with."),
  "name-gone": warning("No name is gone since then: who has it installed gets no updates any more."),
  "package-changed": warning("A name still means the package that it meant then."),
  "version-back": warning("No version goes back."),
  "no-package": error("The package is on npm."),
  "no-version": error("That version of it is on npm."),
  integrity: error("`integrity` is that of npm, and of the tarball."),
  unreadable: error("The tarball, or the folder at `path`, is sound and has a package.json."),
  deprecated: warning("The version is not deprecated."),
  "package-name": error("The package.json there has that name, and that version."),
  licence: warning("The package.json states a licence."),
  engines: warning("`engines.node` allows the lowest Node that we support."),
  "install-scripts": warning("The package needs no scripts when it is installed: they do not run."),
  "no-entry": error("The package declares the name, as a backend or as a recipe, in `entryPoints`."),
  "entry-file": error("The file of the entry point is in the package, and is JavaScript."),
  "sdk-range": error("The range of `@d0ttino/plugin-sdk` allows ours."),
  "sdk-optional": error(
    "The SDK is an optional peer: no registry of npm needs to have it, because the host brings it.",
  ),
  "sdk-peer": warning("What imports the SDK says in `peerDependencies` which versions it works with."),
  "provider-file": error("The file that `import` of a provider of the AI SDK leads to is in the package."),
  "provider-export": warning(
    "The `export` of the entry, or a `create…` function, is exported there, as far as can be seen.",
  ),
} as const satisfies Record<string, RuleText>;

/** The name of a rule. */
export type Rule = keyof typeof RULES;

import { LOWEST_NODE } from "../registry-check/check-package.ts";
import type { NewPlugin } from "./new-manifest.ts";

/** The README of a new plug-in. */
export function readme(plugin: NewPlugin): string {
  const { kind, language, names } = plugin;
  const { name, package: owner, variable } = names;
  const setting = kind === "recipe" ? "" : `${variable}_BASE_URL=https://… ${variable}_API_KEY=… `;
  const model = kind === "backend" ? " -m MODEL" : "";
  const use =
    kind === "recipe"
      ? `ai-cli recipe ${name} "something" --dry-run`
      : `${setting}ai-cli send -b ${name}${model} "Hello"`;
  const variables =
    kind === "recipe"
      ? ""
      : `\n\`${variable}_API_KEY\` is the key, and \`${variable}_BASE_URL\` the address where it is not the usual one.\n`;
  const types = language === "ts" ? "npm run types                # what the compiler says\n" : "";
  const build = language === "ts" ? "npm run build                # what is published, from index.ts\n" : "";
  const built =
    language === "ts"
      ? "\nA folder that is linked runs from `index.ts`. What is published is built from it by `npm run build`, which `npm publish`\nand `npm pack` do by themselves, and ai-cli does not: it runs no script of a package.\n"
      : "";
  return `# ${owner}

The ${kind === "recipe" ? "recipe" : "backend"} \`${name}\` for [d0ttino](https://github.com/d0tTino/d0tTino).

\`\`\`sh
ai-cli plugins install npm:${owner}
${use}
\`\`\`
${variables}
## Work on it

\`\`\`sh
npm install
npm test                     # the contract of plug-ins, and its own tests
${types}ai-cli plugins link .        # used from here, as it is at each start
ai-cli plugins test          # the contract once more, and what its import does
${build}ai-cli plugins publish --check
\`\`\`
${built}
\`vendor/\` holds the SDK, which no registry of npm has yet. It is for tests and types: whoever installs the plug-in has
the SDK already.
`;
}

/** What GitHub runs for each change of a new plug-in. */
export function workflow({ language }: NewPlugin): string {
  const types = language === "ts" ? "      - run: npm run types\n      - run: npm run build\n" : "";
  return `name: CI
on: [push, pull_request]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: ["${LOWEST_NODE.replace(/\.0$/, "")}", "24"]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
      - run: npm install --no-audit --no-fund
${types}      - run: npm test
`;
}

/** How the compiler reads a new plug-in: only what Node can run by itself. */
export const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "verbatimModuleSyntax": true,
    "erasableSyntaxOnly": true,
    "rewriteRelativeImportExtensions": true,
    "skipLibCheck": true,
    "declaration": true,
    "outDir": "dist",
    "rootDir": "."
  },
  "include": ["*.ts"]
}
`;

/** What git leaves out of a new plug-in. */
export const GITIGNORE = "node_modules/\ndist/\n*.tgz\n!vendor/*.tgz\n";

import { expect, it } from "vitest";
import { indexOf, packagesOf } from "./index-file.ts";
import type { PluginPackage } from "./plugin-package.ts";

const packages: readonly PluginPackage[] = [
  {
    name: "inside",
    version: "1.0.0",
    dir: "/store/g1/node_modules/inside",
    linked: false,
    sdk: "^0.1.0",
    entries: [{ group: "llm.plugins", name: "a", file: "index.js", export: "run" }],
  },
  {
    name: "outside",
    version: "1.0.0",
    dir: "/elsewhere/outside",
    linked: true,
    sdk: null,
    entries: [
      { group: "d0ttino.recipes", name: "b", file: "index.js", export: null, adapter: "ai-sdk" },
      {
        group: "llm.plugins",
        name: "p",
        file: "index.js",
        export: "createP",
        adapter: "ai-sdk",
        apiKeyEnv: "P_KEY",
        defaultModel: "m",
      },
      { group: "llm.plugins", name: "c/d", file: "", export: null, problem: { cause: "why", remedy: "what" } },
    ],
  },
  { name: "itself", version: "1.0.0", dir: "/store/g1", linked: false, sdk: null, entries: [] },
];

it("reads back what it wrote, after the folder was moved as a whole", () => {
  const text = JSON.stringify(indexOf(packages, "/store/g1"));
  expect(text).not.toContain("/store");
  expect(packagesOf(JSON.parse(text), "/store/g1")).toEqual(packages);
  expect(packagesOf(JSON.parse(text), "/moved/g1")?.map((one) => one.dir)).toEqual([
    "/moved/g1/node_modules/inside",
    "/elsewhere/outside",
    "/moved/g1",
  ]);
});

const row = indexOf(packages, "/store/g1").packages[0];

it.each([
  ["no object", 5],
  ["null", null],
  ["a list", []],
  ["another version of the format", { formatVersion: 2, packages: [] }],
  ["the version as a text", { formatVersion: "1", packages: [] }],
  ["packages that are no list", { formatVersion: 1, packages: {} }],
  ["a package that is null", { formatVersion: 1, packages: [null] }],
  ["a package without a folder", { formatVersion: 1, packages: [{ ...row, dir: undefined }] }],
  ["a package without entries", { formatVersion: 1, packages: [{ ...row, entries: null }] }],
  ["a range of the SDK that is no text", { formatVersion: 1, packages: [{ ...row, sdk: 1 }] }],
  ["an entry that is null", { formatVersion: 1, packages: [{ ...row, entries: [null] }] }],
  [
    "an entry of no known group",
    { formatVersion: 1, packages: [{ ...row, entries: [{ group: "x", name: "a", file: "b" }] }] },
  ],
  [
    "an entry of a group that every object has",
    { formatVersion: 1, packages: [{ ...row, entries: [{ group: "constructor", name: "a", file: "b" }] }] },
  ],
  ...[{ adapter: "other" }, { adapter: "ai-sdk", apiKeyEnv: 1 }, { adapter: "ai-sdk", defaultModel: {} }].map(
    (traits): [string, unknown] => [
      `an entry with ${JSON.stringify(traits)}`,
      { formatVersion: 1, packages: [{ ...row, entries: [{ ...row?.entries[0], ...traits }] }] },
    ],
  ),
  [
    "an entry whose problem is no object",
    { formatVersion: 1, packages: [{ ...row, entries: [{ group: "llm.plugins", name: "a", file: "b", problem: 5 }] }] },
  ],
])("is no index: %s", (_what, value) => {
  expect(packagesOf(value, "/store/g1")).toBeUndefined();
});

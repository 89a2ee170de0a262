import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editJson } from "../support/damaged-store.ts";
import { copyFilledPlace, filledPlace, type FilledPlace } from "../support/filled-place.ts";

/** Damages by hand, each with what doctor says of it. */
const DAMAGES: readonly (readonly [what: string, damage: (store: string, generation: string) => void, told: string])[] =
  [
    ["no current", (store) => rmSync(join(store, "current")), "it says nowhere which generation counts"],
    [
      "a current that points nowhere",
      (store) => writeFileSync(join(store, "current"), "g77\n"),
      "does not name a generation",
    ],
    ["an empty current", (store) => writeFileSync(join(store, "current"), ""), "does not name a generation"],
    ["no index", (_store, generation) => rmSync(join(generation, "index.json")), "its index.json is missing"],
    [
      "a torn index",
      (_store, generation) => writeFileSync(join(generation, "index.json"), '{"formatVer'),
      "cannot be read",
    ],
    [
      "torn notes",
      (_store, generation) => writeFileSync(join(generation, "package.json"), "{"),
      "The plug-in home is damaged",
    ],
    [
      "a package removed by hand",
      (_store, generation) => rmSync(join(generation, "node_modules/one-plugin"), { recursive: true }),
      "one-plugin 1.0.0 is installed, and its files are gone",
    ],
    [
      "all of node_modules removed by hand",
      (_store, generation) => rmSync(join(generation, "node_modules"), { recursive: true }),
      "one-plugin 1.0.0 is installed, and its files are gone",
    ],
    [
      "a package without dependencies removed by hand",
      (_store, generation) => rmSync(join(generation, "alone/two-plugin"), { recursive: true }),
      "two-plugin 1.0.0 is installed, and its files are gone",
    ],
    [
      "a package without dependencies of another version than was noted",
      (_store, generation) =>
        editJson(join(generation, "alone/two-plugin/node_modules/two-plugin/package.json"), (one) =>
          Object.assign(one, { version: "1.0.1" }),
        ),
      "two-plugin should be 1.0.0, and its folder holds 1.0.1",
    ],
    [
      "an empty place for a package without dependencies",
      (_store, generation) => mkdirSync(join(generation, "alone/third")),
      "alone/third is a place for a package that is not there",
    ],
    [
      "a package that another needs removed by hand",
      (_store, generation) => rmSync(join(generation, "node_modules/dep"), { recursive: true }),
      "node_modules/dep is not as it was installed",
    ],
    [
      "a package of another version than was noted",
      (_store, generation) =>
        editJson(join(generation, "node_modules/one-plugin/package.json"), (one) =>
          Object.assign(one, { version: "1.0.1" }),
        ),
      "one-plugin should be 1.0.0, and its folder holds 1.0.1",
    ],
    [
      "a package without its file",
      (_store, generation) => rmSync(join(generation, "node_modules/one-plugin/index.js")),
      "one-plugin lacks its index.js",
    ],
    [
      "a package without its slot",
      (_store, generation) => rmSync(join(generation, "slots/one-plugin"), { recursive: true }),
      "one-plugin is installed, and its slots/one-plugin is gone",
    ],
    [
      "a slot without its package",
      (_store, generation) => {
        mkdirSync(join(generation, "slots/third"));
        writeFileSync(
          join(generation, "slots/third/package.json"),
          '{"name":"slot-third","dependencies":{"third":"1.0.0"}}',
        );
      },
      "slots/third is a place for a package that is not there",
    ],
    [
      "an entry that is not in the index",
      (_store, generation) =>
        editJson(join(generation, "index.json"), (index) => (index["packages"] as unknown[]).shift()),
      "one-plugin is installed, and the index does not say so",
    ],
    [
      "a package in the index that was not installed",
      (_store, generation) =>
        editJson(join(generation, "index.json"), (index) =>
          (index["packages"] as object[]).push({
            name: "ghost",
            version: "1.0.0",
            dir: "node_modules/ghost",
            linked: false,
            sdk: null,
            entries: [{ group: "llm.plugins", name: "ghost", file: "index.js", export: null }],
          }),
        ),
      "ghost is in the index, and was not installed",
    ],
    [
      "a package that nobody noted",
      (_store, generation) =>
        editJson(join(generation, "package.json"), (manifest) =>
          (manifest["d0ttino"] as { installed: unknown[] }).installed.shift(),
        ),
      "nobody noted that it is installed",
    ],
    ["no lock file", (_store, generation) => rmSync(join(generation, "package-lock.json")), "The lock file of npm in"],
    [
      "what a killed command left",
      (store) => mkdirSync(join(store, "generations/.next/node_modules"), { recursive: true }),
      "Unfinished work lies in",
    ],
  ];

describe("plugins doctor --fix mends", { timeout: 60_000 }, () => {
  // Installing takes as long as all the rest of a case.
  let prepared: FilledPlace;
  const ends: (() => void)[] = [];
  beforeAll(async () => {
    prepared = await filledPlace((end) => ends.push(end));
  });
  afterAll(() => ends.forEach((end) => end()));

  it.each(DAMAGES)("%s", async (_what, damage, told) => {
    const { run, says, store, generation } = copyFilledPlace(prepared);
    damage(store, generation);
    const found = await run("plugins", "doctor", "--json");
    const report = JSON.parse(found.stdout) as { ok: boolean; findings: { message: string; fixable: boolean }[] };
    expect(report.findings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(told) as string, fixable: true }),
    );
    expect(found.code).toBe(report.ok ? 0 : 1);
    const fixed = await run("plugins", "doctor", "--fix");
    expect(fixed.stdout).toMatch(/^mended {3}\S/);
    expect(fixed.stdout).not.toMatch(/^(?:broken|warning) /m);
    expect(fixed.code).toBe(0);
    const [again, ...said] = await Promise.all([run("plugins", "doctor"), says("one"), says("two")]);
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^works {4}(?:one|two)-plugin 1\.0\.0, (?:one|two)-plugin 1\.0\.0[^\n]*\n$/,
      ) as string,
    });
    expect(said).toEqual(["one 1.0.0 dep=1", "two 1.0.0"]);
    expect((await run("plugins", "remove", "one")).stderr).toBe("one-plugin 1.0.0 is removed.\n");
  });
});

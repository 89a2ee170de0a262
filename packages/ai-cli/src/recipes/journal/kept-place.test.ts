import { expect, it } from "vitest";
import { keepPlace, restorePlace } from "./kept-place.ts";

it("keeps what has changed and nothing else", () => {
  const base = { KEY: "secret", OLD: "old", GONE: "x" };
  const kept = keepPlace({ cwd: "/a", env: { KEY: "secret", OLD: "changed", NEW: "new" } }, base, undefined);
  expect(kept).toEqual({ cwd: "/a", set: { OLD: "changed", NEW: "new" }, unset: ["GONE"] });
  expect(restorePlace(kept, { KEY: "other", GONE: "y", MORE: "z" })).toEqual({
    cwd: "/a",
    env: { KEY: "other", MORE: "z", OLD: "changed", NEW: "new" },
  });
});

it("keeps what was kept before also when this process was started with the same", () => {
  const earlier = { cwd: "/a", set: { A: "1" }, unset: ["B"] };
  const kept = keepPlace({ cwd: "/a", env: { A: "1" } }, { A: "1" }, earlier);
  expect(kept).toEqual(earlier);
});

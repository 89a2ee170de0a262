import type { AnyBackend, AnyRecipe } from "@d0ttino/plugin-sdk";
import { findRegistration, type PluginKind } from "@d0ttino/plugin-sdk/host";
import { checkBackend, checkRecipe } from "@d0ttino/plugin-sdk/testing";
import { describe, expect, it } from "vitest";
import "./disk-usage-recipe.ts";
import "./sample-backend.ts";
import "./sample-recipe.ts";

function registered(kind: PluginKind, name: string): unknown {
  return findRegistration(kind, name, undefined)?.value;
}

describe("the built-ins keep the contract of plug-ins", () => {
  it("backend sample", async () => {
    const { checks } = await checkBackend(registered("backend", "sample") as AnyBackend, { name: "sample" });
    expect(checks.filter((check) => check.skipped)).toEqual([]);
  });

  it.each([
    ["sample", "bash"],
    ["sample", "powershell"],
    ["disk-usage", "bash"],
  ])("recipe %s for %s", async (name, shell) => {
    const { checks } = await checkRecipe(registered("recipe", name) as AnyRecipe, { shell });
    const skipped = checks.filter((check) => check.skipped).map((check) => check.name);
    expect(skipped).toEqual(["stops planning when it is aborted"]);
  });
});

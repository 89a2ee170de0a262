import { describe, expect, it } from "vitest";
import { chooseRoute, splitModel, type RouteFlags, type RouteSettings } from "./choose-route.ts";

const NOTHING: RouteSettings = { primary: undefined, fallback: undefined, route: undefined, model: undefined };
const isBackend = (name: string): boolean => ["openrouter", "ollama", "sample"].includes(name);

/** A route in the way users write one. */
function routeOf(settings: Partial<RouteSettings>, flags: RouteFlags): string | undefined {
  return chooseRoute({ ...NOTHING, ...settings }, flags, isBackend)
    ?.map(({ backend, model }) => (model === undefined ? backend : `${backend}/${model}`))
    .join(" ");
}

describe("chooseRoute", () => {
  it.each<[string, Partial<RouteSettings>, RouteFlags, string | undefined]>([
    ["finds nothing where nothing is set", {}, {}, undefined],
    ["asks the named backend alone", { primary: "openrouter", fallback: "ollama" }, { backend: "sample" }, "sample"],
    ["takes -m whole for a named backend", {}, { backend: "openrouter", model: "ollama/x" }, "openrouter/ollama/x"],
    ["reads a backend out of -m", { primary: "sample" }, { model: "openrouter/a/b" }, "openrouter/a/b"],
    ["takes -m for a model when it begins with no backend", { primary: "ollama" }, { model: "a/b" }, "ollama/a/b"],
    ["tries the primary, then the fallback", { primary: "openrouter", fallback: "ollama" }, {}, "openrouter ollama"],
    ["works with a fallback alone", { fallback: "ollama" }, {}, "ollama"],
    [
      "prefers the environment to the config file",
      { primary: "ollama", route: ["sample"], model: "openrouter/m" },
      {},
      "ollama",
    ],
    ["prefers a route to a model", { route: ["ollama/x", "sample"], model: "openrouter/m" }, {}, "ollama/x sample"],
    ["uses the default model", { model: "openrouter/a/b" }, {}, "openrouter/a/b"],
    ["treats an empty route as none", { route: [] }, {}, undefined],
    ["gives -m to the first entry only", { route: ["ollama/x", "sample/y"] }, { model: "z" }, "ollama/z sample/y"],
    ["cuts the route without fallback", { route: ["ollama", "sample"] }, { fallback: false }, "ollama"],
    ["leaves -m to the route that is found when nothing is set", {}, { model: "some-model" }, undefined],
  ])("%s", (_what, settings, flags, expected) => {
    expect(routeOf(settings, flags)).toBe(expected);
  });

  it.each([
    ["openrouter", "openrouter", undefined],
    ["openrouter/auto", "openrouter", "auto"],
    ["openrouter/a/b", "openrouter", "a/b"],
  ])("splits %s at the first slash", (text, backend, model) => {
    expect(splitModel(text)).toEqual({ backend, model });
  });
});

import { describe, expect, it } from "vitest";
import { chooseRoute, hasMoreWords, splitModel, type RouteFlags, type RouteSettings } from "./choose-route.ts";

const NOTHING: RouteSettings = { route: [], mode: "auto", threshold: 2, aliases: {} };
const KNOWN = {
  exists: (name: string): boolean => ["openrouter", "ollama", "sample"].includes(name),
  isLocal: (name: string): boolean => ["ollama", "sample"].includes(name),
};
const SHORT = "two words";
const LONG = "this has four words";

/** A route in the way users write one. */
function routeOf(settings: Partial<RouteSettings>, flags: RouteFlags, prompt: string): string | undefined {
  return chooseRoute({ ...NOTHING, ...settings }, flags, prompt, KNOWN)
    ?.entries.map(({ backend, model }) => (model === undefined ? backend : `${backend}/${model}`))
    .join(" ");
}

const BOTH = { route: ["openrouter", "ollama"] };

describe("chooseRoute", () => {
  it.each<[string, Partial<RouteSettings>, RouteFlags, string, string | undefined]>([
    ["finds nothing where nothing is set", {}, {}, SHORT, undefined],
    ["asks the named backend alone", BOTH, { backend: "sample" }, SHORT, "sample"],
    [
      "takes -m whole for a named backend",
      {},
      { backend: "openrouter", model: "ollama/x" },
      SHORT,
      "openrouter/ollama/x",
    ],
    ["reads a backend out of -m", BOTH, { model: "openrouter/a/b" }, SHORT, "openrouter/a/b"],
    [
      "takes -m for a model when it begins with no backend",
      { route: ["ollama"] },
      { model: "a/b" },
      SHORT,
      "ollama/a/b",
    ],
    ["sends long prompts to the primary first", BOTH, {}, LONG, "openrouter ollama"],
    ["sends short prompts to the fallback first", BOTH, {}, SHORT, "ollama openrouter"],
    ["counts a prompt of exactly the threshold as short", { ...BOTH, threshold: 4 }, {}, LONG, "ollama openrouter"],
    [
      "sends everything to the primary with a threshold of 0",
      { ...BOTH, threshold: 0 },
      {},
      "word",
      "openrouter ollama",
    ],
    [
      "leaves a third backend behind both",
      { route: ["openrouter", "ollama", "sample"] },
      {},
      SHORT,
      "ollama openrouter sample",
    ],
    ["needs no fallback", { route: ["openrouter"] }, {}, SHORT, "openrouter"],
    ["keeps models of the route", { route: ["ollama/x", "sample/y"] }, {}, LONG, "ollama/x sample/y"],
    ["skips local backends in mode remote", { ...BOTH, mode: "remote" }, {}, SHORT, "openrouter"],
    ["keeps the order in mode remote", { route: ["openrouter", "x"], mode: "remote" }, {}, SHORT, "openrouter x"],
    ["asks local backends alone in mode local", { ...BOTH, mode: "local" }, {}, LONG, "ollama"],
    ["lets --local win over the mode", { ...BOTH, mode: "remote" }, { locality: "local" }, LONG, "ollama"],
    ["lets --remote win over the mode", { ...BOTH, mode: "local" }, { locality: "remote" }, SHORT, "openrouter"],
    ["finds nothing when none is local", { route: ["openrouter"] }, { locality: "local" }, SHORT, undefined],
    ["gives -m to the first entry only", BOTH, { model: "z" }, LONG, "openrouter/z ollama"],
    ["cuts the route without fallback", BOTH, { fallback: false }, LONG, "openrouter"],
    ["knows aliases", { ...BOTH, aliases: { fast: "ollama/tiny" } }, { model: "fast" }, LONG, "ollama/tiny"],
    [
      "knows aliases of models alone",
      { ...BOTH, aliases: { fast: "tiny" } },
      { model: "fast" },
      LONG,
      "openrouter/tiny ollama",
    ],
    ["knows no alias that nobody set", BOTH, { model: "constructor" }, LONG, "openrouter/constructor ollama"],
  ])("%s", (_what, settings, flags, prompt, expected) => {
    expect(routeOf(settings, flags, prompt)).toBe(expected);
  });

  it("says why", () => {
    expect(chooseRoute({ ...NOTHING, ...BOTH }, {}, SHORT, KNOWN)?.reason).toBe(
      "the prompt has at most 2 words, so the fallback goes first",
    );
  });

  it.each([
    ["", 0, false],
    [" one ", 0, true],
    ["a b\nc\td", 3, true],
    ["a b\nc\td", 4, false],
  ])("counts the words of %j against %i", (text, count, more) => {
    expect(hasMoreWords(text, count)).toBe(more);
  });

  it.each([
    ["openrouter", "openrouter", undefined],
    ["openrouter/auto", "openrouter", "auto"],
    ["openrouter/a/b", "openrouter", "a/b"],
  ])("splits %s at the first slash", (text, backend, model) => {
    expect(splitModel(text)).toEqual({ backend, model });
  });
});

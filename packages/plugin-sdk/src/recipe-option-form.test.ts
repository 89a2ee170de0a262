import { expect, it } from "vitest";
import { recipeOptionsProblem } from "./recipe-option-form.ts";

it.each([
  [undefined],
  [{}],
  [{ depth: {} }],
  [
    {
      depth: { type: "number", default: 3, description: "How deep" },
      "follow-links": { type: "boolean", default: true },
    },
  ],
  [{ sort: { choices: ["size", "name"], default: "size" } }],
])("finds nothing wrong with %j", (options) => {
  expect(recipeOptionsProblem(options)).toBeUndefined();
});

it.each([
  [5, "options is 5"],
  [[], "options is []"],
  [{ Depth: {} }, 'the option "Depth" must be named'],
  [{ "-x": {} }, 'the option "-x" must be named'],
  [{ __proto_: {} }, "must be named"],
  [{ depth: "deep" }, 'the option depth is "deep"'],
  [{ depth: { kind: "number" } }, "has a field `kind` that no option has"],
  [{ depth: { type: "integer" } }, 'has the `type` "integer"'],
  [{ depth: { description: 5 } }, "has a `description` that is no string"],
  [{ depth: { type: "number", default: "3" } }, 'has the `default` "3", which must be of type number'],
  [{ depth: { type: "number", choices: ["3"] } }, "has `choices`"],
  [{ sort: { choices: [] } }, "has `choices`"],
  [{ sort: { choices: ["size"], default: "name" } }, "which is none of its `choices`"],
])("says what is wrong with %j", (options, problem) => {
  expect(recipeOptionsProblem(options)).toContain(problem);
});

import { expect, it } from "vitest";
import { backendVariable } from "./backend-variable.ts";

it("has letters, digits and underscores, in upper case", () => {
  expect(backendVariable("my-backend.x_2", "MODEL")).toBe("MY_BACKEND_X_2_MODEL");
  expect(backendVariable("mistral", "BASE_URL")).toBe("MISTRAL_BASE_URL");
});

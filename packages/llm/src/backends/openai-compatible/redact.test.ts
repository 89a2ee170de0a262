import { BackendError } from "@d0ttino/plugin-sdk";
import { expect, it } from "vitest";
import { redact } from "./redact.ts";

function clean(message: string, key: string): unknown {
  return (redact(new BackendError(message), { key, prompts: [] }) as BackendError).message;
}

it("takes a key out once, in each form that it may have", () => {
  expect(clean("Bad sk-a/key? and sk-a%2Fkey%3F.", "sk-a/key?")).toBe("Bad [key] and [key].");
});

it("leaves words whole when the key is a stand-in", () => {
  expect(clean("Check the key", "k")).toBe("Check the key");
  expect(clean("Check the key", "key")).toBe("Check the key");
});

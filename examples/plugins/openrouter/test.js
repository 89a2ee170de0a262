import assert from "node:assert/strict";
import { after, test } from "node:test";
import { checkBackend, fakeServer } from "@d0ttino/plugin-sdk/testing";
import { openrouter } from "./index.js";

const server = await fakeServer();
process.env.OPENROUTER_BASE_URL = server.url;
process.env.OPENROUTER_API_KEY = "no-real-key";
after(() => server.close());

test("openrouter keeps the contract of backends", async () => {
  await checkBackend(openrouter, { name: "openrouter", model: "fake-model", server });
});

test("a busy service is told as such, so that another backend is tried", async () => {
  server.failNext({ type: "status", status: 429, retryAfter: 2 });
  const { signal } = new AbortController();
  const answer = /** @type {AsyncIterable<string>} */ (openrouter("Hello", "fake-model", { signal }));
  const read = async () => {
    for await (const piece of answer) assert.fail(`it answered: ${piece}`);
  };
  await assert.rejects(read, { kind: "rate-limited", status: 429 });
});

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { checkBackend, fakeServer } from "@d0ttino/plugin-sdk/testing";

const server = await fakeServer();
process.env.GATEWAY_BASE_URL = server.url;
process.env.GATEWAY_API_KEY = "no-real-key";
after(() => server.close());
const { gateway } = await import("./index.js");

test("gateway keeps the contract of backends", async () => {
  await checkBackend(gateway, { name: "gateway", model: "fake-model", server });
});

test("the service gets the key and the header", () => {
  const [request] = server.requests;
  assert.ok(request);
  assert.equal(request.headers["authorization"], "Bearer no-real-key");
  assert.equal(request.headers["x-client"], "d0ttino");
});

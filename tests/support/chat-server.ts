import { fakeServer, type FakeServer } from "@d0ttino/plugin-sdk/testing";
import { onTestFinished } from "vitest";

/** Starts a server with two models that answers every prompt alike; it ends with the test. */
export async function startChatServer(
  pieces: readonly string[] = ["Hello ", "from ", "the server"],
): Promise<FakeServer> {
  const server = await fakeServer({ answer: pieces, models: ["small", "large"] });
  onTestFinished(() => server.close());
  return server;
}

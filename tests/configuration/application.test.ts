import { registerBackend } from "@d0ttino/plugin-sdk";
import { expect, it, vi } from "vitest";
import { sendPrompt, serverProvider, type OpenAiCompatibleServer } from "../../packages/llm/src/index.ts";
import { tempFolder } from "../support/temp-folder.ts";

it("lets a program register a server of its own, with its own fetch", async () => {
  vi.stubEnv("D0TTINO_HOME", tempFolder("home"));
  vi.stubEnv("MINE_API_KEY", "sk-mine");
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push(
      `${input instanceof Request ? input.url : String(input)} ${new Headers(init?.headers).get("authorization")}`,
    );
    return Response.json({ choices: [{ message: { content: "by fetch" }, finish_reason: "stop" }] });
  };
  const server: OpenAiCompatibleServer = {
    name: "mine",
    description: "Our server",
    baseUrl: "https://models.example.com/v1",
    apiKeyVariable: "MINE_API_KEY",
    needsKey: true,
    local: false,
  };
  registerBackend("mine", serverProvider(server, { fetch }), { defaultModel: "m" });
  expect(await sendPrompt("Hello", { backend: "mine" })).toMatchObject({
    text: "by fetch",
    backend: "mine",
    model: "m",
  });
  expect(asked).toEqual(["https://models.example.com/v1/chat/completions Bearer sk-mine"]);
  vi.unstubAllEnvs();
});

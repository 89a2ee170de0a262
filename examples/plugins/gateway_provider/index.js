import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { registerBackend } from "@d0ttino/plugin-sdk";

/** Gateway by the AI SDK, with what it needs besides a key. */
export const gateway = createOpenAICompatible({
  name: "gateway",
  baseURL: process.env.GATEWAY_BASE_URL || "https://gateway.example.com/v1",
  apiKey: process.env.GATEWAY_API_KEY ?? "",
  headers: { "x-client": "d0ttino" },
});

registerBackend("gateway", gateway, { description: "Gateway", defaultModel: "small" });

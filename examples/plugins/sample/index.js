import { registerBackend } from "@d0ttino/plugin-sdk";

registerBackend("sample", (prompt) => `sample plug-in: ${prompt}`, {
  description: "Repeats the prompt",
  local: true,
});

import { BackendError, registerBackend } from "@d0ttino/plugin-sdk";

/**
 * Asks MindBridge and returns the whole answer.
 * @type {import("@d0ttino/plugin-sdk").BackendFunction}
 */
async function mindbridge(prompt, model, { signal, system }) {
  const { MINDBRIDGE_BASE_URL: base = "https://api.mindbridge.ai/v1", MINDBRIDGE_API_KEY: key } = process.env;
  const headers = new Headers({ "content-type": "application/json" });
  if (key) headers.set("authorization", `Bearer ${key}`);

  const messages = [{ role: "user", content: prompt }];
  if (system) messages.unshift({ role: "system", content: system });
  const body = JSON.stringify({ model, messages });

  const response = await fetch(`${base}/chat/completions`, { method: "POST", headers, body, signal });
  if (!response.ok) throw new BackendError(await response.text(), { status: response.status });
  const { choices, error } = /** @type {any} */ (await response.json());
  const text = choices?.[0]?.message?.content;
  if (typeof text !== "string") throw new BackendError(error?.message ?? "it holds no text", { kind: "malformed" });
  return text;
}

registerBackend("mindbridge", mindbridge, { description: "MindBridge" });

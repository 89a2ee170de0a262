import { BackendError, registerBackend } from "@d0ttino/plugin-sdk";

/**
 * Asks OpenRouter and yields the answer as it comes.
 * @type {import("@d0ttino/plugin-sdk").BackendFunction}
 */
export const openrouter = async function* (prompt, model, { signal, system, messages = [], settings }) {
  const key = process.env.OPENROUTER_API_KEY;
  if (!key) throw new BackendError("no API key is set", { kind: "missing-key", hint: "Set OPENROUTER_API_KEY." });
  const base = process.env.OPENROUTER_BASE_URL || "https://openrouter.ai/api/v1";

  const response = await fetch(`${base}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model,
      stream: true,
      messages: [
        ...(system ? [{ role: "system", content: system }] : []),
        ...messages,
        { role: "user", content: prompt },
      ],
      ...settings,
    }),
    signal,
  });
  if (!response.ok || !response.body) {
    const answer = /** @type {any} */ (await response.json().catch(() => undefined));
    throw new BackendError(answer?.error?.message ?? response.statusText, {
      status: response.status,
      retryAfter: Number(response.headers.get("retry-after")) || undefined,
    });
  }

  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("data:")) continue;
      const data = line.slice(5).trim();
      if (data === "[DONE]") return;
      const chunk = JSON.parse(data);
      if (chunk.error) throw new BackendError(chunk.error.message, { status: chunk.error.code });
      yield chunk.choices?.[0]?.delta?.content ?? "";
    }
  }
  throw new BackendError("the answer ended before it was finished", { kind: "truncated" });
};

registerBackend("openrouter", openrouter, {
  description: "OpenRouter, hundreds of hosted models",
  defaultModel: "openrouter/auto",
});

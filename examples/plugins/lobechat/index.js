import { Backend, BackendError, registerBackend } from "@d0ttino/plugin-sdk";

/** A LobeChat instance: a backend that keeps its address and key. */
class LobeChat extends Backend {
  base = process.env.LOBECHAT_BASE_URL || "http://localhost:3210/api";
  key = process.env.LOBECHAT_API_KEY;

  /**
   * @override
   * @param {string} prompt
   * @param {string | undefined} model
   * @param {import("@d0ttino/plugin-sdk").BackendOptions} options
   */
  async run(prompt, model, { signal, system, messages = [], settings }) {
    const before = system ? [{ role: "system", content: system }, ...messages] : messages;
    const response = await fetch(`${this.base}/chat/completions`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(this.key ? { authorization: `Bearer ${this.key}` } : {}),
      },
      body: JSON.stringify({ model, messages: [...before, { role: "user", content: prompt }], ...settings }),
      signal,
    });
    const answer = /** @type {any} */ (await response.json().catch(() => undefined));
    if (!response.ok) {
      throw new BackendError(answer?.error?.message ?? response.statusText, { status: response.status });
    }
    const text = answer?.choices?.[0]?.message?.content;
    if (typeof text !== "string") throw new BackendError("the answer holds no text", { kind: "malformed" });
    return text;
  }
}

registerBackend("lobechat", new LobeChat(), { description: "A LobeChat instance" });

import type { ChatHistoryItem } from "node-llama-cpp";
import type { CallOptions } from "./settings.ts";

/** A conversation as llama.cpp takes it: it ends with the answer that is still empty. */
export function chatHistory(prompt: CallOptions["prompt"]): ChatHistoryItem[] {
  return [...prompt.map(({ role, content }) => item(role, textOf(content))), { type: "model", response: [] }];
}

function item(role: string, text: string): ChatHistoryItem {
  if (role === "assistant") return { type: "model", response: [text] };
  return role === "system" ? { type: "system", text } : { type: "user", text };
}

/** The text of a message, which comes as a text or as a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? "").join("") : "";
}

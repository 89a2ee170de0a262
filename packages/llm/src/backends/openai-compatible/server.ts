/** A server that speaks OpenAI's chat completions, and how to reach it. */
export interface OpenAiCompatibleServer {
  /** The backend's name. */
  readonly name: string;
  readonly description: string;
  /** Where its API begins, without `/chat/completions`. */
  readonly baseUrl: string;
  /** The variable that overrides `baseUrl`. */
  readonly baseUrlVariable?: string;
  /** The variable that holds the API key. */
  readonly apiKeyVariable?: string;
  /** True when nothing works without a key. */
  readonly needsKey: boolean;
  /** True when the server runs on this machine, so that no prompt leaves it. */
  readonly local: boolean;
  readonly defaultModel?: string;
}

/** The servers that come with the library. Addresses and variables of the first three are those of the Python sketch. */
export const SERVERS: readonly OpenAiCompatibleServer[] = [
  {
    name: "openrouter",
    description: "OpenRouter, hundreds of hosted models",
    baseUrl: "https://openrouter.ai/api/v1",
    baseUrlVariable: "OPENROUTER_BASE_URL",
    apiKeyVariable: "OPENROUTER_API_KEY",
    needsKey: true,
    local: false,
    defaultModel: "openrouter/auto",
  },
  {
    name: "openai",
    description: "OpenAI",
    baseUrl: "https://api.openai.com/v1",
    baseUrlVariable: "OPENAI_BASE_URL",
    apiKeyVariable: "OPENAI_API_KEY",
    needsKey: true,
    local: false,
    defaultModel: "gpt-4o-mini",
  },
  {
    name: "mindbridge",
    description: "MindBridge",
    baseUrl: "https://api.mindbridge.ai/v1",
    baseUrlVariable: "MINDBRIDGE_BASE_URL",
    apiKeyVariable: "MINDBRIDGE_API_KEY",
    needsKey: false,
    local: false,
  },
  {
    name: "ollama",
    description: "Ollama on this machine",
    baseUrl: "http://localhost:11434/v1",
    baseUrlVariable: "OLLAMA_BASE_URL",
    needsKey: false,
    local: true,
  },
  {
    name: "lobechat",
    description: "A LobeChat instance",
    baseUrl: "http://localhost:3210/api",
    baseUrlVariable: "LOBECHAT_BASE_URL",
    apiKeyVariable: "LOBECHAT_API_KEY",
    needsKey: false,
    local: false,
  },
];

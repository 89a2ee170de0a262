import { BackendError } from "@d0ttino/plugin-sdk";
import { variable } from "../../config/environment.ts";
import { resolveKey } from "../../config/keys-file.ts";
import { isD0ttinoError } from "../../errors/d0ttino-error.ts";
import { messageOf } from "../../errors/message-of.ts";
import type { Exchange } from "./exchange.ts";
import type { OpenAiCompatibleServer } from "./server.ts";

/** Where a server is and how to be let in, as the environment says now. */
export class ServerConnection {
  readonly name: string;
  readonly apiKey: string | undefined;
  readonly #base: URL;

  /** @throws BackendError `invalid-request` when the base URL is none */
  private constructor(server: OpenAiCompatibleServer, apiKey: string | undefined) {
    this.name = server.name;
    this.#base = baseUrl(server);
    this.apiKey = apiKey;
  }

  /**
   * Looks up address and key. A key that is stored as a reference is resolved here, and so only for the backend in use.
   * @throws BackendError `missing-key`, or `invalid-request` when the base URL is none
   */
  static async open(server: OpenAiCompatibleServer): Promise<ServerConnection> {
    const apiKey = await keyOf(server);
    if (server.needsKey && apiKey === undefined) {
      const hint = `Set ${server.apiKeyVariable}, or store it: ai-cli keys set ${server.name}`;
      throw new BackendError("no API key is set", { kind: "missing-key", hint });
    }
    return new ServerConnection(server, apiKey);
  }

  /** A request to a path below the base URL, with the query of the base URL. */
  request(path: string, signal: AbortSignal): Omit<Exchange, "method"> {
    const url = new URL(path, this.#base);
    url.search = this.#base.search;
    // `fetch` refuses addresses with a user in them, and repeats them in its error.
    const { username, password } = url;
    url.username = "";
    url.password = "";
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const basic = username === "" ? undefined : `Basic ${Buffer.from(user).toString("base64")}`;
    const authorization = this.apiKey === undefined ? basic : `Bearer ${this.apiKey}`;
    return {
      url,
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream, application/json",
        "accept-encoding": "identity",
        ...(authorization === undefined ? {} : { authorization }),
      },
      signal,
    };
  }
}

async function keyOf(server: OpenAiCompatibleServer): Promise<string | undefined> {
  try {
    return await resolveKey(server.name, server.apiKeyVariable);
  } catch (error) {
    const hint = isD0ttinoError(error) ? error.hint : undefined;
    throw new BackendError(messageOf(error), { kind: "missing-key", hint });
  }
}

function baseUrl(server: OpenAiCompatibleServer): URL {
  const text = (server.baseUrlVariable === undefined ? undefined : variable(server.baseUrlVariable)) ?? server.baseUrl;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    // A single word is not repeated: it may be the key, put into the wrong variable.
    const told = /[./:]/.test(text) ? JSON.stringify(withoutUser(text)) : "the base URL";
    throw new BackendError(`${told} is not an http or https URL`, {
      kind: "invalid-request",
      hint: `Correct ${server.baseUrlVariable ?? "the base URL in the config file"}.`,
    });
  }
  // A base without the slash would lose its last segment when a path is resolved against it.
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

import { backendKey } from "../../config/backend-key.ts";
import { variable } from "../../config/environment.ts";
import { readBaseUrl } from "../../network/base-url.ts";
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
   * Looks up address and key.
   * @throws BackendError `missing-key`, or `invalid-request` when the base URL is none
   */
  static async open(server: OpenAiCompatibleServer): Promise<ServerConnection> {
    return new ServerConnection(server, await backendKey(server));
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

function baseUrl(server: OpenAiCompatibleServer): URL {
  const text = (server.baseUrlVariable === undefined ? undefined : variable(server.baseUrlVariable)) ?? server.baseUrl;
  const url = readBaseUrl(text, server.baseUrlVariable ?? "the base URL in the config file");
  // A base without the slash would lose its last segment when a path is resolved against it.
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Dialect, Understood } from "./dialects.ts";

/** A loopback server of one dialect, for one model and one key. */
export interface DialectServer {
  /** Its base URL. */
  readonly url: string;
  /** What it was asked, in order. */
  readonly asked: readonly Understood[];
  /** The same as it was written. */
  readonly bodies: readonly unknown[];
  /** What was wrong with requests, which it answered with 400. */
  readonly faults: readonly string[];
  /** Whether a client hung up before its answer was over. */
  readonly hungUp: boolean;
  /** Lets it send what it holds back. */
  release(): void;
}

/** What it is started with. */
export interface DialectServerOptions {
  readonly model: string;
  readonly key: string;
  readonly pieces: readonly string[];
  /** Whether it holds back all pieces but the first until it is told to go on. */
  readonly holds?: boolean;
  /** Whether it ends a streamed answer behind the first piece, as if it were complete. */
  readonly stopsShort?: boolean;
  /** What it sends in place of answers, with status 200. */
  readonly page?: string;
  /** Statuses of failures that come before the answer, each with headers. */
  readonly failures?: readonly { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[];
  /** What its failures say. */
  readonly message?: string;
}

/** Starts a server; it ends with the test. */
export async function startDialectServer(dialect: Dialect, options: DialectServerOptions): Promise<DialectServer> {
  const { model, key, pieces, holds = false, stopsShort = false, page, failures = [], message = "no luck" } = options;
  const asked: Understood[] = [];
  const bodies: unknown[] = [];
  const faults: string[] = [];
  let hungUp = false;
  const go = Promise.withResolvers<void>();
  if (!holds) go.resolve();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    for await (const bytes of request.setEncoding("utf8")) body += bytes;
    const wrong = faultOf(request, dialect, model, key);
    if (wrong !== undefined) {
      faults.push(wrong);
      send(response, 400, dialect.error(wrong));
      return;
    }
    const parsed: unknown = JSON.parse(body);
    const understood = dialect.read(parsed, request.url ?? "");
    asked.push(understood);
    bodies.push(parsed);
    const failure = failures[asked.length - 1];
    if (failure !== undefined) {
      send(response, failure.status, dialect.error(message), failure.headers);
      return;
    }
    if (page !== undefined) {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
      return;
    }
    if (!understood.isStreamed) {
      send(response, 200, dialect.whole(model, pieces.join("")));
      return;
    }
    const { before, pieces: events, after } = dialect.answer(model, pieces);
    const [first = "", ...rest] = events;
    response.on("close", () => (hungUp ||= !response.writableFinished));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(before + first);
    if (stopsShort) {
      response.end();
      return;
    }
    await go.promise;
    for (const piece of rest) response.write(piece);
    response.end(after);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
  return {
    url,
    asked,
    bodies,
    faults,
    get hungUp() {
      return hungUp;
    },
    release: () => go.resolve(),
  };
}

function faultOf(request: IncomingMessage, dialect: Dialect, model: string, key: string): string | undefined {
  const paths = [true, false].map((isStreamed) => `/base${dialect.path(model, isStreamed)}`);
  if (request.method !== "POST" || !paths.includes(request.url ?? ""))
    return `${request.method} ${request.url} in place of POST ${paths[0]}`;
  for (const [name, value] of Object.entries(dialect.auth(key))) {
    if (request.headers[name] !== value) return `${name} is ${String(request.headers[name])}, not ${value}`;
  }
  const type = request.headers["content-type"];
  return type === "application/json" ? undefined : `content-type is ${type}`;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

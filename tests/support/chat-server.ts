import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request that the server got. */
interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A loopback server of OpenAI's dialect that answers every prompt alike. */
export interface ChatServer {
  /** Its base URL. */
  readonly url: string;
  readonly seen: SeenRequest[];
}

/** Starts a server with two models; it ends with the test. */
export async function startChatServer(
  pieces: readonly string[] = ["Hello ", "from ", "the server"],
): Promise<ChatServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (bytes: Buffer) => (body += bytes.toString()));
    request.on("end", () => {
      seen.push({ path: request.url ?? "", headers: request.headers, body });
      if (request.url?.endsWith("/models") === true) {
        response.end(JSON.stringify({ data: [{ id: "small" }, { id: "large" }] }));
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const content of pieces)
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
      response.end('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

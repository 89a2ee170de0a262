import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { tempFolder } from "./temp-folder.ts";

/** What a client asked. */
interface ReceivedCall {
  readonly method: string;
  /** The path, or the whole address when the client took this server for a proxy. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
}

/** A server on this machine that answers as a test wants. It ends with the test. */
export interface FaultServer {
  /** Where its API begins. */
  readonly url: string;
  readonly port: number;
  readonly calls: readonly ReceivedCall[];
  /** Every connection that was ever made. */
  readonly sockets: readonly Socket[];
}

/** Answers one call; an answer that it leaves open stays open. */
export type AnswerCall = (response: ServerResponse, call: ReceivedCall, at: number) => unknown;

/** Starts a server whose every call is answered by a function; the last one is told how many came before. */
export async function startFaultServer(answer: AnswerCall): Promise<FaultServer> {
  const { calls, listener } = recorder(answer);
  return { ...(await listen(createServer({ keepAliveTimeout: 60_000 }, listener), "http")), calls };
}

/** The same over TLS, with a certificate that nobody has reason to trust. */
export async function startTlsFaultServer(answer: AnswerCall): Promise<FaultServer & { readonly certificate: string }> {
  const { calls, listener } = recorder(answer);
  const folder = tempFolder("tls");
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:model.test,IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", certificate];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-nodes", "-days", "2", ...files, ...subject], { stdio: "ignore" });
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, listener);
  return { ...(await listen(server, "https")), calls, certificate: readFileSync(certificate, "utf8") };
}

/** A server without any protocol: a function gets each connection with the first bytes that came on it. */
export async function startRawServer(answer: (socket: Socket, first: Buffer) => unknown): Promise<FaultServer> {
  const server = createRawServer((socket) => {
    socket.once("data", (first) => answer(socket, first));
  });
  return { ...(await listen(server, "http")), calls: [] };
}

function recorder(answer: AnswerCall): { calls: ReceivedCall[]; listener: RequestListener } {
  const calls: ReceivedCall[] = [];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { method = "", url = "", headers, socket } = request;
      const call = { method, url, headers, body, socket };
      calls.push(call);
      answer(response, call, calls.length - 1);
    });
  };
  return { calls, listener };
}

async function listen(server: Server | RawServer, protocol: string): Promise<Omit<FaultServer, "calls">> {
  const sockets: Socket[] = [];
  server.on("connection", (socket: Socket) => {
    sockets.push(socket);
    // Clients that break off are what is tested here.
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${protocol}://127.0.0.1:${port}/v1`, port, sockets };
}

/** Waits until a connection is closed. The test's own time limit is the bound. */
export function closed(socket: Socket | undefined): Promise<void> {
  if (socket === undefined) return Promise.reject(new Error("there is no such connection"));
  return socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once("close", () => resolve()));
}

/** How many bytes of a connection the system holds that have not reached the other side. Linux only. */
export function unacknowledged({ localPort, remotePort }: Socket): number {
  const [own, other] = [localPort, remotePort].map((port) => port?.toString(16).toUpperCase().padStart(4, "0"));
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, local, remote, , queues] = line.trim().split(/\s+/);
    if (local?.endsWith(`:${own}`) && remote?.endsWith(`:${other}`)) return Number.parseInt(queues ?? "", 16);
  }
  throw new Error("the connection is unknown to the system");
}

/** Waits until something is so. The test's own time limit is the bound. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}

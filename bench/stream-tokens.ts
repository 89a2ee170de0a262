/**
 * What a streamed token costs the client, in microseconds of processor time: a loop written by hand over node:http,
 * our client, and `ai` with @ai-sdk/openai-compatible. One process serves the tokens, another reads them in turn.
 * Run: node --conditions=d0ttino-source bench/stream-tokens.ts [RUNS] [TOKENS]
 */
import { fork } from "node:child_process";
import { createServer, request } from "node:http";
import { cpus } from "node:os";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

const RUNS = Number(process.argv[2] ?? 9);
const TOKENS = Number(process.argv[3] ?? 200_000);

/** Reads a whole answer and gives the number of its characters. */
type Client = (baseUrl: string) => Promise<number>;

const readByHand: Client = (baseUrl) =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], stream: true });
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const outgoing = request(`${baseUrl}/chat/completions`, { method: "POST", headers }, (incoming) => {
      let rest = "";
      let length = 0;
      incoming.setEncoding("utf8");
      incoming.on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
          const { choices } = JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] };
          length += choices[0]?.delta.content?.length ?? 0;
        }
      });
      incoming.on("end", () => resolve(length));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });

/** Our client as the router uses it is `adapted`; alone it is what a backend gives to the adapter. */
async function ourClient(isAdapted: boolean): Promise<Client> {
  const { serverProvider } = await import("../packages/llm/src/backends/openai-compatible/server-provider.ts");
  const { toLanguageModel } = await import("@d0ttino/plugin-sdk/host");
  return async (baseUrl) => {
    const provider = serverProvider({ name: "bench", description: "", baseUrl, needsKey: false, local: true });
    const { signal } = new AbortController();
    let length = 0;
    if (isAdapted) {
      for await (const part of toLanguageModel("bench", provider, "m").doStream({ prompt: "hello", signal })) {
        if (part.type === "text-delta") length += part.delta.length;
      }
      return length;
    }
    const model = await provider.languageModel("m");
    const options = { prompt: [{ role: "user", content: "hello" }], abortSignal: signal };
    const { stream } = (await model.doStream(options)) as { stream: AsyncIterable<{ type: string; delta: string }> };
    for await (const part of stream) if (part.type === "text-delta") length += part.delta.length;
    return length;
  };
}

async function aiClient(): Promise<Client> {
  const { streamText } = await import("ai");
  const { createOpenAICompatible } = await import("ai-sdk-openai-compatible-v4");
  return async (baseURL) => {
    const model = createOpenAICompatible({ name: "bench", baseURL })("m");
    let length = 0;
    for await (const text of streamText({ model, prompt: "hello" }).textStream) length += text.length;
    return length;
  };
}

/** Each token is an HTTP chunk of its own, as servers send them. */
async function serve(): Promise<void> {
  const event = (choice: object): string =>
    `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_700_000_000, model: "m", choices: [{ index: 0, ...choice }] })}\n\n`;
  const token = event({ delta: { content: " token" }, finish_reason: null });
  const end = `${event({ delta: {}, finish_reason: "stop" })}data: [DONE]\n\n`;
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    let sent = 0;
    const more = (): void => {
      while (sent < TOKENS) {
        sent += 1;
        if (!response.write(token)) return;
      }
      response.off("drain", more).end(end);
    };
    response.on("drain", more);
    more();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  process.send?.((server.address() as AddressInfo).port);
  process.once("disconnect", () => process.exit());
}

/** Microseconds of processor time for each token. */
async function cost(client: Client, baseUrl: string): Promise<number> {
  const before = process.cpuUsage();
  const length = await client(baseUrl);
  const { user, system } = process.cpuUsage(before);
  if (length !== TOKENS * " token".length) throw new Error(`${length} characters came`);
  return (user + system) / TOKENS;
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ["serve", String(TOKENS)]);
  const [port] = (await once(server, "message")) as [number];
  const clients: [string, Client][] = [
    ["node:http by hand", readByHand],
    ["ChatModel", await ourClient(false)],
    ["ChatModel, as the router reads it", await ourClient(true)],
    ["ai, @ai-sdk/openai-compatible", await aiClient()],
  ];
  const costs = clients.map((): number[] => []);
  for (let run = -1; run < RUNS; run += 1) {
    for (const [at, [, client]] of clients.entries()) {
      const took = await cost(client, `http://127.0.0.1:${port}/v1`);
      if (run >= 0) costs[at]?.push(took);
    }
  }
  server.disconnect();
  const medians = costs.map((all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN);
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of ${TOKENS} tokens each in turn\n`,
  );
  process.stdout.write(`${"client".padEnd(36)}us/token   ratio\n`);
  for (const [at, [name]] of clients.entries()) {
    const median = medians[at] ?? Number.NaN;
    const ratio = median / (medians[0] ?? Number.NaN);
    process.stdout.write(`${name.padEnd(36)}${median.toFixed(2).padStart(8)}${ratio.toFixed(2).padStart(8)}\n`);
  }
}

await (process.argv[2] === "serve" ? serve() : measure());

import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  fetchRegistry,
  type FetchedRegistry,
  type FetchTimeouts,
} from "../../packages/ai-cli/src/manager/registry/fetch-registry.ts";
import {
  closed,
  startFaultServer,
  startRawServer,
  startTlsFaultServer,
  type AnswerCall,
  type FaultServer,
} from "../support/fault-server.ts";

const TEXT = '{"ecosystem": "npm", "plugins": {"a": "ä"}}';
const PATIENT = { head: 20_000, total: 20_000 };

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Fetches from a server that answers so. */
async function fetchFrom(
  answer: AnswerCall,
  { etag, timeouts = PATIENT }: { etag?: string; timeouts?: FetchTimeouts } = {},
): Promise<{ fetched: FetchedRegistry; server: FaultServer }> {
  const server = await startFaultServer(answer);
  return { fetched: await fetchRegistry({ url: new URL(server.url), etag, timeouts }), server };
}

function failureOf(answer: AnswerCall, timeouts = PATIENT): Promise<string> {
  return messageOf(fetchFrom(answer, { timeouts }));
}

async function messageOf(fetching: Promise<unknown>): Promise<string> {
  const error: unknown = await fetching.then(
    () => "nothing failed",
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ name: "DownloadFailure" });
  return (error as Error).message.replaceAll(/127\.0\.0\.1:\d+/g, "HOST");
}

describe("an answer", () => {
  it("is taken as it is, with its version", async () => {
    const text = `\uFEFF${TEXT}\r\n`;
    const { fetched, server } = await fetchFrom((response) => response.writeHead(200, { etag: '"v1"' }).end(text));
    expect(fetched).toEqual({ status: "fresh", text, etag: '"v1"' });
    expect(server.calls[0]?.headers).not.toHaveProperty("if-none-match");
    await closed(server.sockets[0]);
  });

  it("may be that nothing changed, when a version was named", async () => {
    const { fetched, server } = await fetchFrom((response) => response.writeHead(304).end(), { etag: 'W/"v1"' });
    expect(fetched).toEqual({ status: "not-modified" });
    expect(server.calls[0]?.headers["if-none-match"]).toBe('W/"v1"');
    expect(await failureOf((response) => response.writeHead(304).end())).toBe(
      "HOST answered with something unexpected (HTTP 304)",
    );
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("may be compressed with %s", async (coding, compress) => {
    const { fetched, server } = await fetchFrom((response) =>
      response.writeHead(200, { "content-encoding": coding }).end(compress(TEXT)),
    );
    expect(fetched).toMatchObject({ text: TEXT });
    expect(server.calls[0]?.headers["accept-encoding"]).toContain(coding);
  });

  it("may come in pieces that part a character", async () => {
    const bytes = Buffer.from(TEXT);
    const middle = bytes.indexOf(0xc3) + 1;
    const { fetched } = await fetchFrom((response) => {
      response.write(bytes.subarray(0, middle), () => response.end(bytes.subarray(middle)));
    });
    expect(fetched).toMatchObject({ text: TEXT });
  });
});

describe("a refusal", () => {
  it.each([
    [401, "HOST does not give it without a login (HTTP 401)"],
    [403, "HOST does not give it without a login (HTTP 403)"],
    [404, "HOST has no such file (HTTP 404)"],
    [429, "HOST is asked too often at present (HTTP 429)"],
    [500, "HOST answered with an error of its own (HTTP 500)"],
    [511, "this network wants you to log in first, in a browser (HTTP 511)"],
    [206, "HOST answered with something unexpected (HTTP 206)"],
  ])("of %i is told", async (status, message) => {
    expect(await failureOf((response) => response.writeHead(status).end(TEXT))).toBe(message);
  });

  it("ends the connection, whatever is still to come", async () => {
    const server = await startFaultServer((response) => response.writeHead(404).write("there is more"));
    await messageOf(fetchRegistry({ url: new URL(server.url), timeouts: PATIENT }));
    await closed(server.sockets[0]);
  });
});

describe("a server that takes its time", () => {
  it("is not waited for when it says nothing", async () => {
    const server = await startFaultServer(() => {});
    const fetching = fetchRegistry({ url: new URL(server.url), timeouts: { head: 50, total: 20_000 } });
    expect(await messageOf(fetching)).toBe("no answer from HOST within 0.05 seconds");
    await closed(server.sockets[0]);
  });

  it("is not waited for when it drips", async () => {
    const timers: NodeJS.Timeout[] = [];
    const drip: AnswerCall = (response) => {
      response.flushHeaders();
      timers.push(setInterval(() => response.write(" "), 10));
    };
    const server = await startFaultServer(drip);
    const fetching = fetchRegistry({ url: new URL(server.url), timeouts: { head: 20_000, total: 300 } });
    expect(await messageOf(fetching)).toBe("HOST did not send it all within 0.3 seconds");
    await closed(server.sockets[0]);
    timers.forEach(clearInterval);
  });

  it("is left when the user leaves", async () => {
    const leave = new AbortController();
    const server = await startFaultServer(() => leave.abort(new Error("enough")));
    const fetching = fetchRegistry({ url: new URL(server.url), timeouts: PATIENT, signal: leave.signal });
    await expect(fetching).rejects.toThrow("enough");
    await closed(server.sockets[0]);
  });
});

describe("a body that is none", () => {
  const MUCH = "HOST sends more than the 2 MiB of a registry";

  it("is left when it does not end", async () => {
    const endless: AnswerCall = (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, " ")));
        response.once("drain", more);
      };
      more();
    };
    expect(await failureOf(endless)).toBe(MUCH);
  });

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("is left when %s unpacks to more than a registry", async (coding, compress) => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    const message = await failureOf((response) => response.writeHead(200, { "content-encoding": coding }).end(bomb));
    expect(message).toBe(MUCH);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  it("is taken when it is as large as it may be, and not when it is a byte larger", async () => {
    const largest = Buffer.alloc(2 * 1024 * 1024, " ");
    const { fetched } = await fetchFrom((response) => response.end(largest));
    expect(fetched).toMatchObject({ status: "fresh", text: largest.toString() });
    expect(await failureOf((response) => response.end(Buffer.concat([largest, Buffer.from(" ")])))).toBe(MUCH);
  });

  it.each([
    [
      "a web page",
      Buffer.from("\n<!doctype html><html>Log in</html>"),
      "HOST sends a web page, perhaps the login page",
    ],
    ["bad UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "what HOST sends is not UTF-8 text"],
    ["half a character", Buffer.from([0x7b, 0xc3]), "what HOST sends is not UTF-8 text"],
  ])("is refused when it is %s", async (_what, body, message) => {
    expect(await failureOf((response) => response.end(body))).toContain(message);
  });

  it.each([
    ["gzip that is none", "gzip", Buffer.from(TEXT), "not compressed as it should be"],
    ["half a gzip", "gzip", gzipSync(TEXT).subarray(0, 30), "not compressed as it should be"],
    ["a form nobody asked for", "zstd", Buffer.from(TEXT), "a compressed form that was not asked for"],
    ["a form with the name of a trap", "constructor", Buffer.from(TEXT), "a compressed form that was not asked for"],
  ])("is refused when it is %s", async (_what, coding, body, message) => {
    expect(await failureOf((response) => response.writeHead(200, { "content-encoding": coding }).end(body))).toContain(
      message,
    );
  });

  it.each([
    ["in the body", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"],
    ["in the head", "HTTP/1.1 200 OK\r\nconte"],
    ["before the head", ""],
  ])("is refused when the connection breaks %s", async (_where, text) => {
    const server = await startRawServer((socket) => socket.end(text));
    const message = await messageOf(fetchRegistry({ url: new URL(server.url), timeouts: PATIENT }));
    expect(message).toBe("the connection was closed by HOST");
  });

  it("is refused when it is not HTTP", async () => {
    const server = await startRawServer((socket) => socket.end("SSH-2.0-x\r\n"));
    const message = await messageOf(fetchRegistry({ url: new URL(server.url), timeouts: PATIENT }));
    expect(message).toContain("not HTTP");
  });
});

describe("redirects", () => {
  const to =
    (location: string): AnswerCall =>
    (response) =>
      response.writeHead(302, { location }).end();

  it.each([301, 302, 303, 307, 308])("of %i are followed three times, with the version", async (status) => {
    const { fetched, server } = await fetchFrom(
      (response, _call, at) =>
        at < 3 ? response.writeHead(status, { location: `./${at}` }).end() : response.writeHead(304).end(),
      { etag: '"v1"' },
    );
    expect(fetched).toEqual({ status: "not-modified" });
    expect(server.calls.map(({ url, headers }) => [url, headers["if-none-match"]])).toEqual(
      ["/v1", "/0", "/1", "/2"].map((path) => [path, '"v1"']),
    );
  });

  it("end when they go round in a circle", async () => {
    const server = await startFaultServer(to("/v1"));
    const message = await messageOf(fetchRegistry({ url: new URL(server.url), timeouts: PATIENT }));
    expect(message).toBe("HOST redirects more than 3 times");
    expect(server.calls).toHaveLength(4);
  });

  it.each([
    ["file:///etc/passwd", "redirects from http to file, which is not followed"],
    ["http://registry.invalid/r.json", "http://registry.invalid is not asked"],
    ["http://192.0.2.1/r.json", "http://192.0.2.1 is not asked"],
    ["http://127.0.0.1.registry.invalid/", "http://127.0.0.1.registry.invalid is not asked"],
    ["data:application/json,{}", "redirects from http to data, which is not followed"],
    ["http://", "redirects without saying where to"],
  ])("to %s are not followed", async (location, message) => {
    expect(await failureOf(to(location))).toContain(message);
  });

  it("without a target are told", async () => {
    expect(await failureOf((response) => response.writeHead(302).end())).toContain("without saying where to");
  });

  it("send no password that they name", async () => {
    const { server } = await fetchFrom((response, { headers }, at) =>
      at === 0 ? response.writeHead(302, { location: `http://me:hidden@${headers.host}/` }).end() : response.end(TEXT),
    );
    expect(server.calls).toHaveLength(2);
    expect(server.calls[1]?.headers).not.toHaveProperty("authorization");
  });
});

describe("https", () => {
  it("wants a certificate that can be trusted", async () => {
    const server = await startTlsFaultServer((response) => response.end(TEXT));
    expect(await messageOf(fetchRegistry({ url: new URL(server.url), timeouts: PATIENT }))).toMatch(
      /^the connection to HOST failed: .*certificate/,
    );
    expect(server.calls).toHaveLength(0);
  });

  it("is not left for http, not even of this machine", async () => {
    const plain = await startFaultServer((response) => response.end(TEXT));
    const server = await startTlsFaultServer((response, _call, at) =>
      at === 0 ? response.end(TEXT) : response.writeHead(302, { location: plain.url }).end(),
    );
    const trusted = getCACertificates();
    setDefaultCACertificates([...trusted, server.certificate]);
    try {
      const request = { url: new URL(server.url), timeouts: PATIENT };
      expect(await fetchRegistry(request)).toMatchObject({ text: TEXT });
      expect(await messageOf(fetchRegistry(request))).toBe("HOST redirects from https to http, which is not followed");
      expect(plain.calls).toHaveLength(0);
    } finally {
      setDefaultCACertificates(trusted);
    }
  });
});

describe("a proxy", () => {
  it("is asked for what is not on this machine", async () => {
    const asked: string[] = [];
    const proxy = await startRawServer((socket, first) => {
      asked.push(first.toString().split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    vi.stubEnv("https_proxy", new URL(proxy.url).origin);
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    const fetching = fetchRegistry({ url: new URL("https://registry.invalid/r.json"), timeouts: PATIENT });
    expect(await messageOf(fetching)).toMatch(/^the proxy does not connect to registry\.invalid/);
    expect(asked).toEqual(["CONNECT registry.invalid:443 HTTP/1.1"]);
  });

  it("that cannot be used is not gone around", async () => {
    vi.stubEnv("https_proxy", "socks5://127.0.0.1:1");
    const fetching = fetchRegistry({ url: new URL("https://registry.invalid/r.json"), timeouts: PATIENT });
    expect(await messageOf(fetching)).toBe("HTTPS_PROXY is not an http or https URL");
  });
});

import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { knowsProxies } from "../../packages/llm/src/network/proxy-route.ts";
import { ask } from "../support/ask-server.ts";
import { completion, send } from "../support/chat-answers.ts";
import { startFaultServer, startRawServer, startTlsFaultServer } from "../support/fault-server.ts";

const HTTP = "http://model.test/v1";
const HTTPS = "https://model.test/v1";

describe("a proxy", () => {
  it.each(["HTTP_PROXY", "http_proxy"])("in %s is asked for an http server", async (name) => {
    const proxy = await startFaultServer((response) => send(response, 200, completion("Hi")));
    vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    expect(await ask(HTTP)).toMatchObject({ text: "Hi", error: undefined });
    expect(proxy.calls[0]?.url).toBe("http://model.test/v1/chat/completions");
  });

  it.each(["HTTPS_PROXY", "https_proxy"])(
    "in %s is asked for a tunnel to an https server, and sees no key",
    async (name) => {
      const server = await startTlsFaultServer((response) => send(response, 200, completion("Hi")));
      let seen = "";
      const proxy = await startRawServer((socket, first) => {
        seen += first.toString();
        const onward = connect(server.port, "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 OK\r\n\r\n");
          socket.on("data", (data) => (seen += data.toString("latin1")));
          socket.pipe(onward).pipe(socket);
        });
        onward.on("error", () => socket.destroy());
        socket.on("close", () => onward.destroy());
      });
      vi.stubEnv(name, `http://user:word@127.0.0.1:${proxy.port}`);
      // The certificate is not one to trust, which is found behind the tunnel.
      expect((await ask(HTTPS)).error).toMatchObject({
        kind: "network",
        hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
      });
      expect(seen).toMatch(/^CONNECT model\.test:443 HTTP/);
      expect(seen).toContain(`Basic ${Buffer.from("user:word").toString("base64")}`);
      expect(seen).not.toContain("sk-very");
    },
  );

  it("is not asked for this machine, whose prompts must not leave it", async () => {
    const proxy = await startFaultServer((response) => send(response, 200, completion("proxy")));
    const server = await startFaultServer((response) => send(response, 200, completion("server")));
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
    for (const host of ["127.0.0.1", "localhost"]) {
      expect((await ask(server.url.replace("127.0.0.1", host))).text).toBe("server");
    }
    expect(proxy.sockets).toEqual([]);
  });

  it.each(["NO_PROXY", "no_proxy"])("is not asked for what %s excepts", async (name) => {
    const proxy = await startFaultServer((response) => send(response, 200, completion("Hi")));
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv(name, "other.test,no-such-host.invalid");
    expect((await ask("http://no-such-host.invalid/v1")).error?.kind).toBe("network");
    expect(proxy.sockets).toEqual([]);
    expect((await ask(HTTP)).text).toBe("Hi");
  });

  it("that changes is followed", async () => {
    for (const word of ["first", "second"]) {
      const proxy = await startFaultServer((response) => send(response, 200, completion(word)));
      vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
      expect((await ask(HTTP)).text).toBe(word);
    }
  });

  it.each(["nonsense", "socks5://127.0.0.1:1080"])(
    "that cannot be used is no reason to go around it: %s",
    async (value) => {
      vi.stubEnv("HTTP_PROXY", value);
      expect((await ask(HTTP)).error).toMatchObject({
        kind: "network",
        message: "HTTP_PROXY is not an http or https URL",
        hint: "Correct or unset HTTP_PROXY.",
      });
    },
  );

  it("that wants another password says so, and its own is not told", async () => {
    const proxy = await startRawServer((socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
    vi.stubEnv("HTTPS_PROXY", `http://user:pass-word-1@127.0.0.1:${proxy.port}`);
    const { error } = await ask(HTTPS);
    expect(error).toMatchObject({ kind: "network", hint: expect.stringContaining("HTTPS_PROXY") });
    expect(JSON.stringify([error, error?.message, error?.stack])).not.toContain("pass-word-1");
  });

  it("that is not there is named beside the server", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
    expect((await ask(HTTPS)).error).toMatchObject({
      kind: "network",
      message: "nothing listens at model.test or the proxy 127.0.0.1:1",
    });
  });

  it.each([
    ["20.19.0", false],
    ["22.18.0", false],
    ["22.21.0", true],
    ["23.11.0", false],
    ["24.4.1", false],
    ["24.5.0", true],
    ["26.0.0", true],
  ])("can be used by Node %s: %s", (version, can) => {
    expect(knowsProxies(version)).toBe(can);
  });
});

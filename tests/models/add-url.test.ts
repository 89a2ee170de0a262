import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { send } from "../support/chat-answers.ts";
import {
  startFaultServer,
  startRawServer,
  startTlsFaultServer,
  until,
  type AnswerCall,
} from "../support/fault-server.ts";
import { serveFile } from "../support/file-answers.ts";
import { ggufFile } from "../support/gguf.ts";
import { CLI_PACKAGE, runCli, startCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const MB = 1024 * 1024;
const file = ggufFile(2 * MB, { "general.license": "mit" });

const modelsOf = (home: string): string => join(home, "models");
/** What a user sees in the folder of models, which is all but locks. */
const leftIn = (home: string): string[] =>
  readdirSync(modelsOf(home))
    .filter((name) => !name.endsWith(".lock"))
    .toSorted();

/** Whether so many bytes of the model `m` have come, in a download that is not finished. */
const hasPart = (home: string, bytes: number): boolean =>
  statSync(join(modelsOf(home), ".m.part"), { throwIfNoEntry: false })?.size === bytes;

/** Adds a model from a server, in a home of its own. */
async function add(answer: AnswerCall, home = tempFolder("home")): Promise<RunResult & { home: string }> {
  const server = await startFaultServer(answer);
  return { ...(await runCli(["models", "add", `${server.url}/Some%20Model.gguf?key=1`], { home })), home };
}

/** Adds a model, and breaks that off when half of it has come. */
async function breakOff(
  signal: NodeJS.Signals,
  home: string,
  answer: AnswerCall,
): Promise<{ port: number; url: string; ended: RunResult }> {
  const half = file.length / 2;
  const server = await startFaultServer((response, call, at) =>
    at === 0 ? serveFile(response, call, file, { holdAt: half }) : answer(response, call, at),
  );
  const url = `${server.url}/m.gguf`;
  const cli = startCli(["models", "add", url], { home });
  await until(() => hasPart(home, half));
  cli.child.kill(signal);
  return { port: server.port, url, ended: await cli.result };
}

describe("models add URL", () => {
  it("downloads a model under the name of its file, and tells programs of it", async () => {
    const server = await startFaultServer((response, call) => serveFile(response, call, file));
    const home = tempFolder("home");
    const url = `${server.url}/Some%20Model.GGUF`;
    const { code, stdout, stderr } = await runCli(["models", "add", `${url}?secret=1`, "--json"], { home });
    const path = join(modelsOf(home), "some-model.gguf");
    const sha256 = createHash("sha256").update(file).digest("hex");
    expect(stderr).toBe(`Downloading some-model (2.0 MB) from ${url}.\n`);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        name: "some-model",
        path,
        bytes: file.length,
        sha256,
        source: url,
        licence: "mit",
        kind: "downloaded",
        wasThere: false,
      },
    ]);
    expect(readFileSync(path).equals(file)).toBe(true);
    expect(leftIn(home)).toEqual(["some-model.gguf", "some-model.json"]);
    expect(JSON.parse((await runCli(["models", "list", "--json"], { home })).stdout)).toEqual([
      {
        name: "some-model",
        path,
        status: "ok",
        bytes: file.length,
        licence: "mit",
        source: url,
        sha256,
        linked: false,
      },
    ]);
    expect(server.calls[0]?.headers).not.toHaveProperty("authorization");
  });

  it("succeeds again, and takes nothing else under a name that is taken", async () => {
    const server = await startFaultServer((response, call) => serveFile(response, call, file));
    const home = tempFolder("home");
    await runCli(["models", "add", `${server.url}/m.gguf`], { home });
    expect(await runCli(["models", "add", `${server.url}/m.gguf`], { home })).toMatchObject({
      code: 0,
      stderr: `m is on this machine already: ${server.url}/m.gguf (2.0 MB).\n`,
    });
    expect(await runCli(["models", "add", `${server.url}/other.gguf`, "--name", "M"], { home })).toMatchObject({
      code: 1,
      stderr: `ai-cli: There is another model called m: ${join(modelsOf(home), "m.gguf")}.\nRemove it first (ai-cli models rm m), or give yours another: --name NAME\n`,
    });
    expect(server.calls.length).toBe(1);
  });

  it.each<[string, string, AnswerCall]>([
    ["404", "has no such file (HTTP 404)", (response) => send(response, 404, "no")],
    ["500", "answered with an error of its own (HTTP 500)", (response) => send(response, 500, "no")],
    ["403", "does not give the file without a login (HTTP 403)", (response) => send(response, 403, "no")],
    ["a web page", "is a web page and no GGUF file", (response) => send(response, 200, "<!doctype html>")],
    ["another file", "is no GGUF file", (response) => send(response, 200, "PK and so on")],
    ["nothing", "sends is empty", (response) => send(response, 200, "")],
    ["three bytes", "is no GGUF file", (response) => send(response, 200, "GGU")],
    [
      "a file cut in its header",
      "is cut off: it ends within its header",
      (response) => send(response, 200, file.subarray(0, 40)),
    ],
    [
      "a circle of redirects",
      "redirects more than 5 times",
      (response) => send(response, 302, "", { location: "/v1/x" }),
    ],
    [
      "a redirect elsewhere",
      "redirects from http to file",
      (response) => send(response, 302, "", { location: "file:///etc/passwd" }),
    ],
    ["a redirect to nowhere", "redirects without saying where to", (response) => send(response, 302, "")],
    [
      "compressed bytes",
      "in a compressed form",
      (response) => send(response, 200, "x", { "content-encoding": "gzip" }),
    ],
    ["a part that nobody asked for", "(HTTP 206)", (response) => send(response, 206, file)],
  ])("says what is wrong with %s, and leaves nothing behind", async (_what, cause, answer) => {
    const { code, stdout, stderr, home } = await add(answer);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(cause);
    expect(stderr).not.toMatch(/Unexpected error|key=1/);
    expect(leftIn(home)).toEqual([]);
  });

  it.each(["reset", "end"] as const)("asks once more, for the rest, at a %s of the connection", async (thenClose) => {
    const home = tempFolder("home");
    const server = await startFaultServer((response, call, at) => {
      const isArrived = (): boolean => hasPart(home, MB);
      serveFile(response, call, file, at === 0 ? { holdAt: MB, thenClose, isArrived } : {});
    });
    expect((await runCli(["models", "add", `${server.url}/m.gguf`], { home })).code).toBe(0);
    expect(server.calls.map((call) => call.headers.range)).toEqual([undefined, `bytes=${MB}-`]);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(file)).toBe(true);
  });

  it("fails when the connection breaks again, and goes on the next time", async () => {
    const home = tempFolder("home");
    const server = await startFaultServer((response, call, at) => {
      const holdAt = ((at + 1) * MB) / 2;
      const isArrived = (): boolean => hasPart(home, holdAt);
      serveFile(response, call, file, at < 2 ? { holdAt, thenClose: "reset", isArrived } : {});
    });
    const failed = await runCli(["models", "add", `${server.url}/m.gguf`], { home });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`the connection to 127.0.0.1:${server.port} broke in mid-download.`);
    expect(failed.stderr).toContain("The same command goes on from 1.0 MB.");
    expect(leftIn(home)).toEqual([".m.part", ".m.part.json"]);
    const { code, stderr } = await runCli(["models", "add", `${server.url}/m.gguf`], { home });
    expect([code, stderr]).toEqual([
      0,
      `Downloading m (2.0 MB) from ${server.url}/m.gguf, going on from 1.0 MB.\n` +
        `m is on this machine now (2.0 MB, downloaded from ${server.url}/m.gguf).\n`,
    ]);
    expect(server.calls.map((call) => call.headers.range)).toEqual([undefined, `bytes=${MB / 2}-`, `bytes=${MB}-`]);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(file)).toBe(true);
  });

  it("takes a body without an announced length", async () => {
    const { code, home } = await add((response) => {
      response.write(file.subarray(0, 2));
      response.end(file.subarray(2));
    });
    expect(code).toBe(0);
    expect(readFileSync(join(modelsOf(home), "some-model.gguf")).equals(file)).toBe(true);
  });

  it("follows a redirect to another server, and never from https to http", async () => {
    const target = await startFaultServer((response, call) => serveFile(response, call, file));
    const location = `http://user:word@localhost:${target.port}/x`;
    const { code } = await add((response) => send(response, 302, "", { location }));
    expect(code).toBe(0);
    expect(target.calls[0]?.headers).not.toHaveProperty("authorization");
    const secure = await startTlsFaultServer((response) => send(response, 302, "", { location }));
    const certificate = join(tempFolder("certificate"), "certificate.pem");
    writeFileSync(certificate, secure.certificate);
    const refused = await runCli(["models", "add", `${secure.url}/m.gguf`], {
      env: { NODE_EXTRA_CA_CERTS: certificate },
    });
    expect(refused.stderr).toContain("redirects from https to http, which is not followed");
    expect(target.calls.length).toBe(1);
  });

  it("goes through the proxy of the environment", async () => {
    const proxy = await startFaultServer((response, call) => serveFile(response, call, file));
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect((await runCli(["models", "add", "http://model.test/m.gguf"], { env })).code).toBe(0);
    expect(proxy.calls[0]?.url).toBe("http://model.test/m.gguf");
  });

  it("downloads once when two ask for the same at once", async () => {
    const home = tempFolder("home");
    let release = (): void => {};
    const server = await startFaultServer((response, call) => (release = () => serveFile(response, call, file)));
    const runs = [1, 2].map(() => startCli(["models", "add", `${server.url}/m.gguf`], { home }));
    await Promise.any(runs.map((run) => run.shows("Another ai-cli is bringing m; waiting for it.")));
    await until(() => server.calls.length > 0);
    release();
    const ended = await Promise.all(runs.map((run) => run.result));
    expect(ended.map((one) => one.code)).toEqual([0, 0]);
    expect(ended.filter((one) => one.stderr.includes("already"))).toHaveLength(1);
    expect(server.calls.length).toBe(1);
  });

  it("says that files may not be so large, and goes on when they may", async () => {
    const home = tempFolder("home");
    const server = await startFaultServer((response, call) => serveFile(response, call, file));
    const url = `${server.url}/m.gguf`;
    const child = spawn(
      "bash",
      [
        "-c",
        'ulimit -f 1024; exec "$@"',
        "bash",
        process.execPath,
        join(CLI_PACKAGE, "bin/ai-cli.cjs"),
        "models",
        "add",
        url,
      ],
      { env: { PATH: process.env["PATH"], D0TTINO_HOME: home }, stdio: ["ignore", "ignore", "pipe"] },
    );
    let stderr = "";
    child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(1);
    expect(stderr).toContain("cannot be written: it is larger than files may be here (ulimit -f).");
    expect(leftIn(home)).toEqual([".m.part", ".m.part.json"]);
    expect((await runCli(["models", "add", url], { home })).code).toBe(0);
    expect(server.calls[1]?.headers.range).toBe(`bytes=${MB}-`);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(file)).toBe(true);
  });
});

describe("a download that was broken off", () => {
  it("by Ctrl-C goes on where it was", async () => {
    const home = tempFolder("home");
    const seen: unknown[] = [];
    const { url, ended } = await breakOff("SIGINT", home, (response, call) => {
      seen.push(call.headers.range, call.headers["if-range"]);
      serveFile(response, call, file);
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("Interrupted. The same command goes on from 1.0 MB.\n");
    expect(leftIn(home)).toEqual([".m.part", ".m.part.json"]);
    expect((await runCli(["models", "list", "--json"], { home })).stdout).toBe("[]\n");
    expect((await runCli(["models", "add", url], { home })).code).toBe(0);
    expect(seen).toEqual([`bytes=${MB}-`, '"v1"']);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(file)).toBe(true);
    expect(leftIn(home)).toEqual(["m.gguf", "m.json"]);
  });

  it("by kill -9 goes on where it was", async () => {
    const home = tempFolder("home");
    const seen: unknown[] = [];
    const { url } = await breakOff("SIGKILL", home, (response, call) => {
      seen.push(call.headers.range, call.headers["if-range"]);
      serveFile(response, call, file);
    });
    expect((await runCli(["models", "add", url], { home })).code).toBe(0);
    expect(seen).toEqual([`bytes=${MB}-`, '"v1"']);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(file)).toBe(true);
  });

  it.each<[string, AnswerCall, number]>([
    ["another version", (response, call) => serveFile(response, call, other, { etag: '"v2"' }), 2],
    ["no ranges", (response) => send(response, 200, other), 2],
    [
      "a refusal of the range",
      (response, call) => (call.headers.range === undefined ? send(response, 200, other) : send(response, 416, "")),
      3,
    ],
    [
      "another range than the one asked for",
      (response, call) =>
        call.headers.range === undefined
          ? send(response, 200, other)
          : send(response, 206, other.subarray(1), { "content-range": `bytes 1-${other.length - 1}/${other.length}` }),
      3,
    ],
  ])("starts over where the server has %s", async (_what, answer, calls) => {
    const home = tempFolder("home");
    let seen = 1;
    const { url } = await breakOff("SIGINT", home, (...call) => {
      seen += 1;
      answer(...call);
    });
    expect((await runCli(["models", "add", url], { home })).code).toBe(0);
    expect(readFileSync(join(modelsOf(home), "m.gguf")).equals(other)).toBe(true);
    expect(seen).toBe(calls);
  });

  it("is not taken for whole where the server had said no length", async () => {
    const home = tempFolder("home");
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      socket.write(file.subarray(0, 5000));
    });
    const cli = startCli(["models", "add", `${server.url}/m.gguf`], { home });
    await until(() => hasPart(home, 5000));
    cli.child.kill("SIGINT");
    expect((await cli.result).code).toBe(130);
    expect(leftIn(home)).toEqual([".m.part", ".m.part.json"]);
  });

  it("stays when the server has become a web page, and is removed by rm", async () => {
    const home = tempFolder("home");
    const { url } = await breakOff("SIGINT", home, (response) => send(response, 200, "<html>Log in</html>"));
    expect((await runCli(["models", "add", url], { home })).stderr).toContain("is a web page");
    expect(statSync(join(modelsOf(home), ".m.part")).size).toBe(MB);
    expect((await runCli(["models", "rm", "m"], { home })).stderr).toBe(
      "What there was of m, a download that was not finished, is removed.\n",
    );
    expect(leftIn(home)).toEqual([]);
  });
});

const other = ggufFile(MB + 5);

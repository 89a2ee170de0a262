import { existsSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";

const PLUGINS = { hello: "hello-plugin" };
/** npm's own setting; ours is half a minute. */
const IMPATIENT = { npm_config_fetch_timeout: "600" };

const status =
  (code: number): RequestListener =>
  (_request, response) =>
    void response.writeHead(code).end("{}");

const sends =
  (body: string, type = "application/json"): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { "content-type": type }).end(body);

/** The answer of a registry about one version, with some of its fields changed. */
function version(fields: object, dist: object = {}): RequestListener {
  const hash = `sha512-${Buffer.alloc(64).toString("base64")}`;
  const one = {
    name: "hello-plugin",
    version: "1.0.0",
    dist: { tarball: "http://127.0.0.1:9/x.tgz", integrity: hash },
  };
  const versions = { "1.0.0": { ...one, ...fields, dist: { ...one.dist, ...dist } } };
  return sends(JSON.stringify({ name: "hello-plugin", "dist-tags": { latest: "1.0.0" }, versions }));
}

const hangs: RequestListener = () => {};

const drips: RequestListener = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 50);
  response.on("close", () => clearInterval(timer));
};

const endless: RequestListener = (_request, response) => {
  response.writeHead(200);
  const chunk = Buffer.alloc(2 ** 20, " ");
  const more = (): void => {
    while (response.write(chunk));
  };
  response.on("drain", more);
  more();
};

const breaks: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-length": 1000 });
  response.write("{");
  setTimeout(() => response.destroy(), 50);
};

describe("plugins install, when the registry of npm", () => {
  it.each<[string, RequestListener, string]>([
    ["wants a login", status(401), "asks for a login"],
    ["does not allow it", status(403), "does not allow it"],
    ["does not have it", status(404), "has no such package"],
    ["was asked too often", status(429), "was asked too often"],
    ["is a teapot", status(418), "refuses (418"],
    ["fails", status(500), "has a fault of its own (500)"],
    ["is being repaired", status(503), "has a fault of its own (503)"],
    ["never answers", hangs, "did not answer in time"],
    ["begins and never goes on", (_request, response) => response.flushHeaders(), "did not answer in time"],
    ["drips", drips, "did not answer in time"],
    ["never ends", endless, "sends more than it can mean"],
    ["breaks off", breaks, "broke"],
    [
      "goes round in circles",
      (_request, response) => void response.writeHead(302, { location: "/hello-plugin" }).end(),
      "not what a registry of npm sends",
    ],
    ["is a captive portal", sends("<!doctype html>", "text/html"), "is there a page to log in?"],
    ["sends nothing", sends(""), "not what a registry of npm sends"],
    ["sends null", sends("null"), "not what a registry of npm sends"],
    ["sends a list", sends("[]"), "it has no versions"],
    ["has no versions", sends('{"name":"hello-plugin","versions":null}'), "it has no versions"],
    [
      "sends bytes that are no text",
      (_request, response) => void response.end(Buffer.from([0xff, 0xfe, 0x00])),
      "not what a registry",
    ],
    ["answers about another package", version({ name: "../../evil" }), 'answered with "../../evil"'],
    ["names a folder for a version", version({ version: "../../../x" }), 'calls its version "../../../x"'],
    ["names a file for a tarball", version({}, { tarball: "file:///etc/passwd" }), 'lies at "file:///etc/passwd"'],
    ["names a git server for a tarball", version({}, { tarball: "git+ssh://git@127.0.0.1/x" }), "lies at"],
    ["tells no hash", version({}, { integrity: undefined }), "tells no hash of it"],
    ["names a tarball that nobody has", version({}), "cannot be reached"],
  ])("%s", async (_what, answer, told) => {
    const { registry, run, home } = await managerPlace(PLUGINS, IMPATIENT);
    registry.answers.set("hello-plugin", answer);
    const { code, stdout, stderr } = await run("plugins", "install", "hello");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^ai-cli: hello-plugin could not be installed: .*\.\n/);
    expect(stderr).toContain(told);
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });

  it.each<[string, RequestListener, string]>([
    ["does not have the tarball", status(404), "has no such package"],
    ["never sends the tarball", hangs, "did not answer in time"],
    ["sends half of the tarball", breaks, "broke"],
    [
      "sends another page for the tarball",
      sends("<!doctype html>", "text/html"),
      "not what the registry of npm promised",
    ],
  ])("%s, the old version stays", async (_what, answer, told) => {
    const { registry, run, says } = await managerPlace(PLUGINS, IMPATIENT);
    registry.publish(backendSource("hello", "1.0.0"));
    expect((await run("plugins", "install", "hello")).code).toBe(0);
    registry.publish(backendSource("hello", "2.0.0"));
    registry.answers.set("hello-plugin/-/2.0.0.tgz", answer);
    const { code, stderr } = await run("plugins", "update", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(await says("hello")).toBe("hello 1.0.0");
    registry.answers.clear();
    expect((await run("plugins", "update", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 2.0.0");
  });

  it("has its tarballs on another server, asks there without the token", async () => {
    const { registry, run, says, home } = await managerPlace(PLUGINS);
    const other = await managerPlace();
    const tokens: (string | undefined)[] = [];
    const host = new URL(registry.url).host;
    writeFileSync(join(home, ".npmrc"), `//${host}/:_authToken=secret\n`);
    registry.publish(backendSource("hello", "1.0.0"), undefined, { tarball: `${other.registry.url}x.tgz` });
    other.registry.answers.set("x.tgz", (request, response) => {
      tokens.push(request.headers.authorization);
      response.end(registry.tarballs.get("hello-plugin/-/1.0.0.tgz"));
    });
    expect((await run("plugins", "install", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0");
    expect([...new Set(tokens)]).toEqual([undefined]);
  });

  it("cannot be reached, does not keep a person waiting for minutes", async () => {
    const { env, home } = await managerPlace(PLUGINS);
    const rest = Object.fromEntries(Object.entries(env).filter(([name]) => name !== "npm_config_fetch_retries"));
    const { code, stderr } = await runCli(["plugins", "install", "hello"], {
      home,
      env: { ...rest, npm_config_registry: "http://127.0.0.1:9/" },
    });
    // A command that takes longer than twenty seconds is killed.
    expect([code, stderr]).toEqual([1, expect.stringContaining("cannot be reached")]);
  });
});

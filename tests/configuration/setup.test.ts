import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startFaultServer, type AnswerCall } from "../support/fault-server.ts";
import { CLI_PACKAGE, runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SCRIPT = "/usr/bin/script";

/**
 * Runs the CLI at a pseudo-terminal and types each answer when its question has come.
 * @returns all that the terminal showed
 */
function atTerminal(
  command: string,
  dialogue: readonly (readonly [question: string, answer: string])[],
  env: object,
): Promise<string> {
  const program = `"${process.execPath}" "${join(CLI_PACKAGE, "bin/ai-cli.cjs")}" ${command}`;
  const child = spawn(SCRIPT, ["-qefc", program, "/dev/null"], {
    env: { PATH: process.env["PATH"], TERM: "dumb", ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const left = [...dialogue];
  let shown = "";
  let answered = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const next = left[0];
    const at = next === undefined ? -1 : shown.indexOf(next[0], answered);
    if (next === undefined || at === -1) return;
    answered = at + next[0].length;
    left.shift();
    child.stdin.write(`${next[1]}\n`);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(shown));
  });
}

/** As OpenRouter answers: comments while it works, reasoning, and the usage in a chunk without choices. */
const openRouter: AnswerCall = (response, call) => {
  if (call.url.endsWith("/models")) return response.end('{"data": [{"id": "openrouter/auto"}, {"id": "some/model"}]}');
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of [
    ": OPENROUTER PROCESSING",
    'data: {"id":"gen-1","provider":"Some","model":"some/model","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"hm"},"finish_reason":null}]}',
    ": OPENROUTER PROCESSING",
    'data: {"id":"gen-1","model":"some/model","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}',
    'data: {"id":"gen-1","model":"some/model","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","native_finish_reason":"stop"}]}',
    'data: {"id":"gen-1","model":"some/model","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"cost":0}}',
    "data: [DONE]",
  ]) {
    response.write(`${event}\n\n`);
  }
  return response.end();
};

/** As Ollama answers on its OpenAI-compatible path. */
const ollama: AnswerCall = (response, call) => {
  if (call.url.endsWith("/models")) {
    return response.end('{"object":"list","data":[{"id":"llama3.2:latest","object":"model","owned_by":"library"}]}');
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const chunk = (delta: object, reason: string | null): string =>
    `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", model: "llama3.2:latest", system_fingerprint: "fp_ollama", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  response.write(
    chunk({ role: "assistant", content: "Good " }, null) +
      chunk({ content: "day" }, null) +
      chunk({ content: "" }, "stop"),
  );
  return response.end("data: [DONE]\n\n");
};

describe.runIf(existsSync(SCRIPT))("setup, at a terminal, and then send", () => {
  it("takes a key of OpenRouter, does not show it, and gets an answer with it", async () => {
    const server = await startFaultServer(openRouter);
    const env = { D0TTINO_HOME: tempFolder("home"), OPENROUTER_BASE_URL: server.url };
    const shown = await atTerminal(
      "setup",
      [
        ["Number (1, 2, 3): ", "1"],
        ["): ", "1"],
        ["Key of openrouter: ", "sk-or-hidden"],
      ],
      env,
    );
    expect(shown).toContain('It has 2. Try:  ai-cli send "Hello"');
    // A terminal echoes what is typed ahead of a question; the key is typed after it.
    expect(shown).not.toContain("sk-or-hidden");
    const { code, stdout } = await runCli(["send", "Hello", "--json"], { home: env.D0TTINO_HOME, env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      text: "Hello",
      backend: "openrouter",
      model: "some/model",
      usage: { inputTokens: 9, outputTokens: 2 },
    });
    expect(server.calls.at(-1)?.headers.authorization).toBe("Bearer sk-or-hidden");
  });

  it("takes a server of one's own", async () => {
    const server = await startFaultServer(ollama);
    const home = tempFolder("home");
    const shown = await atTerminal(
      "setup",
      [
        ["Number (1, 2, 3): ", "2"],
        ["/v1: ", server.url],
        ["mine: ", "Box"],
        ["(Enter for none): ", ""],
      ],
      { D0TTINO_HOME: home },
    );
    expect(shown).toContain("It has 1.");
    expect(JSON.parse(readFileSync(join(home, "config.json"), "utf8"))).toMatchObject({ route: ["box"] });
    expect((await runCli(["send", "Hello"], { home })).stdout).toBe("Good day\n");
  });

  it("finds an Ollama that is there, and says what to do when there is nothing", async () => {
    const server = await startFaultServer(ollama);
    const env = { D0TTINO_HOME: tempFolder("home"), OLLAMA_BASE_URL: server.url };
    const declined = [
      ["Number (1, 2, 3): ", "3"],
      ["[Y/n] ", "n"],
    ] as const;
    const found = await atTerminal("setup", declined, env);
    expect(found).toContain("These can answer already: ollama.");
    expect(found).toContain("(93.8 MB, Apache-2.0).");
    expect(found).toContain("The easiest ways to a model");
    const { stdout, stderr } = await runCli(["send", "Hello"], { home: env.D0TTINO_HOME, env });
    expect([stdout, stderr]).toEqual(["Good day\n", "Answered by ollama (llama3.2:latest).\n"]);
  });

  it("offers a small model to who has nothing, and tells why it cannot be had", async () => {
    const hub = await startFaultServer((response) => response.writeHead(404).end("no such file"));
    const env = {
      D0TTINO_HOME: tempFolder("home"),
      HF_ENDPOINT: new URL(hub.url).origin,
      // Without Python there is no second source.
      PATH: tempFolder("empty"),
    };
    const accepted = [
      ["Number (1, 2, 3): ", "3"],
      ["[Y/n] ", ""],
    ] as const;
    const shown = await atTerminal("setup", accepted, env);
    expect(shown).toContain("smollm2 could not be downloaded");
    expect(shown).toContain("python3 is not installed");
    expect(hub.calls.map((call) => call.url)).toEqual([expect.stringMatching(/Q4_1\.gguf$/)]);
  });
});

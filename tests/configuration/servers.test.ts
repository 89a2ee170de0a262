import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { beginStream, chunk, event } from "../support/chat-answers.ts";
import { startChatServer } from "../support/chat-server.ts";
import { startFaultServer } from "../support/fault-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** A home whose config file says so. */
function homeWith(config: object, keys?: object): string {
  const home = tempFolder("home");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "config.json"), JSON.stringify(config));
  if (keys !== undefined) writeFileSync(join(home, "keys.json"), JSON.stringify(keys), { mode: 0o600 });
  return home;
}

describe("a server in the config file", () => {
  it("is a backend like any other", async () => {
    const { url, requests } = await startChatServer();
    const home = homeWith({ backends: { mine: { baseUrl: url, local: true } } }, { mine: "sk-stored" });
    const { code, stdout } = await runCli(["send", "-b", "MINE", "hello"], { home });
    expect([code, stdout]).toEqual([0, "Hello from the server\n"]);
    expect(requests.map((request) => request.path)).toEqual(["/v1/models", "/v1/chat/completions"]);
    expect(requests[1]?.headers.authorization).toBe("Bearer sk-stored");
    expect(JSON.parse(requests[1]?.body ?? "")).toMatchObject({ model: "small", stream: true });
  });

  it("needs the key that it names, and says so", async () => {
    const { url, requests } = await startChatServer();
    const home = homeWith({ backends: { mine: { baseUrl: url, apiKeyEnv: "MINE_KEY" } } });
    const { code, stderr } = await runCli(["send", "-b", "mine", "hello"], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("mine failed: no API key is set.\nSet MINE_KEY, or store it: ai-cli keys set mine");
    expect(requests).toEqual([]);
  });

  it("is found when nothing else is configured, and --local asks it alone", async () => {
    const { url } = await startChatServer();
    const home = homeWith({ backends: { mine: { baseUrl: url, local: true } } });
    for (const args of [
      ["send", "hello"],
      ["send", "hello", "--local"],
    ]) {
      const { stdout, stderr } = await runCli(args, { home });
      expect(stdout).toBe("Hello from the server\n");
      expect(stderr).toMatch(/^Answered by mine \(small\): 3 tokens in [\d.]+ seconds\.\n$/);
    }
    expect((await runCli(["send", "hello", "--remote"], { home })).stderr).toContain("no API key is set");
  });

  it("may take as long as the config file says", async () => {
    const slow = await startFaultServer(() => {});
    const half = await startFaultServer((response) => beginStream(response, event(chunk("half "))));
    const backend = (url: string): object => ({ baseUrl: url, defaultModel: "m", timeouts: { silence: 200 } });
    const home = homeWith({ backends: { slow: backend(slow.url), half: backend(half.url) } });
    await runCli(["config", "set", "backends.slow.timeouts.firstToken", "200"], { home });
    const answers = [
      runCli(["send", "-b", "slow", "hello"], { home }),
      runCli(["send", "-b", "half", "hello"], { home }),
    ];
    expect(await Promise.all(answers)).toMatchObject([
      { code: 1, stdout: "", stderr: expect.stringContaining("slow failed: no answer from") },
      { code: 1, stdout: "half \n", stderr: expect.stringContaining("half failed: ") },
    ]);
  });

  it("is told of when its address is none", async () => {
    const home = homeWith({ backends: { mine: { baseUrl: "not a url" } } });
    const { code, stderr } = await runCli(["send", "-b", "mine", "hello"], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("is not an http or https URL");
  });
});

describe("models", () => {
  it("lists what the servers offer that can be asked", async () => {
    const { url } = await startChatServer();
    const home = homeWith({ backends: { mine: { baseUrl: url } } });
    expect((await runCli(["models"], { home })).stdout).toBe("mine/small  (default)\nmine/large\n");
    expect(JSON.parse((await runCli(["models", "mine", "--json"], { home })).stdout)).toEqual([
      { backend: "mine", model: "small", default: true },
      { backend: "mine", model: "large", default: false },
    ]);
  });

  it("says why a server does not tell them", async () => {
    const home = homeWith({ backends: { gone: { baseUrl: "http://127.0.0.1:1/v1" } } });
    const { code, stderr } = await runCli(["models", "gone"], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("gone: nothing listens at 127.0.0.1:1");
  });

  it("lists what a plug-in registered, and knows no unknown backend", async () => {
    expect((await runCli(["models", "sample"])).stdout).toBe("sample/echo  (default)\n");
    expect((await runCli(["models", "smaple"])).stderr).toContain('Did you mean "sample"?');
  });
});

describe("routes", () => {
  it("are explained without asking anybody", async () => {
    const { url, requests } = await startChatServer();
    const home = homeWith({ backends: { mine: { baseUrl: url } }, route: ["sample", "mine/large"] });
    const env = { LLM_COMPLEXITY_THRESHOLD: "" };
    const { stdout } = await runCli(["send", "a short prompt", "--dry-run"], { home, env });
    expect(stdout).toBe(
      "Route: mine/large, then sample (the prompt has at most 50 words, so the fallback goes first).\n",
    );
    expect(JSON.parse((await runCli(["send", "hello", "--dry-run", "--json", "-b", "mine"], { home })).stdout)).toEqual(
      {
        route: [{ backend: "mine", model: null }],
        reason: "-b asks for mine alone",
      },
    );
    expect(requests).toEqual([]);
  });

  it("are explained as they are taken, with the local servers that answer", async () => {
    const { url, requests } = await startChatServer();
    const env = { OLLAMA_BASE_URL: url, OPENAI_API_KEY: "sk-nobody-reads-this" };
    const { stdout } = await runCli(["send", "hello", "--dry-run"], { env });
    expect(stdout).toMatch(/^Route: openai, then ollama[ ,]/);
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    const alone = await runCli(["send", "hello", "--local", "--explain-route"], { env });
    expect(alone.stderr).toContain("Route: ollama (");
    expect((await runCli(["send", "hello", "--local", "--dry-run"], { env })).stdout).toMatch(/^Route: ollama \(/);
  });

  it("go on when the first backend does not answer, and say who did", async () => {
    const home = homeWith({ backends: { gone: { baseUrl: "http://127.0.0.1:1/v1", defaultModel: "x" } } });
    const { code, stdout, stderr } = await runCli(["send", "hello", "--explain-route"], {
      home,
      env: { LLM_PRIMARY_BACKEND: "gone", LLM_FALLBACK_BACKEND: "sample", LLM_COMPLEXITY_THRESHOLD: "0" },
    });
    expect([code, stdout]).toEqual([0, "You said: hello\n"]);
    expect(stderr).toBe(
      "Route: gone, then sample (the prompt has more than 0 words, so the primary goes first).\n" +
        "gone failed (network): nothing listens at 127.0.0.1:1.\n" +
        "Answered by sample (echo), not by gone.\n",
    );
  });
});

it("a server of the config file is listed with where it comes from", async () => {
  const home = homeWith({ backends: { mine: { baseUrl: "http://127.0.0.1:1/v1" } } });
  expect((await runCli(["backends"], { home })).stdout).toMatch(/^mine .* the config file$/m);
  expect((await runCli(["backends"], { home })).stdout).toMatch(/^ollama .* built in$/m);
});

describe("a server that the user pointed to and that cannot be used", () => {
  it.each([
    ["notaurl", "ollama: the base URL is not an http or https URL."],
    ["http://127.0.0.1:1/v1", "ollama: nothing listens at 127.0.0.1:1."],
  ])("by OLLAMA_BASE_URL=%s is named when nothing else can answer", async (url, cause) => {
    const { code, stderr } = await runCli(["send", "hello"], { env: { OLLAMA_BASE_URL: url } });
    expect(code).toBe(1);
    expect(stderr).toContain(`no API key is set, no local server answers, and no model is on this machine. ${cause}`);
  });

  it("by the config file is named too", async () => {
    const home = homeWith({ backends: { gone: { baseUrl: "http://127.0.0.1:1/v1" } } });
    const { code, stderr } = await runCli(["send", "hello"], { home, env: { OLLAMA_BASE_URL: "http://127.0.0.1:1" } });
    expect(code).toBe(1);
    expect(stderr).toContain("gone: nothing listens at 127.0.0.1:1.");
  });
});

describe("keys and config", () => {
  it("are stored by eight at once, and none is lost", async () => {
    const home = tempFolder("home");
    const names = Array.from({ length: 8 }, (_, at) => `service-${at}`);
    await Promise.all([
      ...names.map((name) => runCli(["keys", "set", name], { home, stdin: `sk-${name}\n` })),
      ...names.map((name) => runCli(["config", "set", `aliases.${name}`, "a/b"], { home })),
    ]);
    const { stdout } = await runCli(["keys", "list", "--json"], { home });
    expect((JSON.parse(stdout) as { name: string }[]).map((row) => row.name).toSorted()).toEqual(names);
    expect(stdout).not.toContain("sk-");
    const config = JSON.parse(readFileSync(join(home, "config.json"), "utf8")) as { aliases: object };
    expect(Object.keys(config.aliases).toSorted()).toEqual(names);
  });

  it("are told to a program by name and source when they are stored and removed, never themselves", async () => {
    const home = tempFolder("home");
    const tell = async (words: string[], stdin?: string): Promise<unknown> => {
      const { code, stdout, stderr } = await runCli(["keys", ...words, "--json"], { home, ...(stdin && { stdin }) });
      expect([code, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout);
    };
    const [literal, variable] = [
      { name: "openai", source: "literal", variable: null },
      { name: "openrouter", source: "variable", variable: "MY_KEY" },
    ];
    expect(await tell(["set", "openai"], "sk-x\n")).toEqual(literal);
    expect(await tell(["set", "openrouter"], "env:MY_KEY\n")).toEqual(variable);
    expect(await tell(["remove", "openai"])).toEqual({ name: "openai", removed: true });
    expect(await tell(["remove", "openai"])).toEqual({ name: "openai", removed: false });
    expect(await tell(["list"])).toEqual([variable]);
  });

  it("are never taken from the arguments, nor asked for without a terminal", async () => {
    const given = await runCli(["keys", "set", "openrouter", "sk-argument"]);
    expect(given.code).toBe(2);
    expect(given.stderr).not.toContain("sk-argument");
    expect((await runCli(["keys", "set", "openrouter"])).code).toBe(2);
    expect((await runCli(["setup"])).code).toBe(2);
  });

  it("warn when others can read the keys", async () => {
    const home = homeWith({}, { openrouter: "sk-x" });
    chmodSync(join(home, "keys.json"), 0o644);
    expect((await runCli(["keys", "list"], { home })).stderr).toContain("Others on this machine can read your keys.");
  });
});

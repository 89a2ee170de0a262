import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startDialectServer, type DialectServer, type DialectServerOptions } from "../support/dialect-server.ts";
import { DIALECTS } from "../support/dialects.ts";
import { until } from "../support/fault-server.ts";
import { askingProvider, installProviders, keyOf, providerNamed } from "../support/provider-home.ts";
import { runCli, startCli, type RunOptions } from "../support/run-cli.ts";

/** One provider of each dialect, and among them models of each specification: v2 (zhipu), v3 (vercel) and v4. */
const TRIED = [
  ["mistral", "chat"],
  ["openai", "responses"],
  ["anthropic", "messages"],
  ["google", "generateContent"],
  ["cohere", "cohereChat"],
  ["vercel", "chat"],
  ["zhipu", "chat"],
] as const;

let home: string;

beforeAll(async () => {
  home = await installProviders(TRIED.map(([name]) => providerNamed(name)));
}, 180_000);

type Failures = Pick<DialectServerOptions, "failures" | "message" | "holds">;

async function serverOf([name, dialect]: (typeof TRIED)[number], more: Failures = {}): Promise<DialectServer> {
  const { defaultModel: model } = providerNamed(name);
  return startDialectServer(DIALECTS[dialect], { model, key: keyOf(name), pieces: ["a", "b"], ...more });
}

/** The server of one, and how it is asked. */
async function asking(
  tried: (typeof TRIED)[number],
  more: Failures = {},
): Promise<{ readonly server: DialectServer; readonly options: RunOptions }> {
  const server = await serverOf(tried, more);
  return { server, options: askingProvider(home, providerNamed(tried[0]), server.url) };
}

const PROMPT = "What did the secret agent put into the third drawer?";

describe.for(TRIED)("%s", (tried) => {
  const [name] = tried;

  it("tells what went wrong by its status, in the service's words but without key and prompt", async () => {
    const message = `No luck with ${keyOf(name)} and ${PROMPT}`;
    const kinds = { 401: "unauthorized", 429: "rate-limited", 500: "server" };
    const hints: Readonly<Record<number, string>> = { 401: "Check the API key." };
    const outcomes = Object.entries(kinds).map(async ([given, kind]) => {
      const status = Number(given);
      const { options, server } = await asking(tried, { failures: [{ status }, { status }, { status }], message });
      const { code, stdout, stderr } = await runCli(["send", "-b", name, "--json", PROMPT], options);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        error: {
          code: "backend-failed",
          message: expect.stringContaining("No luck with [key]") as string,
          hint: hints[status] ?? null,
        },
        attempts: [{ backend: name, outcome: "failed", kind, status }],
      });
      expect(stdout + stderr).not.toContain(keyOf(name));
      expect(stdout + stderr).not.toContain("secret agent");
      expect(server.asked).toHaveLength(1);
    });
    await Promise.all(outcomes);
  });

  it("tells what to do when it cannot be reached", async () => {
    const options = askingProvider(home, providerNamed(name), "http://127.0.0.1:1/base");
    const { code, stderr } = await runCli(["send", "-b", name, "Why?"], options);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ai-cli: \w+ failed: .*\nCheck the network connection and the base URL\.\n$/);
  });

  it("asks again when the service says how long to wait", async () => {
    const failures = [{ status: 429, headers: { "retry-after": "0" } }];
    const { options, server } = await asking(tried, { failures });
    const { code, stdout, stderr } = await runCli(["send", "-b", name, "Why?"], options);
    expect([code, stdout]).toEqual([0, "ab\n"]);
    const model = providerNamed(name).defaultModel;
    expect(stderr).toMatch(/Trying again when it asks to…\n.*\n$/);
    expect(stderr.split("\n").at(-2)).toBe(`Answered by ${name} (${model}).`);
    expect(server.asked).toHaveLength(2);
  });

  it("says which key is missing, and asks nobody", async () => {
    const { options, server } = await asking(tried);
    const { apiKeyEnv } = providerNamed(name);
    const env = { ...options.env, [apiKeyEnv]: "" };
    const { code, stdout } = await runCli(["send", "-b", name, "--json", "Why?"], { home, env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { hint: `Set ${apiKeyEnv}, or store it: ai-cli keys set ${name}` },
      attempts: [{ kind: "missing-key", status: null }],
    });
    expect([server.asked, server.faults]).toEqual([[], []]);
  });

  it("hands the answer's end, the model and the count of tokens to a program", async () => {
    const { options } = await asking(tried);
    const { stdout } = await runCli(["send", "-b", name, "--json", "Why?"], options);
    expect(JSON.parse(stdout)).toMatchObject({
      text: "ab",
      backend: name,
      model: providerNamed(name).defaultModel,
      finishReason: "stop",
      usage: { inputTokens: 3, outputTokens: 2 },
    });
  });

  it("answers in one piece when that is asked for", async () => {
    const { options, server } = await asking(tried);
    const { code, stdout, stderr } = await runCli(["send", "-b", name, "--no-stream", "Why?"], options);
    expect([code, stdout, stderr]).toEqual([0, "ab\n", ""]);
    expect(server.faults).toEqual([]);
    expect(server.asked).toMatchObject([{ prompt: "Why?", isStreamed: false }]);
  });

  it("stops at Ctrl-C in the midst of an answer", async () => {
    const { options, server } = await asking(tried, { holds: true });
    const running = startCli(["send", "-b", name, "Why?"], options);
    await running.shows("a");
    running.child.kill("SIGINT");
    expect(await running.result).toMatchObject({ code: 130, stdout: "a\n" });
    // Its server learns of it, too, and need not write on.
    await until(() => server.hungUp);
  });
});

describe("what the user sets", () => {
  const [tried] = TRIED;
  const [name] = tried;

  it("may be a key that is stored, which the variable goes before", async () => {
    const { options, server } = await asking(tried);
    const { apiKeyEnv } = providerNamed(name);
    const { [apiKeyEnv]: _key, ...env } = options.env ?? {};
    const store = { home, env, stdin: `${keyOf(name)}\n` };
    expect((await runCli(["keys", "set", name], store)).stderr).toBe(`The key of ${name} is stored.\n`);
    expect((await runCli(["send", "-b", name, "Why?"], { home, env })).stdout).toBe("ab\n");
    await runCli(["send", "-b", name, "Why?"], { home, env: { ...env, [apiKeyEnv]: "another" } });
    expect(server.faults).toEqual([`authorization is Bearer another, not Bearer ${keyOf(name)}`]);
    await runCli(["keys", "remove", name], { home });
  });

  it("may be the model, in a variable or with -m", async () => {
    const { options, server } = await asking(tried);
    await runCli(["send", "-m", `${name}/large`, "Why?"], options);
    await runCli(["send", "-b", name, "Why?"], { ...options, env: { ...options.env, MISTRAL_MODEL: "medium" } });
    expect(server.asked.map(({ model }) => model)).toEqual(["large", "medium"]);
  });

  it("may be settings that only the provider knows", async () => {
    const { options, server } = await asking(["openai", "responses"]);
    await runCli(["send", "-b", "openai", "-o", "reasoningEffort=low", "Why?"], options);
    expect(server.bodies).toMatchObject([{ reasoning: { effort: "low" } }]);
  });

  it("may be address, variable of the key, model and place, in the config file", async () => {
    const server = await startDialectServer(DIALECTS.chat, { model: "mine", key: "k", pieces: ["a"] });
    const settings = { baseUrl: server.url, apiKeyEnv: "MINE", defaultModel: "mine", local: true };
    const config = join(home, "config.json");
    writeFileSync(config, JSON.stringify({ backends: { Mistral: settings } }));
    const asked = await runCli(["send", "-b", name, "--local", "Why?"], { home, env: { MINE: "k" } });
    writeFileSync(config, "{}");
    expect(asked).toMatchObject({ code: 0, stdout: "a\n" });
    expect(server.faults).toEqual([]);
    expect((await runCli(["send", "-b", name, "--local", "Why?"], { home })).stderr).toContain("is not local");
  });

  it.each([
    ["nonsense", "the base URL is not an http or https URL"],
    ["ftp://example.test/", "is not an http or https URL"],
    ["http://me:hidden@127.0.0.1:9/", "holds a user name or a password"],
  ])("must be an address: %s", async (url, told) => {
    const options = askingProvider(home, providerNamed(name), url);
    const { code, stderr } = await runCli(["send", "-b", name, "Why?"], options);
    expect([code, stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(stderr).toContain("MISTRAL_BASE_URL");
    expect(stderr).not.toContain("hidden");
  });
});

describe("the route", () => {
  const [mistral, , anthropic] = TRIED;

  it("goes to providers whose keys are set when nothing is configured", async () => {
    const { options, server } = await asking(anthropic);
    const { code, stdout, stderr } = await runCli(["send", "Why?", "--explain-route"], options);
    expect([code, stdout]).toEqual([0, "ab\n"]);
    expect(stderr).toContain("Route: anthropic (nothing fitting is configured");
    expect(stderr).toContain("Answered by anthropic");
    expect(server.asked).toHaveLength(1);
    expect((await runCli(["send", "Why?", "--remote", "--dry-run"], options)).stdout).toContain("Route: anthropic ");
    expect((await runCli(["send", "Why?", "--local"], options)).stderr).toContain("No backend can answer here");
    expect((await runCli(["models"], options)).stdout).toBe(
      `anthropic/${providerNamed("anthropic").defaultModel}  (default)\n`,
    );
  });

  it("puts what is built in first, and a provider that replaces it in its own place", async () => {
    const keys = { OPENROUTER_API_KEY: "a", OPENAI_API_KEY: "b", MISTRAL_API_KEY: "c" };
    const { stdout } = await runCli(["send", "Why?", "--dry-run", "--json"], { home, env: keys });
    const { route } = JSON.parse(stdout) as { route: { backend: string }[] };
    expect(route.map(({ backend }) => backend)).toEqual(["openrouter", "mistral", "openai"]);
  });

  it("goes on to the next when one of them fails", async () => {
    const first = await asking(mistral, { failures: [{ status: 503 }] });
    const second = await asking(anthropic);
    const env = {
      ...first.options.env,
      ...second.options.env,
      LLM_PRIMARY_BACKEND: "mistral",
      LLM_FALLBACK_BACKEND: "anthropic",
    };
    const { code, stdout, stderr } = await runCli(["send", "Why?"], { home, env });
    expect([code, stdout]).toEqual([0, "ab\n"]);
    expect(stderr).toMatch(/^mistral failed \(server\): .*\nAnswered by anthropic/);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { startDialectServer } from "../support/dialect-server.ts";
import { DIALECTS } from "../support/dialects.ts";
import { askingProvider, installProviders, keyOf, PROVIDERS } from "../support/provider-home.ts";
import { runCli, startCli } from "../support/run-cli.ts";

/** What each provider of the registry speaks. One that is added to the registry has to be added here. */
const DIALECT_OF: Readonly<Record<string, keyof typeof DIALECTS>> = {
  openai: "responses",
  anthropic: "messages",
  google: "generateContent",
  mistral: "chat",
  groq: "chat",
  xai: "responses",
  deepseek: "chat",
  cohere: "cohereChat",
  togetherai: "chat",
  fireworks: "chat",
  cerebras: "chat",
  perplexity: "chat",
  deepinfra: "chat below openai",
  alibaba: "chat",
  moonshotai: "chat",
  baseten: "chat",
  vercel: "chat",
  huggingface: "responses",
  zhipu: "chat",
};

let home: string;

beforeAll(async () => {
  home = await installProviders(PROVIDERS);
}, 180_000);

it("every provider of the registry is tried here, and there are more than ten", () => {
  expect(Object.keys(DIALECT_OF).toSorted()).toEqual(PROVIDERS.map(({ name }) => name).toSorted());
  expect(PROVIDERS.length).toBeGreaterThan(10);
});

describe.for(PROVIDERS)("$name", (provider) => {
  const { name, defaultModel: model } = provider;
  const dialect = DIALECTS[DIALECT_OF[name] ?? "chat"];

  it("answers in pieces as they come, with the key of its variable and its default model", async () => {
    const pieces = ["Because ", "it ", "is."];
    const server = await startDialectServer(dialect, { model, key: keyOf(name), pieces, holds: true });
    const args = ["send", "-b", name, "-s", "Be brief.", "-o", "maxOutputTokens=77", "Why?"];
    const running = startCli(args, askingProvider(home, provider, server.url));
    // What is shown now is shown while the server still holds back the rest.
    await running.shows("Because ");
    server.release();
    expect(await running.result).toMatchObject({ code: 0, stdout: "Because it is.\n", stderr: "" });
    expect(server.faults).toEqual([]);
    expect(server.asked).toEqual([{ model, system: "Be brief.", prompt: "Why?", limit: 77, isStreamed: true }]);
  });

  it("answers in one piece, when that is asked for", async () => {
    const server = await startDialectServer(dialect, { model, key: keyOf(name), pieces: ["Because ", "it is."] });
    const asked = await runCli(["send", "-b", name, "--no-stream", "Why?"], askingProvider(home, provider, server.url));
    expect(asked).toMatchObject({ code: 0, stdout: "Because it is.\n", stderr: "" });
  });

  it("does not take half an answer for a whole one", async () => {
    const pieces = ["Because ", "it is."];
    const server = await startDialectServer(dialect, { model, key: keyOf(name), pieces, stopsShort: true });
    const asked = await runCli(["send", "-b", name, "--json", "Why?"], askingProvider(home, provider, server.url));
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.stdout)).toMatchObject({ text: "Because ", attempts: [{ kind: "truncated" }] });
  });

  it.each([["<!doctype html><title>Log in</title>"], [""], ["{oops"]])(
    "does not take %o for an answer",
    async (page) => {
      const server = await startDialectServer(dialect, { model, key: keyOf(name), pieces: [], page });
      const options = askingProvider(home, provider, server.url);
      const asked = [["--json"], ["--json", "--no-stream"]].map((more) =>
        runCli(["send", "-b", name, ...more, "Why?"], options),
      );
      for (const { code, stdout } of await Promise.all(asked)) {
        expect(code).toBe(1);
        expect(JSON.parse(stdout)).toMatchObject({ attempts: [{ kind: "malformed" }] });
      }
    },
  );
});

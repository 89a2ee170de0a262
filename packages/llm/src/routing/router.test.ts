import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackendError, registerBackend, type BackendErrorKind } from "@d0ttino/plugin-sdk";
import { registry } from "@d0ttino/plugin-sdk/host";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { libraryLocation } from "../host/library-location.ts";
import { PluginHost } from "../host/plugin-host.ts";
import { PromptError, type Attempt } from "./prompt-result.ts";
import { Router } from "./router.ts";

let home: string;
let router: Router;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "d0ttino-router-"));
  vi.stubEnv("D0TTINO_HOME", home);
  vi.stubEnv("LLM_PRIMARY_BACKEND", "first");
  vi.stubEnv("LLM_FALLBACK_BACKEND", "second");
  vi.stubEnv("LLM_COMPLEXITY_THRESHOLD", "0");
  const location = libraryLocation(import.meta.dirname, 2, () => ({ main: "", testing: "" }));
  router = new Router(new PluginHost({ location, onProblem: () => {} }));
  registerBackend("second", () => "from the second");
});

afterEach(() => {
  vi.unstubAllEnvs();
  registry().registrations.clear();
  rmSync(home, { recursive: true });
});

/** The first backend fails in a way. */
function failWith(error: unknown, before: readonly string[] = []): void {
  registerBackend("first", async function* () {
    yield* before;
    throw error;
  });
}

/** What can be seen of an attempt besides its time. */
function outcomes(attempts: readonly Attempt[]): string[] {
  return attempts.map(({ backend, outcome, kind, status }) => `${backend} ${outcome} ${kind} ${status}`);
}

describe("Router", () => {
  it.each<[BackendErrorKind, number | undefined]>([
    ["rate-limited", 429],
    ["server", 503],
    ["timeout", undefined],
    ["network", undefined],
    ["malformed", undefined],
    ["truncated", undefined],
    ["missing-key", undefined],
    ["unauthorized", 401],
    ["payment-required", 402],
    ["forbidden", 403],
  ])("goes on to the next backend after %s", async (kind, status) => {
    failWith(new BackendError("no", { kind, status }));
    const result = await router.send("hello");
    expect(result.text).toBe("from the second");
    expect(outcomes(result.attempts)).toEqual([`first failed ${kind} ${status ?? null}`, "second answered null null"]);
  });

  it.each<[BackendErrorKind, number]>([
    ["not-found", 404],
    ["invalid-request", 400],
  ])("stops at %s, which the next backend would get as well", async (kind, status) => {
    failWith(new BackendError("your fault", { kind, status }));
    await expect(router.send("hello")).rejects.toThrow("first failed: your fault");
  });

  it("warns of what the user should mend, and tells every failure", async () => {
    failWith(new BackendError("no key", { kind: "missing-key" }));
    const told: string[] = [];
    await router.send("hello", {
      onFailure: (attempt, _error, decision) => told.push(`${attempt.backend} ${decision}`),
    });
    expect(told).toEqual(["first next-with-warning"]);
  });

  it("goes on when the first backend does not exist or cannot be loaded", async () => {
    vi.stubEnv("LLM_PRIMARY_BACKEND", "frist");
    const { attempts } = await router.send("hello");
    expect(outcomes(attempts)).toEqual(["frist failed unknown-backend null", "second answered null null"]);
  });

  it("keeps what was shown and asks nobody else once text has come", async () => {
    failWith(new BackendError("cut", { kind: "truncated" }), ["some ", "text"]);
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const piece of router.stream("hello")) pieces.push(piece);
    })();
    const error = await reading.catch((thrown: unknown) => thrown as PromptError);
    expect(pieces.join("")).toBe("some text");
    expect(error).toBeInstanceOf(PromptError);
    expect(error).toMatchObject({ code: "backend-failed", text: "some text" });
    expect(outcomes((error as PromptError).attempts)).toEqual(["first failed truncated null"]);
  });

  it("cuts the route without fallback", async () => {
    failWith(new BackendError("busy", { kind: "server", status: 500 }));
    await expect(router.send("hello", { fallback: false })).rejects.toThrow("first failed: busy");
  });

  it("says how many failed when all did, with the last one's reason", async () => {
    failWith(new BackendError("busy", { kind: "server" }));
    registerBackend("second", () => {
      throw new BackendError("busy as well", { kind: "server", hint: "Wait." });
    });
    await expect(router.send("hello")).rejects.toMatchObject({
      message: "second (and 1 before it) failed: busy as well.",
      hint: "Wait.",
    });
  });

  it("waits as the only backend asks, once, and tries again", async () => {
    let calls = 0;
    registerBackend("first", () => {
      calls += 1;
      if (calls === 1) throw new BackendError("busy", { status: 429, retryAfter: 0.01 });
      return "at last";
    });
    const told: string[] = [];
    const { text, attempts } = await router.send("hello", {
      backend: "first",
      onFailure: (_attempt, _error, decision) => told.push(decision),
    });
    expect(text).toBe("at last");
    expect(told).toEqual(["wait"]);
    expect(outcomes(attempts)).toEqual(["first failed rate-limited 429", "first answered null null"]);
  });

  it.each([
    ["asks for too long a time", 1e9, 1, "first failed: busy."],
    ["asks for no time", undefined, 1, "first failed: busy."],
    ["is busy the second time as well", 0.01, 2, "first failed at the second try, too: busy."],
  ])("gives up when the only backend %s", async (_what, retryAfter, expected, message) => {
    let calls = 0;
    registerBackend("first", () => {
      calls += 1;
      throw new BackendError("busy", { status: 429, retryAfter });
    });
    await expect(router.send("hello", { backend: "first" })).rejects.toMatchObject({ message });
    expect(calls).toBe(expected);
  });

  it("says how many backends failed, and that the last one did so again", async () => {
    failWith(new BackendError("busy", { kind: "server" }));
    registerBackend("second", () => {
      throw new BackendError("busy as well", { status: 429, retryAfter: 0.01 });
    });
    const message = "second (and 1 before it) failed at the second try, too: busy as well.";
    await expect(router.send("hello")).rejects.toMatchObject({ message });
  });

  it("does not wait while there is another backend", async () => {
    failWith(new BackendError("busy", { status: 429, retryAfter: 30 }));
    expect((await router.send("hello")).text).toBe("from the second");
  });

  it("asks local backends alone when told so, and refuses to ask another by name", async () => {
    registerBackend("second", () => "from here", { local: true });
    registerBackend("first", () => "from afar");
    const { attempts } = await router.send("hello", { locality: "local" });
    expect(outcomes(attempts)).toEqual(["second answered null null"]);
    expect((await router.send("hello", { locality: "remote" })).text).toBe("from afar");
    await expect(router.send("hello", { backend: "first", locality: "local" })).rejects.toMatchObject({
      code: "usage",
    });
  });

  it("tells the route without asking anybody", async () => {
    failWith(new Error("asked"));
    const { entries, origin } = await router.explain("hello");
    expect(entries.map((entry) => entry.backend)).toEqual(["first", "second"]);
    expect(origin).toBe("chosen");
  });

  it.each([
    ["LLM_ROUTING_MODE", "fast"],
    ["LLM_COMPLEXITY_THRESHOLD", "many"],
  ])("refuses %s=%s", async (name, value) => {
    vi.stubEnv(name, value);
    await expect(router.send("hello")).rejects.toMatchObject({ code: "bad-config", message: `${name} is "${value}".` });
  });

  it.each(["", "  \n"])("refuses the empty prompt %j before anything is asked", async (prompt) => {
    failWith(new Error("asked"));
    await expect(router.send(prompt)).rejects.toMatchObject({ code: "empty-prompt" });
  });

  it.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    [42, "number"],
    [["hello"], "object"],
  ])("refuses the prompt %o, which is no text", async (prompt, told) => {
    await expect(router.send(prompt as string)).rejects.toMatchObject({
      code: "usage",
      message: `The prompt is ${told} and not a string.`,
    });
  });

  it("passes on system prompt, messages, settings and model", async () => {
    const seen: unknown[] = [];
    registerBackend("first", (prompt, model, { system, messages, settings }) => {
      seen.push({ prompt, model, system, messages, settings });
      return "ok";
    });
    const said = {
      system: "be brief",
      messages: [{ role: "user", content: "before" }],
      settings: { seed: 1 },
    } as const;
    await router.send("now", { ...said, model: "big" });
    expect(seen).toEqual([{ prompt: "now", model: "big", ...said }]);
  });

  it("takes the model from the backend's variable, then from its registration", async () => {
    const seen: (string | undefined)[] = [];
    const remember = (_prompt: string, model: string | undefined): string => {
      seen.push(model);
      return "ok";
    };
    registerBackend("first", remember, { models: ["listed"], defaultModel: "registered" });
    await router.send("hello");
    vi.stubEnv("FIRST_MODEL", "from-variable");
    await router.send("hello");
    expect(seen).toEqual(["registered", "from-variable"]);
  });

  it("ends with an error of its own when the caller aborts", async () => {
    const controller = new AbortController();
    registerBackend("first", async function* (_prompt, _model, { signal }) {
      yield "a";
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    });
    const stream = router.stream("hello", { signal: controller.signal });
    const reading = (async () => {
      for await (const _piece of stream) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "interrupted" });
    await expect(stream.result).rejects.toMatchObject({ code: "interrupted" });
  });

  it("settles the result also when the reader leaves early", async () => {
    registerBackend("first", async function* () {
      yield "a";
      yield "b";
    });
    const stream = router.stream("hello");
    for await (const _piece of stream) break;
    await expect(stream.result).rejects.toMatchObject({ code: "interrupted" });
  });

  it("asks for the whole answer at once when told not to stream", async () => {
    const asked: string[] = [];
    registerBackend("first", {
      run: () => {
        asked.push("run");
        return "whole";
      },
      async *stream() {
        asked.push("stream");
        yield "piece";
      },
    });
    expect((await router.send("hello", { stream: false })).text).toBe("whole");
    expect((await router.send("hello")).text).toBe("piece");
    expect(asked).toEqual(["run", "stream"]);
  });
});

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { BackendError } from "../backend-error.ts";
import { toBackendError } from "./to-backend-error.ts";

const convert = (error: unknown): BackendError => toBackendError(error, false);

/** An error as the AI SDK marks it: by symbols that all copies of it share. */
function marked(name: string, fields: object = {}): Error {
  const marks = { [Symbol.for("vercel.ai.error")]: true, [Symbol.for(`vercel.ai.error.${name}`)]: true };
  return Object.assign(new Error(`${name} happened`), { name }, marks, fields);
}

function apiCallError(fields: object): Error {
  return marked("AI_APICallError", { message: "failed", requestBodyValues: { prompt: "my secret" }, ...fields });
}

function withCode(code: string, message = `connect ${code}`): Error {
  return Object.assign(new Error(message), { code });
}

describe("a BackendError", () => {
  it("passes untouched, from this copy of the SDK or another", () => {
    const own = new BackendError("mine", { kind: "server" });
    const foreign = Object.assign(new Error("theirs"), {
      [Symbol.for("@d0ttino/plugin-sdk/BackendError@1")]: true,
      kind: "server",
    });
    expect(convert(own)).toBe(own);
    expect(convert(foreign)).toBe(foreign);
  });
});

describe("an API call error of the AI SDK", () => {
  it.each([
    [401, "unauthorized"],
    [402, "payment-required"],
    [404, "not-found"],
    [422, "invalid-request"],
    [429, "rate-limited"],
    [503, "server"],
  ])("with status %i is %s", (statusCode, kind) => {
    expect(convert(apiCallError({ statusCode }))).toMatchObject({ kind, status: statusCode, message: "failed" });
  });

  it.each([
    ["its data", { data: { error: { message: "Wrong key." } } }],
    ["its body", { responseBody: '{"error":{"message":"Wrong key."}}' }],
    ["a flat body", { responseBody: '{"message":"Wrong key."}' }],
    ["a body with the error as text", { responseBody: '{"error":"Wrong key."}' }],
    ["a body with a detail", { responseBody: '{"detail":"Wrong key."}' }],
  ])("gives the service's own words from %s", (_where, fields) => {
    expect(convert(apiCallError({ message: "Unauthorized", statusCode: 401, ...fields })).message).toBe("Wrong key.");
  });

  it("has a message when the service sent none", () => {
    expect(convert(apiCallError({ message: "", statusCode: 500 })).message).toBe("HTTP status 500");
  });

  it.each([
    [{ "retry-after": "7" }, 7],
    [{ "retry-after": "0.5" }, 0.5],
    [{ "retry-after-ms": "1500", "retry-after": "9" }, 1.5],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{}, undefined],
  ])("reads %o as a wait", (responseHeaders, retryAfter) => {
    expect(convert(apiCallError({ statusCode: 429, responseHeaders })).retryAfter).toBe(retryAfter);
  });

  it("reads a date to come as the seconds until then", () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfter } = convert(apiCallError({ statusCode: 503, responseHeaders: { "retry-after": date } }));
    expect(retryAfter).toBeGreaterThan(30);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it("without a status is a failure of the network, or a timeout where its cause is one", () => {
    expect(convert(apiCallError({ message: "Cannot connect" }))).toMatchObject({
      kind: "network",
      message: "Cannot connect",
    });
    expect(convert(apiCallError({ cause: withCode("ECONNREFUSED") }))).toMatchObject({
      kind: "network",
      message: "connect ECONNREFUSED",
    });
    expect(convert(apiCallError({ cause: withCode("UND_ERR_HEADERS_TIMEOUT") })).kind).toBe("timeout");
  });

  it("with the status of a success is about the answer", () => {
    const parse = marked("AI_JSONParseError", { text: "my secret" });
    expect(convert(apiCallError({ statusCode: 200, cause: parse }))).toMatchObject({
      kind: "malformed",
      message: "the service's answer is not valid JSON",
    });
    expect(
      convert(apiCallError({ statusCode: 200, responseBody: '{"error":{"message":"Overloaded."}}' })),
    ).toMatchObject({ kind: "malformed", message: "Overloaded." });
    expect(convert(apiCallError({ statusCode: 200, cause: new TypeError("terminated") }))).toMatchObject({
      kind: "truncated",
    });
  });

  it.each<[string, Error]>([
    ["itself", apiCallError({ statusCode: 500 })],
    ["within another error", new Error("outer", { cause: apiCallError({ statusCode: 500 }) })],
    [
      "within a retry error",
      marked("AI_RetryError", { lastError: apiCallError({ statusCode: 500 }), errors: [apiCallError({})] }),
    ],
  ])("%s does not carry the prompt along", (_where, error) => {
    const converted = convert(error);
    expect(converted).toMatchObject({ kind: "server", status: 500 });
    expect(inspect(error, { depth: 20, showHidden: true })).toContain("my secret");
    expect(inspect(converted, { depth: 20, showHidden: true })).not.toContain("my secret");
  });

  it("is cut to a bearable length", () => {
    expect(convert(apiCallError({ message: "x".repeat(100_000), statusCode: 500 })).message.length).toBeLessThan(2000);
  });
});

describe("another error of the AI SDK", () => {
  it.each([
    ["AI_LoadAPIKeyError", "missing-key"],
    ["AI_NoSuchModelError", "not-found"],
    ["AI_EmptyResponseBodyError", "malformed"],
    ["AI_JSONParseError", "malformed"],
    ["AI_TypeValidationError", "malformed"],
    ["AI_InvalidResponseDataError", "malformed"],
    ["AI_UnsupportedFunctionalityError", "invalid-request"],
    ["AI_SomethingNewError", "other"],
  ])("%s is %s", (name, kind) => {
    const converted = convert(marked(name, { value: "my secret" }));
    expect(converted.kind).toBe(kind);
    expect(inspect(converted, { depth: 20 })).not.toContain("my secret");
  });

  it("about an answer of unexpected form gives the service's own words where that reports an error", () => {
    const error = marked("AI_TypeValidationError", { value: { error: { message: "Overloaded." } } });
    expect(convert(error)).toMatchObject({ kind: "malformed", message: "Overloaded." });
  });

  it("about a stream that ended early is truncated, or malformed when nothing had come", () => {
    const error = Object.assign(marked("AI_InvalidResponseDataError"), {
      message: "Response stream ended without a finish reason.",
    });
    expect(toBackendError(error, true).kind).toBe("truncated");
    expect(toBackendError(error, false).kind).toBe("malformed");
  });
});

describe("a failure of the connection", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "ECONNRESET", "EPIPE", "EAI_AGAIN", "UND_ERR_SOCKET"])(
    "with code %s is of the network",
    (code) => {
      const error = withCode(code);
      expect(convert(error)).toMatchObject({ kind: "network", message: `connect ${code}`, cause: error });
      expect(convert(new TypeError("fetch failed", { cause: error }))).toMatchObject({
        kind: "network",
        message: `connect ${code}`,
      });
    },
  );

  it.each(["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"])(
    "with code %s is a timeout",
    (code) => {
      expect(convert(new TypeError("fetch failed", { cause: withCode(code) })).kind).toBe("timeout");
    },
  );

  it("has a message where several addresses were tried in vain", () => {
    const attempts = Object.assign(new AggregateError([withCode("ECONNREFUSED")], ""), { code: "ECONNREFUSED" });
    expect(convert(new TypeError("fetch failed", { cause: attempts }))).toMatchObject({
      kind: "network",
      message: "connect ECONNREFUSED",
    });
  });

  it.each(["fetch failed", "Failed to fetch", "terminated"])(
    "is known by the TypeError %s without a code",
    (message) => {
      expect(convert(new TypeError(message)).kind).toBe("network");
    },
  );

  it("makes a truncated answer once text has come", () => {
    expect(toBackendError(withCode("ECONNRESET"), true)).toMatchObject({
      kind: "truncated",
      message: expect.stringContaining("ECONNRESET"),
    });
    expect(toBackendError(apiCallError({ cause: withCode("ECONNRESET") }), true).kind).toBe("truncated");
    expect(toBackendError(withCode("ETIMEDOUT"), true).kind).toBe("timeout");
  });

  it("is told from a timeout of a signal", () => {
    expect(convert(new DOMException("too slow", "TimeoutError"))).toMatchObject({
      kind: "timeout",
      message: "too slow",
    });
    expect(convert(new DOMException("stopped", "AbortError"))).toMatchObject({ kind: "other", message: "stopped" });
  });
});

describe("anything else", () => {
  it("with a failing HTTP status is of the kind of that status", () => {
    const error = Object.assign(new Error("slow down"), { status: 429, headers: new Headers({ "retry-after": "3" }) });
    expect(convert(error)).toMatchObject({
      kind: "rate-limited",
      status: 429,
      retryAfter: 3,
      message: "slow down",
      cause: error,
    });
    expect(convert({ message: "Overloaded", code: "503" })).toMatchObject({
      kind: "server",
      status: 503,
      message: "Overloaded",
    });
  });

  it.each<[string, unknown, string]>([
    ["an error", new Error("no luck"), "no luck"],
    ["an error without words", new RangeError(), "the backend threw RangeError"],
    ["a text", "no luck", "no luck"],
    ["an object with a message", { error: { message: "no luck" } }, "no luck"],
    ["an object", { a: 1 }, "the backend threw an object"],
    ["undefined", undefined, "the backend threw undefined"],
    ["a symbol", Symbol("s"), "the backend threw a symbol"],
  ])("that is %s has a message", (_what, error, message) => {
    const converted = convert(error);
    expect(converted).toMatchObject({ name: "BackendError", kind: "other", message });
    expect(converted.cause).toBe(error instanceof Error ? error : undefined);
  });

  it("that cannot be read is survived", () => {
    const hostile = {
      get message(): string {
        throw new Error("no");
      },
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const error of [hostile, proxy])
      expect(convert(error)).toMatchObject({
        kind: "other",
        message: "the backend threw an error that cannot be read",
      });
  });

  it("that is its own cause is survived", () => {
    const error = new Error("circle");
    error.cause = error;
    expect(convert(error)).toMatchObject({ kind: "other", message: "circle" });
  });
});

describe("what a backend could not read", () => {
  it("is a malformed answer when it is no JSON", async () => {
    for (const read of [async () => JSON.parse("<html>"), async () => new Response("{").json()]) {
      const error: unknown = await read().catch((thrown: unknown) => thrown);
      expect(convert(error)).toMatchObject({
        kind: "malformed",
        message: expect.stringMatching(/^the answer is no JSON: /),
      });
    }
  });

  it("is no such answer when a program is wrong", () => {
    expect(convert(new SyntaxError("Invalid regular expression: /[/"))).toMatchObject({ kind: "other" });
  });
});

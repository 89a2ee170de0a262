import { BackendError } from "@d0ttino/plugin-sdk/host";
import { codeOf, messageOf } from "../errors/message-of.ts";

const TELLING: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at",
  ENOTFOUND: "there is no host",
  EAI_AGAIN: "the name service did not answer for",
  ECONNRESET: "the connection was closed by",
  EPIPE: "the connection was closed by",
  UND_ERR_SOCKET: "the connection was closed by",
  EHOSTUNREACH: "there is no way to",
  ENETUNREACH: "there is no network to reach",
};

/** What the user can do when a server cannot be reached. */
export const NETWORK_HINT = "Check the network connection and the base URL.";

const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Start the server, or correct its base URL.",
  ENOTFOUND: NETWORK_HINT,
  EAI_AGAIN: NETWORK_HINT,
  EHOSTUNREACH: NETWORK_HINT,
  ENETUNREACH: NETWORK_HINT,
};

const TIMEOUTS: readonly string[] = [
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
];

/**
 * What a failure of Node's network code or of `fetch` means, in words that name the server.
 */
export function connectionFailure(error: unknown, host: string): BackendError {
  if (error instanceof BackendError) return error;
  const known = rootOf(error);
  const code = codeOf(known) ?? "";
  const told = TELLING[code];
  if (told !== undefined) {
    return new BackendError(`${told} ${host}`, { kind: "network", hint: REMEDIES[code], cause: known });
  }
  if (TIMEOUTS.includes(code)) {
    return new BackendError(`no connection to ${host}`, { kind: "timeout", hint: NETWORK_HINT, cause: known });
  }
  if (code === "ERR_PROXY_TUNNEL") return proxyFailure(known, host);
  // The second are those of zlib and brotli.
  const garbled = code.startsWith("HPE_")
    ? "HTTP"
    : /^(?:Z_|ERR__?(?:ERROR|BROTLI))/.test(code)
      ? "compressed"
      : undefined;
  if (garbled !== undefined) {
    const told = `${host} sent something that is not ${garbled} as it should be: ${messageOf(known)}`;
    return new BackendError(told, { kind: "malformed", cause: known });
  }
  return new BackendError(`the connection to ${host} failed: ${messageOf(known)}`, {
    kind: "network",
    hint: hintOf(code),
    cause: known,
  });
}

/** `fetch` hides what happened in the cause of its error. */
function rootOf(error: unknown): unknown {
  const isWrapper = error instanceof TypeError && error.cause !== undefined;
  return isWrapper ? error.cause : error;
}

/** Which status a proxy refused with says more than that it did. */
function proxyFailure(error: unknown, host: string): BackendError {
  const { statusCode } = error as { statusCode?: unknown };
  return new BackendError(`the proxy does not connect to ${host} (HTTP ${String(statusCode)})`, {
    kind: "network",
    hint:
      statusCode === 407
        ? "Put the proxy's user name and password into HTTPS_PROXY."
        : "Check HTTPS_PROXY, or except the host with NO_PROXY.",
  });
}

function hintOf(code: string): string | undefined {
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "EPROTO") {
    return "Check whether the base URL should begin with http: instead of https:.";
  }
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    return "If you trust the server's certificate, name its authority in NODE_EXTRA_CA_CERTS.";
  }
  return undefined;
}

import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { ClientSettings } from "./client-options.ts";
import type { Exchange, ExchangeAnswer } from "./exchange.ts";
import { sendWithFetch } from "./fetch-transport.ts";
import { sendWithNode } from "./node-transport.ts";

const MOST_REDIRECTS = 3;

/**
 * Sends a request and waits for the head of the answer. Redirects are followed on the same origin only, so that a
 * key never goes elsewhere.
 * @throws BackendError `network`, `timeout`, `malformed` or `aborted`; `unauthorized` for a key that no header can
 *   hold; `invalid-request` or `server` for a redirect that is not followed
 */
export async function exchange(request: Exchange, settings: ClientSettings): Promise<ExchangeAnswer> {
  if (request.signal.aborted) throw new BackendError("the caller gave up", { kind: "aborted" });
  checkHeaders(request.headers);
  const send = settings.fetch === undefined ? sendWithNode : sendWithFetch;
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send({ ...request, url }, settings);
    const target = redirectTarget(answer, url);
    if (target === undefined) return answer;
    answer.body.close();
    const refusal = refuseRedirect(target, url, request.method, answer.status);
    if (refusal !== undefined) throw refusal;
    if (redirects === MOST_REDIRECTS) throw new BackendError("the server redirects in a circle", { kind: "server" });
    url = target;
  }
}

/** A key with a line break or a letter that no header can hold fails before anything quotes it. */
function checkHeaders(headers: Exchange["headers"]): void {
  if (Object.values(headers).every((value) => /^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(value))) return;
  throw new BackendError("the API key holds characters that cannot be sent", {
    kind: "unauthorized",
    hint: "Check that the key was copied whole and without line breaks.",
  });
}

function redirectTarget(answer: ExchangeAnswer, from: URL): URL | undefined {
  const location = answer.header("location");
  const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
  return isRedirect && location !== undefined && URL.canParse(location, from.href)
    ? new URL(location, from.href)
    : undefined;
}

function refuseRedirect(target: URL, from: URL, method: Exchange["method"], status: number): BackendError | undefined {
  if (target.origin !== from.origin) {
    return new BackendError(`the server redirects to another one, ${target.origin}`, {
      kind: "invalid-request",
      status,
      hint: "Check the base URL: the request was not sent on, because it carries your key and prompt.",
    });
  }
  // Only 307 and 308 repeat a POST; the others would turn it into a GET, mostly of a login page.
  if (method === "GET" || status === 307 || status === 308) return undefined;
  return new BackendError(`the server redirects to ${target.pathname} (HTTP ${status})`, {
    kind: "invalid-request",
    status,
    hint: "Check the base URL.",
  });
}

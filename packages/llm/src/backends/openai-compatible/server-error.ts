import { BackendError, kindOfStatus } from "@d0ttino/plugin-sdk/host";

/** The fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value, or undefined when it is no object. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** What servers call their errors where they give no number. The first are OpenAI's, the last Anthropic's. */
const STATUS_OF_NAME: ReadonlyMap<unknown, number> = new Map([
  ["invalid_api_key", 401],
  ["insufficient_quota", 402],
  ["model_not_found", 404],
  ["context_length_exceeded", 400],
  ["rate_limit_exceeded", 429],
  ["invalid_request_error", 400],
  ["authentication_error", 401],
  ["billing_error", 402],
  ["permission_error", 403],
  ["not_found_error", 404],
  ["rate_limit_error", 429],
  ["overloaded_error", 503],
]);

/** The error in an answer that should not hold one: a status of 200, or the midst of a stream. */
export function errorIn(body: Fields): BackendError {
  const error = fieldsOf(body["error"]);
  const names = [error?.["code"], error?.["status"], body["status"], body["code"], error?.["type"], body["type"]];
  const status = names
    .map((name) => STATUS_OF_NAME.get(name) ?? Number(name))
    .find((code) => code >= 400 && code <= 599);
  return new BackendError(errorMessage(body) ?? "the server reported an error without a message", {
    kind: status === undefined ? "server" : kindOfStatus(status),
    status,
  });
}

/** The server's own words about a failure, wherever it put them, or undefined. */
export function errorMessage(value: unknown): string | undefined {
  const body = fieldsOf(Array.isArray(value) ? value[0] : value);
  const error = body?.["error"];
  const candidates = [
    fieldsOf(error)?.["message"],
    error,
    body?.["message"],
    body?.["detail"],
    body?.["error_description"],
    fieldsOf(error)?.["code"],
  ];
  const message = candidates.find(isText);
  // OpenRouter gives what the provider behind it said.
  const raw = fieldsOf(fieldsOf(error)?.["metadata"])?.["raw"];
  if (message === undefined) return isFilled(error) ? JSON.stringify(error) : undefined;
  return isText(raw) ? `${message} (${raw})` : message;
}

/** The words in the body of a failure: a message in JSON, the title of a web page, or the text itself. */
export function wordsIn(body: string): string | undefined {
  const text = body.trim();
  if (text === "") return undefined;
  if (text.startsWith("<")) return titleOf(text);
  try {
    return errorMessage(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}

/** The title of a web page, or its first heading. */
export function titleOf(page: string): string | undefined {
  const [, title] = /<(?:title|h1)\b[^<>]*>([^<]*)</i.exec(page) ?? [];
  return isText(title) ? title.replaceAll(/\s+/g, " ").trim() : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isFilled(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

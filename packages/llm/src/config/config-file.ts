import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { directories } from "./directories.ts";
import { JsonError, readJson } from "./read-json.ts";

/** A server that the user describes in the config file. */
export interface BackendSettings {
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  readonly defaultModel?: string;
  readonly local?: boolean;
  /** How long it may take, each in milliseconds. */
  readonly timeouts?: Readonly<Partial<Record<(typeof TIMEOUTS)[number], number>>>;
}

/** What can be said of a backend. */
export const BACKEND_FIELDS = [
  "baseUrl",
  "apiKeyEnv",
  "defaultModel",
  "local",
  "timeouts",
] as const satisfies readonly (keyof BackendSettings)[];

/** The limits that can be set, by the names that the library's client gives them. */
const TIMEOUTS = ["connect", "firstToken", "silence"] as const;

/** The longest time of Node's timers, in milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The config file, checked. What the user did not set is absent. */
export interface Config {
  /** Backends in the order they are tried, each `name` or `name/model`. */
  readonly route?: readonly string[];
  /** The default, as `backend/model`. */
  readonly model?: string;
  readonly backends: Readonly<Record<string, BackendSettings>>;
  readonly aliases: Readonly<Record<string, string>>;
}

const EMPTY: Config = { backends: {}, aliases: {} };

/**
 * Reads the config file; without one, an empty config.
 * @throws D0ttinoError `bad-config`, naming file, line or key, and what to do
 */
export function readConfig(file: string = directories().configFile): Config {
  let value: unknown;
  try {
    value = readJson(file);
  } catch (error) {
    const reason = error instanceof JsonError ? error.message : `${file}: ${messageOf(error)}`;
    throw new D0ttinoError("bad-config", `The config file cannot be read: ${reason}`, {
      hint: `Correct that line, or move the file away to start with an empty config.`,
      cause: error,
    });
  }
  if (value === undefined) return EMPTY;
  return checkConfig(value, file);
}

/**
 * Checks what a config file holds.
 * @throws D0ttinoError `bad-config`, naming the key
 */
export function checkConfig(value: unknown, file: string): Config {
  const problem = (key: string, wanted: string): D0ttinoError =>
    new D0ttinoError("bad-config", `The config file ${file} is not valid: ${key} must be ${wanted}.`, {
      hint: "Correct that value, or take it out.",
    });
  if (!isRecord(value)) throw problem("the whole file", "an object");
  const { route, model, backends = {}, aliases = {} } = value;
  if (route !== undefined && !isArrayOf(route, isString)) throw problem('"route"', "a list of backend names");
  if (model !== undefined && !isString(model)) throw problem('"model"', 'a text such as "backend/model"');
  if (!isRecord(aliases) || !Object.values(aliases).every(isString)) throw problem('"aliases"', "an object of texts");
  if (!isRecord(backends)) throw problem('"backends"', "an object");
  for (const [name, settings] of Object.entries(backends)) {
    const key = `"backends.${name}"`;
    if (!isRecord(settings)) throw problem(key, "an object");
    for (const field of ["baseUrl", "apiKeyEnv", "defaultModel"]) {
      if (settings[field] !== undefined && !isString(settings[field])) throw problem(`${key}.${field}`, "a text");
    }
    if (settings["local"] !== undefined && typeof settings["local"] !== "boolean") {
      throw problem(`${key}.local`, "true or false");
    }
    const { timeouts = {} } = settings;
    if (!isRecord(timeouts)) throw problem(`${key}.timeouts`, `an object of ${TIMEOUTS.join(", ")}`);
    for (const [limit, milliseconds] of Object.entries(timeouts)) {
      if (!(TIMEOUTS as readonly string[]).includes(limit))
        throw problem(`${key}.timeouts`, `an object of ${TIMEOUTS.join(", ")}, without ${limit}`);
      if (!(typeof milliseconds === "number" && milliseconds >= 1 && milliseconds <= LONGEST_TIMEOUT))
        throw problem(`${key}.timeouts.${limit}`, `a number of milliseconds, from 1 to ${LONGEST_TIMEOUT}`);
    }
  }
  return {
    ...(route === undefined ? {} : { route }),
    ...(model === undefined ? {} : { model }),
    backends: backends as Config["backends"],
    aliases: aliases as Config["aliases"],
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isArrayOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every((item) => isItem(item));
}

import { directories } from "@d0ttino/llm/config/directories";
import { configValue, editConfig } from "@d0ttino/llm/config/edit-config";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";

/** `ai-cli config`: reads and changes the config file. */
export async function config({ words }: Invocation): Promise<number> {
  const [action, key, ...values] = words;
  if (action === "path" && key === undefined) {
    writeData(`${directories().configFile}\n`);
    return 0;
  }
  if (action === "get" && values.length === 0) return get(key);
  if (action === "unset" && key !== undefined && values.length === 0) {
    editConfig(key, undefined);
    return 0;
  }
  if (action === "set" && key !== undefined && values.length > 0) {
    editConfig(key, key === "route" ? listOf(values) : valueOf(values.join(" ")));
    return 0;
  }
  throw new D0ttinoError(
    "usage",
    "Say what to do: config get [KEY], config set KEY VALUE, config unset KEY or config path.",
  );
}

function get(key: string | undefined): number {
  const value = configValue(key);
  if (value === undefined) {
    writeMessage(`${key} is not set.`);
    return 1;
  }
  writeData(`${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n`);
  return 0;
}

/** A route is most easily given as words: `config set route openrouter ollama`. */
function listOf(values: readonly string[]): unknown {
  const parsed = valueOf(values.join(" "));
  return Array.isArray(parsed) ? parsed : values.flatMap((value) => value.split(",")).filter((value) => value !== "");
}

/** JSON where it is JSON, else text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

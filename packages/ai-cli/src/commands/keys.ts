import { isValidName, NAME_RULE, normalizeName } from "@d0ttino/plugin-sdk/host";
import { keysFileWarning, keySource, storedKeys, storeKey } from "@d0ttino/llm/config/keys-file";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { askSecret, hasPipedInput, isTerminal, readInput, writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";

/** `ai-cli keys`: the API keys of backends. No key is ever shown, nor taken from the arguments. */
export async function keys({ options, words, host }: Invocation): Promise<number> {
  const [action, given, ...rest] = words;
  const json = options["json"] === true;
  if (action === "list" && given === undefined) return list(json);
  if ((action !== "set" && action !== "remove") || given === undefined || rest.length > 0) {
    throw new D0ttinoError("usage", "Say what to do: keys set NAME, keys list or keys remove NAME.", {
      hint:
        rest.length > 0 ? "A key is not taken as an argument, where others can see it: it is asked for." : undefined,
    });
  }
  if (!isValidName(given))
    throw new D0ttinoError("usage", `${JSON.stringify(given)} is no backend's name.`, {
      hint: `A name has ${NAME_RULE}.`,
    });
  const name = normalizeName(given);
  if (action === "remove") {
    const wasThere = storedKeys().has(name);
    if (wasThere) storeKey(name, undefined);
    if (json) writeData(`${JSON.stringify({ name, removed: wasThere }, null, 2)}\n`);
    else writeMessage(wasThere ? `The key of ${name} is removed.` : `No key of ${name} is stored.`);
    return 0;
  }
  const value = await readKey(name);
  storeKey(name, value);
  if (json) writeData(`${JSON.stringify(rowOf(name, value), null, 2)}\n`);
  else writeMessage(`The key of ${name} is stored.`);
  if (!host.has("backend", name))
    writeMessage(`There is no backend ${name} yet; ai-cli backends lists those there are.`);
  return 0;
}

async function readKey(name: string): Promise<string> {
  const canAsk = isTerminal.stdin && isTerminal.stderr;
  if (!canAsk && !hasPipedInput()) {
    throw new D0ttinoError("no-terminal", "There is no terminal to ask for the key at.", {
      hint: `Pipe it in: ai-cli keys set ${name} < file`,
    });
  }
  const answer = canAsk
    ? await askSecret(`Key of ${name} (or env:NAME of a variable, or !COMMAND that prints it): `)
    : await readInput();
  if (answer === undefined) throw new D0ttinoError("interrupted", "Interrupted.");
  const value = answer.trim();
  if (value === "" || value.includes("\n")) {
    throw new D0ttinoError("usage", value === "" ? "The key is empty." : "The key has more than one line.");
  }
  return value;
}

function list(json: boolean): number {
  const rows = [...storedKeys()].map(([name, stored]) => rowOf(name, stored));
  const warning = keysFileWarning();
  if (warning !== undefined) writeMessage(warning);
  if (json) writeData(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const { name, source, variable } of rows)
      writeData(`${name}  ${variable === null ? source : `variable ${variable}`}\n`);
  if (!json && rows.length === 0) writeMessage("No keys are stored. ai-cli keys set NAME stores one.");
  return 0;
}

/** What is told of a key, which is never the key. */
function rowOf(name: string, stored: string) {
  const source = keySource(stored);
  return { name, source, variable: source === "variable" ? stored.slice("env:".length) : null };
}

import { isBackendError } from "@d0ttino/plugin-sdk/host";
import { SERVERS } from "@d0ttino/llm/backends/openai-compatible/server";
import { configValue, editConfig } from "@d0ttino/llm/config/edit-config";
import { storeKey } from "@d0ttino/llm/config/keys-file";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { listModels } from "@d0ttino/llm/routing/list-models";
import { CATALOGUE } from "@d0ttino/llm/models/catalogue";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { hasEmbedded, usableBackends } from "@d0ttino/llm/routing/usable-backends";
import { ask, askSecret, isTerminal, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";

/** `ai-cli setup`: asks what a new user has, and ends with something that answers, or says what is missing. */
export async function setup({ words, host }: Invocation): Promise<number> {
  if (words.length > 0) throw new D0ttinoError("usage", "ai-cli setup takes no arguments.");
  if (!isTerminal.stdin || !isTerminal.stderr) {
    throw new D0ttinoError("no-terminal", "There is no terminal to ask at.", {
      hint: "Without one: set OPENROUTER_API_KEY, or ai-cli keys set openrouter < file.",
    });
  }
  const { signal } = new AbortController();
  const { names } = await usableBackends(host, { mode: "auto", signal });
  if (names.length > 0) writeMessage(`These can answer already: ${names.join(", ")}.`);
  writeMessage(
    "What do you have?\n  1  an API key of a service\n  2  a server of your own that speaks OpenAI's dialect\n  3  neither",
  );
  const choice = await choose(["1", "2", "3"]);
  if (choice === "1") return setUpKey(host);
  if (choice === "2") return setUpServer(host);
  if (hasEmbedded(host) && (await offerModel())) return 0;
  writeMessage(
    "The easiest ways to a model:\n" +
      (hasEmbedded(host) ? "" : "  On this machine: ai-cli plugins install llama, then run ai-cli setup again\n") +
      '  On this machine, with a server: install Ollama, then  ollama pull llama3.2  and  ai-cli send "Hello"\n' +
      "  Hosted: get a key at openrouter.ai, then run ai-cli setup again\n" +
      'Until then  ai-cli send -b sample "Hello"  shows how an answer arrives.',
  );
  return 0;
}

/** Offers the small model of the catalogue; true when it is here afterwards. */
async function offerModel(): Promise<boolean> {
  const [entry] = CATALOGUE;
  if (entry === undefined) return false;
  const { name, title, bytes, licence } = entry;
  const what = `${title} is a small model that runs on this machine (${megabytes(bytes)}, ${licence}).`;
  const wanted = (await answer(`${what}\nDownload it? [Y/n] `)).trim().toLowerCase();
  if (wanted !== "" && wanted !== "y" && wanted !== "yes") return false;
  const { pull } = await import("./pull-model.ts");
  await pull([name], {});
  writeMessage('Try:  ai-cli send "Hello"');
  return true;
}

async function setUpKey(host: Invocation["host"]): Promise<number> {
  const services = SERVERS.filter((server) => server.apiKeyVariable !== undefined);
  writeMessage(
    `Of which service?\n${services.map(({ name, description }, at) => `  ${at + 1}  ${name}: ${description}`).join("\n")}`,
  );
  const service = services[Number(await choose(services.map((_service, at) => String(at + 1)))) - 1];
  if (service === undefined) throw new D0ttinoError("interrupted", "Interrupted.");
  const key = (await askSecret(`Key of ${service.name}: `))?.trim();
  if (key === undefined || key === "") throw new D0ttinoError("interrupted", "Interrupted: no key was given.");
  storeKey(service.name, key);
  return finish(host, service.name);
}

async function setUpServer(host: Invocation["host"]): Promise<number> {
  const url = (await answer("Its base URL, for example http://localhost:8080/v1: ")).trim();
  const name = (await answer("A name for it, for example mine: ")).trim().toLowerCase() || "mine";
  editConfig(`backends.${name}.baseUrl`, url);
  const key = (await askSecret("Its key (Enter for none): "))?.trim();
  if (key !== undefined && key !== "") storeKey(name, key);
  return finish(host, name);
}

/** Sees whether it answers, and makes it the first of the route when there is no other. */
async function finish(host: Invocation["host"], name: string): Promise<number> {
  writeMessage(`Asking ${name} for its models…`);
  const [list] = await listModels(host, name, AbortSignal.timeout(15_000)).catch((error: unknown) => {
    if (isBackendError(error)) return [{ backend: name, models: [], problem: error.message }];
    throw error;
  });
  if (configValue("route") === undefined) editConfig("route", [name]);
  if (list?.problem === undefined) {
    writeMessage(`It has ${list?.models.length ?? 0}. Try:  ai-cli send "Hello"`);
    return 0;
  }
  writeMessage(`It does not answer yet: ${list.problem}\nWhat you gave is stored; ai-cli setup changes it.`);
  return 1;
}

async function choose(choices: readonly string[]): Promise<string> {
  for (;;) {
    const line = (await answer(`Number (${choices.join(", ")}): `)).trim();
    if (choices.includes(line)) return line;
  }
}

async function answer(question: string): Promise<string> {
  const line = await ask(question);
  if (line === undefined) throw new D0ttinoError("interrupted", "Interrupted.");
  return line;
}

import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { listModels } from "@d0ttino/llm/routing/list-models";
import { showControlCharacters } from "../terminal/control-characters.ts";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";
import { Interruption } from "./interruption.ts";

/** `ai-cli models`: what can be named with -m, and the files of models on this machine. */
export async function models(invocation: Invocation): Promise<number> {
  const [verb, ...rest] = invocation.words;
  if (invocation.options["name"] !== undefined && verb !== "add") {
    throw new D0ttinoError("usage", "--name goes with ai-cli models add.");
  }
  if (verb === "pull") return (await import("./pull-model.ts")).pull(rest, invocation.options);
  if (verb === "list" || verb === "add" || verb === "rm") {
    return (await import("./model-files.ts")).modelFiles(verb, rest, invocation.options);
  }
  return listAskable(invocation);
}

async function listAskable({ options, words, host }: Invocation): Promise<number> {
  if (words.length > 1) throw new D0ttinoError("usage", "Name one backend, or none for all.");
  const interruption = new Interruption(500);
  interruption.listen();
  const lists = await listModels(host, words[0], interruption.signal);
  if (interruption.signal.aborted) throw interruption.signal.reason;
  const rows = lists.flatMap((list) => list.models);
  if (options["json"] === true) {
    writeData(
      `${JSON.stringify(
        rows.map(({ backend, model, isDefault }) => ({ backend, model, default: isDefault })),
        null,
        2,
      )}\n`,
    );
  } else {
    const lines = rows.map(({ backend, model, isDefault }) => `${backend}/${model}${isDefault ? "  (default)" : ""}\n`);
    writeData(showControlCharacters(lines.join("")));
  }
  const faulty = lists.filter((list) => list.problem !== undefined);
  for (const { backend, problem } of faulty) writeMessage(`${backend}: ${problem}`);
  if (lists.length === 0)
    writeMessage("No API key is set, no local server answers, and no model is on this machine. ai-cli setup helps.");
  else if (rows.length === 0 && faulty.length === 0)
    writeMessage(`${words[0]} does not say which models it has; name one with -m.`);
  return faulty.length > 0 && rows.length === 0 ? 1 : 0;
}

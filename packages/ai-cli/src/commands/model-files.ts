import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { addModel, modelOrigin } from "@d0ttino/llm/models/add-model";
import { installedModels } from "@d0ttino/llm/models/installed-models";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { removeModel, type Removed } from "@d0ttino/llm/models/remove-model";
import type { OptionValues } from "../arguments/option.ts";
import { showControlCharacters } from "../terminal/control-characters.ts";
import { tableText } from "../terminal/table-text.ts";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import { fetchVisibly } from "./fetch-visibly.ts";
import { Interruption } from "./interruption.ts";

/** `ai-cli models list`, `add` and `rm`: the files of models on this machine. */
export async function modelFiles(
  verb: "list" | "add" | "rm",
  words: readonly string[],
  options: OptionValues,
): Promise<number> {
  const json = options["json"] === true;
  if (verb === "add") return add(words, options["name"] as string | undefined, json);
  if (verb === "rm") return remove(words, json);
  if (words.length > 0) throw new D0ttinoError("usage", "ai-cli models list takes no names.");
  return list(json);
}

function list(json: boolean): number {
  const models = installedModels();
  if (json) {
    writeData(`${JSON.stringify(models, null, 2)}\n`);
    return 0;
  }
  if (models.length === 0) {
    writeMessage("No models are on this machine. ai-cli models pull NAME brings one; --help lists the names.");
    return 0;
  }
  const table = tableText(models, [
    ["NAME", ({ name }) => name],
    ["SIZE", ({ status, bytes }) => (status === "missing" || bytes === null ? "missing" : megabytes(bytes))],
    ["LICENCE", ({ licence }) => licence ?? "unknown"],
    ["FROM", ({ source, linked }) => `${source ?? "unknown"}${linked ? " (linked)" : ""}`],
  ]);
  writeData(showControlCharacters(table));
  return 0;
}

async function add(words: readonly string[], wanted: string | undefined, json: boolean): Promise<number> {
  const [given, ...rest] = words;
  if (given === undefined || rest.length > 0) {
    throw new D0ttinoError("usage", "Give one path or URL: ai-cli models add PATH|URL [--name NAME].");
  }
  const origin = modelOrigin(given, wanted);
  const added = await fetchVisibly(origin.name, "The same command", (fetch) => addModel(origin, fetch));
  const { name, bytes, source, kind, wasThere } = added;
  if (json) writeData(`${JSON.stringify(added)}\n`);
  else if (wasThere) writeMessage(`${name} is on this machine already: ${source} (${megabytes(bytes)}).`);
  else if (kind === "linked") writeMessage(`${name} is a link to ${source} now (${megabytes(bytes)}).`);
  else writeMessage(`${name} is on this machine now (${megabytes(bytes)}, ${kind} from ${source}).`);
  return 0;
}

const REMOVED: Readonly<Record<Removed, (name: string) => string>> = {
  file: (name) => `${name} is removed.`,
  link: (name) => `The link ${name} is removed; the file that it led to stays.`,
  download: (name) => `What there was of ${name}, a download that was not finished, is removed.`,
  nothing: (name) => `No model called ${name} is on this machine.`,
};

async function remove(words: readonly string[], json: boolean): Promise<number> {
  if (words.length === 0) throw new D0ttinoError("usage", "Name what to remove: ai-cli models rm NAME...");
  const interruption = new Interruption();
  interruption.listen();
  const done: { name: string; removed: Removed }[] = [];
  for (const word of words) {
    const one = await removeModel(word, { signal: interruption.signal, onNote: writeMessage });
    done.push(one);
    if (!json) writeMessage(REMOVED[one.removed](one.name));
  }
  if (json) writeData(`${JSON.stringify(done, null, 2)}\n`);
  return 0;
}

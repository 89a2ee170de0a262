import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { CATALOGUE, catalogueEntry } from "@d0ttino/llm/models/catalogue";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { pullModel } from "@d0ttino/llm/models/pull-model";
import type { OptionValues } from "../arguments/option.ts";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import { fetchVisibly } from "./fetch-visibly.ts";

/** `ai-cli models pull`: brings a model of the catalogue. */
export async function pull(words: readonly string[], options: OptionValues): Promise<number> {
  const [given, ...rest] = words;
  if (given === undefined || rest.length > 0) {
    throw new D0ttinoError("usage", "Name one model: ai-cli models pull NAME.", {
      hint: `The catalogue has ${CATALOGUE.map((entry) => entry.name).join(", ")}.`,
    });
  }
  const entry = catalogueEntry(given);
  const pulled = await fetchVisibly(entry.name, `ai-cli models pull ${entry.name}`, (fetch) => pullModel(entry, fetch));
  const { name, path, bytes, source, wasThere } = pulled;
  if (options["json"] === true) writeData(`${JSON.stringify(pulled)}\n`);
  else if (wasThere) writeMessage(`${name} is on this machine already: ${path} (${megabytes(bytes)}).`);
  else writeMessage(`${name} is on this machine now: ${path} (${megabytes(bytes)}, from ${source}).`);
  return 0;
}

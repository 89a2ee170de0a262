import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { BackendError, modelFiles } from "@d0ttino/plugin-sdk";

const PULL = "ai-cli models pull smollm2 brings a small one, ai-cli models add FILE another.";

/**
 * The name of the model that came to this machine last.
 * @throws BackendError `other` when there is none, so that a route goes on
 */
export function newestModel(): string {
  const [newest] = modelFiles();
  if (newest !== undefined) return newest.name;
  throw new BackendError("there is no model on this machine", { kind: "other", hint: PULL });
}

/**
 * The file of a model.
 * @param id the name of a model that is kept, or the path of a GGUF file
 * @throws BackendError `not-found` when there is no such file, `invalid-request` when it is none
 */
export function findModel(id: string): string {
  if (isPath(id)) return checkFile(isAbsolute(id) ? id : resolve(id));
  const kept = modelFiles();
  const found = kept.find((file) => file.name === id.toLowerCase());
  if (found !== undefined) return found.path;
  const names = kept.map((file) => file.name).join(", ");
  throw new BackendError(`the model ${id} is not on this machine`, {
    kind: "not-found",
    hint: names === "" ? PULL : `Those there are: ${names}. ai-cli models pull NAME brings another.`,
  });
}

function isPath(id: string): boolean {
  return /[/\\]|\.gguf$/i.test(id);
}

function checkFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new BackendError(`there is no file ${path}`, { kind: "not-found", hint: "Check the path of the model." });
  }
  if (found.isFile()) return path;
  throw new BackendError(`${path} is ${found.isDirectory() ? "a folder" : "no file"}`, {
    kind: "invalid-request",
    hint: "Name the GGUF file itself.",
  });
}

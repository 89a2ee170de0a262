import { join } from "node:path";
import { directories } from "../config/directories.ts";
import { GGUF } from "./model-files.ts";

/** Where everything of a model lies. What is not finished begins with a dot. */
export interface ModelPaths {
  readonly folder: string;
  /** The model, or a link to it. */
  readonly file: string;
  /** Where it came from. */
  readonly record: string;
  /** A download that is not finished. */
  readonly part: string;
  /** Where pip and its like work. */
  readonly workFolder: string;
  readonly lock: string;
}

/** Where the model of a name lies. */
export function modelPaths(name: string): ModelPaths {
  const folder = directories().models;
  return {
    folder,
    file: join(folder, name + GGUF),
    record: join(folder, `${name}.json`),
    part: join(folder, `.${name}.part`),
    workFolder: join(folder, `.${name}.pip`),
    lock: join(folder, `.${name}.lock`),
  };
}

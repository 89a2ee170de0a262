import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { tempFolder } from "./temp-folder.ts";

/** Where the model for the tests lies, as `npm run test:model` brings it; it is kept between runs. */
const TEST_MODEL_HOME = process.env["D0TTINO_TEST_MODEL_HOME"] ?? join(homedir(), ".cache/d0ttino-tests");

/** The file of the real model, or undefined when it is not here. */
export const testModel: string | undefined = [join(TEST_MODEL_HOME, "models/smollm2.gguf")].find((file) =>
  existsSync(file),
);

if (testModel === undefined) {
  process.stderr.write("\nTHE TESTS WITH A REAL MODEL ARE SKIPPED: it is not here. npm run test:model brings it.\n\n");
}

/** A home that has model files under names of their own. */
export function homeWithModels(files: Readonly<Record<string, string>>): string {
  const home = tempFolder("home");
  mkdirSync(join(home, "models"));
  for (const [name, file] of Object.entries(files)) symlinkSync(file, join(home, "models", `${name}.gguf`));
  return home;
}

import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { runProgram } from "@d0ttino/llm/models/run-program";
import type { TemplateTexts } from "./new-files.ts";
import type { PluginTemplate } from "./plugin-template.ts";

const SDK_TARBALL = /^d0ttino-plugin-sdk-.*\.tgz$/;

/**
 * What this program brings for authors: beside it when it is installed, and in a checkout what that is made from.
 * @param packageDir the folder of the program's package
 */
export function readTemplate(packageDir: string, { folder }: PluginTemplate): TemplateTexts {
  const packed = kitOf(packageDir);
  const examples = join(existsSync(packed) ? packed : join(packageDir, "../.."), "examples/plugins", folder);
  const read = (file: string): string => readFileSync(file, "utf8");
  return {
    source: read(join(examples, "index.js")),
    test: read(join(examples, "test.js")),
    licence: read(join(packageDir, "LICENSE")),
  };
}

/**
 * Puts the SDK's tarball into an empty folder; in a checkout it is packed there and then.
 * @returns its file name
 * @throws D0ttinoError `install-failed` when it cannot be packed; the reason of the signal
 */
export async function placeSdk(packageDir: string, target: string, signal: AbortSignal): Promise<string> {
  const kit = kitOf(packageDir);
  if (existsSync(kit)) {
    const packed = tarballIn(kit);
    copyFileSync(join(kit, packed), join(target, packed));
    return packed;
  }
  try {
    await runProgram(process.execPath, [join(packageDir, "../../scripts/pack-sdk.ts"), target], { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new D0ttinoError("install-failed", `The SDK of this checkout cannot be packed: ${messageOf(error)}.`, {
      hint: "Run npm install in the checkout, and try again.",
      cause: error,
    });
  }
  return tarballIn(target);
}

function tarballIn(dir: string): string {
  const name = readdirSync(dir).find((file) => SDK_TARBALL.test(file));
  if (name !== undefined) return name;
  throw new D0ttinoError("install-failed", `${dir} holds no tarball of the SDK.`, {
    hint: "Install @d0ttino/ai-cli again.",
  });
}

function kitOf(packageDir: string): string {
  return join(packageDir, "kit");
}

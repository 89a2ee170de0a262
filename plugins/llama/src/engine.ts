import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { BackendError } from "@d0ttino/plugin-sdk";
import { FreeCores } from "./free-cores.ts";
import type * as Library from "node-llama-cpp";

/** llama.cpp, ready to load models. */
export interface Engine {
  readonly library: typeof Library;
  readonly llama: Library.Llama;
  readonly freeCores: FreeCores;
  /** What llama.cpp complained about first since this was asked last, or undefined. */
  takeComplaint(): Promise<string | undefined>;
}

/** In milliseconds. */
const COMPLAINT_DELAY = 50;

let engine: Promise<Engine> | undefined;

/**
 * Loads llama.cpp once.
 * @throws BackendError `other` on a machine where it cannot run
 */
export function loadEngine(): Promise<Engine> {
  engine ??= start().catch((error: unknown) => {
    engine = undefined;
    throw new BackendError(`llama.cpp cannot run on this machine: ${firstLine(error)}`, {
      kind: "other",
      hint: "Reinstall the plug-in without --no-optional; all other backends work without it.",
      cause: error,
    });
  });
  return engine;
}

async function start(): Promise<Engine> {
  const library = await import("node-llama-cpp");
  let complaints: string[] = [];
  const cores = availableParallelism();
  const freeCores = new FreeCores(cores);
  const llama = await library.getLlama({
    // To look for graphics cards costs time, and without their packages nothing could use one.
    gpu: hasGpuPackage() ? "auto" : false,
    build: "never",
    maxThreads: cores,
    logLevel: library.LlamaLogLevel.error,
    logger: (_level, message) => complaints.push(message.trim()),
  });
  const takeComplaint = async (): Promise<string | undefined> => {
    // They come from a thread of llama.cpp's own, a little after the failure that they explain.
    await setTimeout(COMPLAINT_DELAY);
    const [first] = complaints;
    complaints = [];
    // Without the name of the function in the source of llama.cpp.
    return first?.replace(/^\w+: (?:error loading model: )?/, "");
  };
  return { library, llama, freeCores, takeComplaint };
}

/** Whether a prebuilt llama.cpp for graphics cards is installed; an Apple processor has one in any case. */
function hasGpuPackage(): boolean {
  if (process.platform === "darwin") return process.arch === "arm64";
  const platform = process.platform === "win32" ? "win" : process.platform;
  const resolver = createRequire(createRequire(import.meta.url).resolve("node-llama-cpp"));
  return ["cuda", "vulkan"].some((kind) => {
    const name = `@node-llama-cpp/${platform}-${process.arch}-${kind}`;
    return resolver.resolve.paths(name)?.some((folder) => existsSync(join(folder, name, "bins"))) === true;
  });
}

/** The first line of what an error says: the rest is advice for those who build llama.cpp themselves. */
export function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}

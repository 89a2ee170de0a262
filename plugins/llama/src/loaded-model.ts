import { BackendError } from "@d0ttino/plugin-sdk";
import type { ChatHistoryItem, ChatWrapper, LlamaChat, LlamaContext, LlamaModel } from "node-llama-cpp";
import { threadsFor } from "./threads-for.ts";
import { takeTurn } from "./turn.ts";
import type { Settings } from "./settings.ts";
import { firstLine, loadEngine, type Engine } from "./engine.ts";

/** How many tokens a context has room for when nothing asks for more. */
const USUAL_CONTEXT = 4096;

/** More characters than any token stands for: a longer text need not be counted to know that it is too long. */
const LONGEST_TOKEN = 256;

/** A place to answer in, with room for a conversation. */
export interface Place {
  readonly chat: LlamaChat;
  /** Tokens of the conversation so far. */
  readonly inputTokens: number;
  /** How many tokens there is room for after it. */
  readonly room: number;
}

const models = new Map<string, Promise<LoadedModel>>();

/**
 * Loads a model; it stays loaded for as long as the process lives.
 * @throws BackendError `other` without llama.cpp, `invalid-request` when the file is no model that it can run
 */
export function loadModel(path: string): Promise<LoadedModel> {
  const loading = models.get(path) ?? load(path);
  models.set(path, loading);
  loading.catch(() => models.delete(path));
  return loading;
}

async function load(path: string): Promise<LoadedModel> {
  const engine = await loadEngine();
  try {
    return new LoadedModel(engine, await engine.llama.loadModel({ modelPath: path }));
  } catch (error) {
    throw await asFailure(engine, error, `${path} cannot be loaded`);
  }
}

/** A model in memory. One caller at a time, of all processes of this user, has an answer written. */
export class LoadedModel {
  readonly #engine: Engine;
  readonly #model: LlamaModel;
  readonly #wrapper: ChatWrapper;
  #context: LlamaContext | undefined;
  #chat: LlamaChat | undefined;
  #threads = 0;
  /** Settles when the last caller in the line is done. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, model: LlamaModel) {
    this.#engine = engine;
    this.#model = model;
    this.#wrapper = wrapperFor(engine, model);
  }

  /**
   * Does something with the model while nobody else does.
   * @throws what the work throws, and the signal's reason when that aborts before it is its turn
   */
  async whileMine<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = before.then(() => promise);
    try {
      await before;
      signal.throwIfAborted();
      const turn = await takeTurn(signal);
      try {
        if (turn.waited) await this.#engine.freeCores.watchAnew();
        return await work();
      } finally {
        turn.giveBack();
      }
    } finally {
      resolve();
    }
  }

  /**
   * A place for a conversation, as large as the answer may need.
   * @throws BackendError `invalid-request` when the conversation is too long, `other` when there is no memory for it
   */
  async place(history: readonly ChatHistoryItem[], settings: Settings, signal: AbortSignal): Promise<Place> {
    const { contextSize, maxTokens } = settings;
    const most = Math.min(this.#model.trainContextSize, contextSize ?? Number.POSITIVE_INFINITY);
    const inputTokens = this.#count(history, most);
    const size = Math.min(most, contextSize ?? Math.max(inputTokens + maxTokens, USUAL_CONTEXT));
    const threads =
      settings.threads ?? threadsFor(this.#engine.freeCores.count(), inputTokens, this.#model.fileInsights.modelSize);
    const chat = await this.#chatOf(size, threads, signal);
    return { chat, inputTokens, room: Math.min(most, chat.sequence.contextSize) - inputTokens };
  }

  #count(history: readonly ChatHistoryItem[], most: number): number {
    const characters = history.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
    const isHuge = characters > most * LONGEST_TOKEN;
    const tokens = isHuge
      ? undefined
      : this.#wrapper.generateContextState({ chatHistory: [...history] }).contextText.tokenize(this.#model.tokenizer)
          .length;
    if (tokens !== undefined && tokens < most) return tokens;
    const length = tokens === undefined ? `${characters} characters` : `${tokens} tokens`;
    throw new BackendError(`the prompt has ${length}, and the model has room for ${most} tokens`, {
      kind: "invalid-request",
      hint: "Shorten it, or use a model with a larger context.",
    });
  }

  async #chatOf(size: number, threads: number, signal: AbortSignal): Promise<LlamaChat> {
    const kept = threads === this.#threads ? this.#chat : undefined;
    if (kept !== undefined && kept.sequence.contextSize >= size) return kept;
    await this.#context?.dispose();
    this.#chat = undefined;
    this.#threads = threads;
    const { library } = this.#engine;
    try {
      this.#context = await this.#model.createContext({ contextSize: size, threads, createSignal: signal });
    } catch (error) {
      signal.throwIfAborted();
      throw await asFailure(this.#engine, error, `there is no context of ${size} tokens to be had`);
    }
    this.#chat = new library.LlamaChat({
      contextSequence: this.#context.getSequence(),
      chatWrapper: this.#wrapper,
    });
    return this.#chat;
  }
}

/**
 * How the model wants a conversation to be written: by the template in its file. To find out which of the library's
 * own wrappers writes the same takes fifteen times as long; it pays for models that think aloud, whose thoughts only
 * those tell from the answer.
 */
function wrapperFor({ library }: Engine, model: LlamaModel): ChatWrapper {
  const template: unknown = model.fileInfo.metadata.tokenizer.chat_template;
  if (typeof template === "string" && !/think|channel/i.test(template)) {
    try {
      return new library.JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
    } catch {
      // The library has a fallback for templates that it cannot run.
    }
  }
  return library.resolveChatWrapper(model, { warningLogs: false }) ?? new library.GeneralChatWrapper();
}

async function asFailure(engine: Engine, error: unknown, what: string): Promise<BackendError> {
  const why = (await engine.takeComplaint()) ?? firstLine(error);
  const isMemory = error instanceof engine.library.InsufficientMemoryError;
  return new BackendError(`${what}: ${why}`, {
    kind: isMemory ? "other" : "invalid-request",
    hint: isMemory
      ? "Use a smaller model, or a smaller context with -o contextSize=N."
      : "Download it again: it may be damaged, or no GGUF file of a language model.",
    cause: error,
  });
}

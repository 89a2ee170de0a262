/** One earlier message of a conversation. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** What a backend is given besides the prompt and the model. */
export interface BackendOptions {
  /** Aborted when the caller gives up. Pass it on to `fetch` or stop when it fires. */
  readonly signal: AbortSignal;
  /** The system prompt. */
  readonly system?: string | undefined;
  /** The conversation before this prompt, oldest first. */
  readonly messages?: readonly Message[] | undefined;
  /** Settings of the model, as the user gave them, for example `temperature`. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer of a backend: the whole text, or its pieces as they come. */
export type BackendAnswer = string | Promise<string> | AsyncIterable<string> | Promise<AsyncIterable<string>>;

/**
 * A backend as a function. `model` is what the user chose or the registered default; undefined leaves it to the backend.
 */
export type BackendFunction = (prompt: string, model: string | undefined, options: BackendOptions) => BackendAnswer;

/**
 * Base class for a backend with state. A subclass has `run`, which returns the whole answer, or `stream`, which
 * yields its pieces; with both, `run` is used when the whole answer is wanted at once. It is recognised by these methods, not by its class.
 */
export class Backend {
  run?(prompt: string, model: string | undefined, options: BackendOptions): string | Promise<string>;
  stream?(prompt: string, model: string | undefined, options: BackendOptions): AsyncIterable<string>;
}

/** A language model of the AI SDK: specification v2, v3 or v4. */
export interface AiSdkModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- three generations of option and result types meet here
  doGenerate(options: any): PromiseLike<any>;
  // oxlint-disable-next-line typescript/no-explicit-any
  doStream(options: any): PromiseLike<any>;
}

/** A provider of the AI SDK: anything with `languageModel(id)`. */
export interface AiSdkProvider {
  languageModel(modelId: string): AiSdkModel | Promise<AiSdkModel>;
  /** Beyond the AI SDK: finds the model to use when neither the user nor the registration names one. */
  defaultModelId?(signal: AbortSignal): Promise<string>;
}

/** Everything `registerBackend` accepts. */
export type AnyBackend = BackendFunction | Backend | AiSdkModel | AiSdkProvider;

/** What a backend may tell about itself when it registers. */
export interface BackendRegistration {
  /** What it is, in one line. */
  readonly description?: string | undefined;
  /** True when no prompt leaves the machine; `--local` uses such backends alone. */
  readonly local?: boolean | undefined;
  /** Ids of the models it is known to answer with. */
  readonly models?: readonly string[] | undefined;
  /** The model used when the user names none. */
  readonly defaultModel?: string | undefined;
}

/** Which of the accepted forms a value has, or undefined when it is no backend. */
export type BackendForm = "function" | "instance" | "ai-sdk-provider" | "ai-sdk-model";

/** Tells the form of a backend by what it can do, because its class may come from another copy of the SDK. */
export function backendForm(value: unknown): BackendForm | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const shape = value as Record<string, unknown>;
  if (typeof shape["doStream"] === "function" || typeof shape["doGenerate"] === "function") return "ai-sdk-model";
  if (typeof shape["languageModel"] === "function") return "ai-sdk-provider";
  if (typeof value === "function") return isClass(value) ? undefined : "function";
  return typeof shape["run"] === "function" || typeof shape["stream"] === "function" ? "instance" : undefined;
}

/** Whether a function is a class, which cannot be called and so is a frequent slip: `Backend` for `new Backend()`. */
export function isClass(value: unknown): boolean {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

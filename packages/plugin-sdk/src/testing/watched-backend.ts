import { backendForm } from "../backend.ts";
import { fieldsOf, isObject, isPromiseLike } from "../language-model/fields.ts";
import { sourceOf, type Source } from "../language-model/source.ts";

type Method = (...values: unknown[]) => unknown;

/** The methods whose results are answers, or models that answer. */
const METHODS: ReadonlySet<string | symbol> = new Set(["run", "stream", "doGenerate", "doStream", "languageModel"]);

/**
 * A backend between the host and the one that is checked. It sees what the host cannot: whether the backend is still
 * at work after the host has turned away.
 */
export class WatchedBackend {
  /** A backend of the same form, which does the same. */
  readonly backend: unknown;
  readonly #atWork = new Set<PromiseLike<unknown>>();
  #streams = false;

  constructor(backend: unknown) {
    this.backend =
      typeof backend === "function" && backendForm(backend) === "function"
        ? (...values: unknown[]) => this.#answer(Reflect.apply(backend, undefined, values))
        : this.#object(backend);
  }

  /** Whether an answer has come in pieces. */
  get streams(): boolean {
    return this.#streams;
  }

  /** Waits until everything that the backend was asked to do is done, including to clean up. */
  async idle(): Promise<void> {
    while (this.#atWork.size > 0) await Promise.allSettled(this.#atWork);
  }

  #answer(value: unknown): unknown {
    // In the order in which the host tells them apart.
    const source = sourceOf(value);
    if (source !== undefined) return this.#source(source);
    if (isPromiseLike(value)) return this.#track(Promise.resolve(value).then((settled) => this.#answer(settled)));
    const form = backendForm(value);
    if (form === "ai-sdk-model" || form === "ai-sdk-provider") return this.#object(value);
    const stream = sourceOf(fieldsOf(value)["stream"]);
    return stream === undefined ? value : { stream: this.#source(stream) };
  }

  #source(source: Source): Source {
    this.#streams = true;
    const stop = source.return?.bind(source);
    const next = (): unknown => this.#track(source.next());
    return stop === undefined ? { next } : { next, return: () => this.#track(stop()) };
  }

  /** Its fields are read from the original itself, which may have private ones. */
  #object(target: unknown): unknown {
    if (!isObject(target)) return target;
    return new Proxy(
      {},
      {
        get: (_, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== "function" || !METHODS.has(name)) return value;
          return (...values: unknown[]) => this.#answer(Reflect.apply(value as Method, target, values));
        },
      },
    );
  }

  #track<T>(value: T): T {
    if (!isPromiseLike(value)) return value;
    this.#atWork.add(value);
    void Promise.allSettled([value]).then(() => this.#atWork.delete(value));
    return value;
  }
}

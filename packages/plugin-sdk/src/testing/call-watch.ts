import { asyncScope } from "./async-scope.ts";

/** A method that is watched: the object that holds it, and its name. */
export type WatchedMethod = readonly [owner: object, name: string];

type Listener = (name: string, values: readonly unknown[]) => void;
type Method = (...values: unknown[]) => unknown;

/**
 * Tells of the calls of some methods, which work as before. The methods are replaced only while somebody listens,
 * and once for all listeners, because several checks may run at the same time and end in any order.
 */
export class CallWatch {
  readonly #methods: () => readonly WatchedMethod[];
  readonly #afterChange: () => void;
  readonly #listeners = new Set<Listener>();
  #restore: (() => void)[] = [];

  /**
   * @param methods what to watch, as far as it exists in this runtime
   * @param afterChange called when methods were replaced or put back
   */
  constructor(methods: () => readonly WatchedMethod[], afterChange: () => void = () => {}) {
    this.#methods = methods;
    this.#afterChange = afterChange;
  }

  /**
   * Notes what is called by some work and by all that it starts, but not what others call meanwhile: a test runner
   * reports while tests run.
   *
   * @param note gets the method's name and the values it was called with
   * @throws what the work throws
   */
  async during<T>(note: Listener, work: () => Promise<T>): Promise<T> {
    const scope = asyncScope();
    const listener: Listener = (name, values) => {
      if (scope.isInside()) note(name, values);
    };
    if (this.#listeners.size === 0) this.#install();
    this.#listeners.add(listener);
    try {
      return await scope.run(work);
    } finally {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#remove();
    }
  }

  #install(): void {
    this.#restore = this.#methods().map(([owner, name]) => this.#replace(owner as Record<string, unknown>, name));
    this.#afterChange();
  }

  #remove(): void {
    for (const restore of this.#restore.splice(0)) restore();
    this.#afterChange();
  }

  #replace(owner: Record<string, unknown>, name: string): () => void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    const method = owner[name] as Method;
    const listeners = this.#listeners;
    function watched(this: unknown, ...values: unknown[]): unknown {
      for (const listener of listeners) listener(name, values);
      return Reflect.apply(method, this, values);
    }
    owner[name] = watched;
    return () => {
      // Who has replaced it since then still calls this one, which tells nobody any more.
      if (owner[name] !== watched) return;
      if (before === undefined) delete owner[name];
      else Object.defineProperty(owner, name, before);
    };
  }
}

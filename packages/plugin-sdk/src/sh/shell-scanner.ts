import type { Insertion, Refusal, Scanner } from "./build-command.ts";
import { readCommand } from "./command-text.ts";
import { QUOTED_TEXT } from "./quoted-text.ts";
import { SHELL_REFUSALS } from "./shell-refusals.ts";
import { type FrameKind, ShellState } from "./shell-state.ts";

/**
 * Follows what dash, bash, zsh and busybox have in common. Where they differ it does not choose: from there on it
 * refuses every value.
 */
export class ShellScanner implements Scanner {
  readonly #state = new ShellState();
  #interpolations = 0;

  read(text: string): Refusal | undefined {
    const state = this.#state;
    for (let at = 0; at < text.length;) {
      // A body begins after the line of its `<<`; shells differ on what a line is when something is open there.
      const isOpen = this.#isOpenInside() || (state.pending.length > 0 && text[at] === "\\");
      const end = (QUOTED_TEXT[state.top.kind] ?? readCommand)(state, text, at);
      if (isOpen && text.slice(at, end).includes("\n")) state.suspect("a line break between << and its here-document");
      at = end;
    }
    return this.#evaluatedOperand();
  }

  insert({ isArray, isEmpty, after, more }: Insertion): Refusal | undefined {
    this.#interpolations += 1;
    const state = this.#state;
    const place = this.#unsafePlace();
    if (place !== undefined) return place;
    if (isArray) {
      if (state.redirects) return SHELL_REFUSALS.arrayAsTarget;
      const isApart = /[ \t\n(]/.test(state.previous) && (after === "" ? !more : /^[ \t\n;|&)]/.test(after));
      if (!isApart) return SHELL_REFUSALS.touchingArray;
    }
    for (const { test } of state.frames) if (test !== undefined) test.interpolation ??= this.#interpolations;
    if (!isEmpty) state.addToWord("\0", "'");
    return this.#evaluatedOperand();
  }

  #unsafePlace(): Refusal | undefined {
    const state = this.#state;
    if (state.doubt !== undefined) return SHELL_REFUSALS.doubt(state.doubt);
    if (state.inDelimiter) return SHELL_REFUSALS.delimiter;
    for (const kind of ["backquotes", "arithmetic", "parameter", "brackets"] as const) {
      if (state.isInside(kind)) return SHELL_REFUSALS[kind];
    }
    const { kind } = state.top;
    if (kind in SHELL_REFUSALS) return SHELL_REFUSALS[kind as keyof typeof SHELL_REFUSALS & FrameKind];
    if (state.previous === "$") return SHELL_REFUSALS.dollar;
    if (state.previous === "\\") return SHELL_REFUSALS.backslash;
    return this.#isOpenInside() ? SHELL_REFUSALS.doubt("<< on the same line") : undefined;
  }

  /** Whether something nested began after a `<<`, on its line. */
  #isOpenInside(): boolean {
    return this.#state.pending.some((document) => document.level !== this.#state.frames.length);
  }

  /** A value next to `-eq` and its like, which may stand on either side of it; or where that cannot be seen. */
  #evaluatedOperand(): Refusal | undefined {
    const isDoubtful = this.#state.doubt !== undefined;
    for (const { test } of this.#state.frames) {
      if (test?.interpolation === undefined || !(test.compares || isDoubtful)) continue;
      return { ...SHELL_REFUSALS.comparison, interpolation: test.interpolation };
    }
    return undefined;
  }
}

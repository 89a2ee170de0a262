import { D0ttinoError, isD0ttinoError, type ErrorCode } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { PromptError } from "@d0ttino/llm/routing/prompt-result";
import { writeData, writeMessage } from "../terminal/terminal.ts";

const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  usage: 2,
  "unknown-backend": 2,
  "unknown-recipe": 2,
  "unknown-model": 2,
  "unknown-plugin": 2,
  "empty-prompt": 2,
  "no-terminal": 2,
  "step-refused": 2,
  "unknown-run": 2,
  interrupted: 130,
};

/** How errors are told. */
export interface ErrorStyle {
  readonly json: boolean;
  /** With the causes. */
  readonly debug: boolean;
  /** The packages whose code was running, to be named with an error that nobody expected. */
  readonly running: readonly string[];
}

/** Tells an error, to a program on standard output and to a person on standard error; gives the exit code. */
export function reportError(error: unknown, style: ErrorStyle): number {
  const known = isD0ttinoError(error) ? error : noDirectory(error);
  const code = known?.code ?? "internal";
  const suspects = style.running.length === 0 ? "" : ` Code of ${style.running.join(", ")} was running.`;
  const message = known === undefined ? `Unexpected error: ${sentence(messageOf(error))}${suspects}` : known.message;
  const hint = known === undefined ? "Run it again with --debug and report what it shows." : known.hint;
  if (style.json) {
    const attempts = error instanceof PromptError ? { attempts: error.attempts, text: error.text } : {};
    writeData(`${JSON.stringify({ error: { code, message, hint: hint ?? null }, ...attempts })}\n`);
  } else if (code !== "interrupted") {
    writeMessage(`ai-cli: ${sentence(message)}`);
    if (hint !== undefined) writeMessage(hint);
  }
  if (style.debug) writeMessage(causes(error));
  return (known === undefined ? undefined : EXIT_CODES[known.code]) ?? 1;
}

/** What a command says that needs the current directory when somebody has removed it. */
function noDirectory(error: unknown): D0ttinoError | undefined {
  if ((error as Partial<NodeJS.ErrnoException> | null)?.syscall !== "uv_cwd") return undefined;
  return new D0ttinoError("io-failed", "The current directory is not there any more.", {
    hint: "Change to another one, and run it again.",
    cause: error,
  });
}

/** An error may be its own cause. */
const MOST_CAUSES = 10;

function causes(error: unknown): string {
  const lines: string[] = [];
  let one = error;
  while (one !== undefined && lines.length < MOST_CAUSES) {
    lines.push(one instanceof Error ? (one.stack ?? one.message) : messageOf(one));
    one = one instanceof Error ? one.cause : undefined;
  }
  return lines.join("\ncaused by: ");
}

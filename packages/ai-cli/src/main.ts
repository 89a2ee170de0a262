import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { PluginHost } from "@d0ttino/llm/host/plugin-host";
import { describeProblem } from "@d0ttino/llm/host/plugin-package";
import { firstWord, parseArguments } from "./arguments/parse-arguments.ts";
import { COMMANDS } from "./commands/command-table.ts";
import { COMMON_OPTIONS, findCommand, type Command, type PluginPart } from "./commands/command.ts";
import { reportError } from "./commands/report-error.ts";
import { programLocation } from "./program-location.ts";
import { divertPluginOutput, isOutputClosed, writeData, writeMessage } from "./terminal/terminal.ts";

/** The packages whose code has been loaded. */
const imported: string[] = [];

/**
 * Runs the program and gives its exit code; it never throws.
 * @param args the arguments behind the program's name
 */
export async function main(args: readonly string[]): Promise<number> {
  const ours = args.slice(0, args.includes("--") ? args.indexOf("--") : undefined);
  const style = { json: ours.includes("--json"), debug: ours.includes("--debug") };
  const end = (error: unknown): number => {
    try {
      // A program ends by SIGPIPE there, and a run that was cut short must not count as done.
      if (isOutputClosed(error)) return args[0] === "recipe" ? 128 + SIGPIPE : 0;
      return reportError(error, { ...style, running: imported });
    } catch {
      // Nobody is left to be told.
      return 1;
    }
  };
  const unfinished = (code: number): void => {
    if (INTERRUPTED.has(code)) return;
    const suspects = imported.length === 0 ? "" : ` Code of ${imported.join(", ")} was running.`;
    const cause = `The program ended before its work was done.${suspects}`;
    const hint = "A plug-in must not end the process, nor wait for something that never comes.";
    process.exitCode = end(new D0ttinoError("plugin-failed", cause, { hint }));
  };
  process.on("uncaughtException", (error) => {
    process.off("exit", unfinished);
    process.exit(end(error));
  });
  process.on("exit", unfinished);
  try {
    return await dispatch(args);
  } catch (error) {
    return end(error);
  } finally {
    process.off("exit", unfinished);
  }
}

const SIGPIPE = 13;

/** 128 + n for SIGHUP, SIGINT and SIGTERM: the codes of a command that is told to end and does not do so by itself. */
const INTERRUPTED: ReadonlySet<number> = new Set([129, 130, 143]);

async function dispatch(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "help" && rest[0] !== undefined) return dispatch([...rest, "--help"]);
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return showHelp(undefined);
  if (name === "--debug") return dispatch(rest);
  const command = namedCommand(name);
  const end = rest.indexOf("--");
  const before = end === -1 ? rest : rest.slice(0, end);
  const wantsHelp = before.includes("--help") || before.includes("-h");
  const context = { host: openHost(), packageDir: programLocation().dir };
  const known = [...command.options, ...COMMON_OPTIONS];
  const plugin = command.pluginPart === undefined ? undefined : firstWord(wantsHelp ? before : rest, known);
  const part = plugin === undefined ? undefined : await command.pluginPart?.(plugin, context);
  if (wantsHelp) return showHelp(command, before, part);
  const { options, words } = parseArguments(rest, [...known, ...(part?.options ?? [])]);
  return command.run({ options, words, ...context });
}

function namedCommand(name: string): Command {
  const command = findCommand(COMMANDS, name);
  if (command !== undefined) return command;
  const near = nearest(
    name,
    COMMANDS.map((one) => one.name),
  );
  const what = name.startsWith("-") ? "option" : "command";
  throw new D0ttinoError("usage", `There is no ${what} ${JSON.stringify(name)}.`, {
    hint: near === undefined ? "ai-cli --help lists all commands." : `Did you mean "${near}"?`,
  });
}

async function showHelp(
  command: Command | undefined,
  words: readonly string[] = [],
  part?: PluginPart,
): Promise<number> {
  const { commandHelp, overview } = await import("./commands/help.ts");
  writeData(part?.help() ?? (command === undefined ? overview() : commandHelp(command, words)));
  return 0;
}

function openHost(): PluginHost {
  return new PluginHost({
    location: programLocation(),
    onProblem: (problem) => writeMessage(describeProblem(problem)),
    beforeImport: (packageName) => {
      divertPluginOutput();
      imported.push(packageName);
    },
  });
}

import { isValidName } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { Option } from "../arguments/option.ts";
import { firstWord } from "../arguments/parse-arguments.ts";
import { writeData } from "../terminal/terminal.ts";
import { COMMON_OPTIONS, findCommand, type Command, type Invocation, type Suggestions } from "./command.ts";

/**
 * `ai-cli completion`: the script that makes a shell complete our commands. The scripts know nothing themselves; at
 * each Tab they call `ai-cli completion -- WORDS…` with the words typed so far, the last being the one to complete.
 */
export async function completion(
  { words, host, packageDir }: Invocation,
  commands: readonly Command[],
): Promise<number> {
  const [shell, ...typed] = words;
  if (shell === "--") {
    const names = (kind: "backend" | "recipe"): string[] =>
      host
        .list(kind)
        .map((info) => info.name)
        .filter(isValidName);
    const more = await pluginOptions(commands, typed, { host, packageDir });
    const [name, ...behind] = typed.slice(0, -1);
    const suggested = await findCommand(commands, name)?.suggest?.(behind.filter(isWord), packageDir);
    writeData(
      candidates(commands, typed, names, { more, suggested })
        .map((one) => `${one}\n`)
        .join(""),
    );
    return 0;
  }
  const script = shell === undefined || !Object.hasOwn(SCRIPTS, shell) ? undefined : SCRIPTS[shell];
  if (script === undefined || typed.length > 0) {
    throw new D0ttinoError("usage", "Name one shell: bash, zsh or fish.", {
      hint: "For example: ai-cli completion bash",
    });
  }
  writeData(script);
  return 0;
}

/** The options of the plug-in that was named before the word to complete, where that could be one of them. */
async function pluginOptions(
  commands: readonly Command[],
  [name, ...typed]: readonly string[],
  context: Pick<Invocation, "host" | "packageDir">,
): Promise<readonly Option[]> {
  const command = findCommand(commands, name);
  if (command?.pluginPart === undefined) return [];
  const plugin = firstWord(typed.slice(0, -1), [...command.options, ...COMMON_OPTIONS]);
  if (plugin === undefined || !context.host.has("recipe", plugin)) return [];
  try {
    return (await command.pluginPart(plugin, context)).options;
  } catch {
    return [];
  }
}

/**
 * What the last of the typed words can become.
 * @param names gives the names of all backends or recipes
 * @param found options of the plug-in that is named, and what can follow the words before, where it had to be found out
 */
export function candidates(
  commands: readonly Command[],
  typed: readonly string[],
  names: (kind: "backend" | "recipe") => string[],
  found: Found = {},
): string[] {
  // Bash takes `--name=value` for three words.
  const current = typed.at(-1) === "=" ? "" : (typed.at(-1) ?? "");
  const before = typed.slice(0, -1).filter((word) => word !== "=");
  return possible(commands, before, current, names, found).filter((one) => one.startsWith(current));
}

interface Found {
  readonly more?: readonly Option[];
  readonly suggested?: Suggestions | undefined;
}

function isWord(typed: string): boolean {
  return !typed.startsWith("-");
}

function possible(
  commands: readonly Command[],
  before: readonly string[],
  current: string,
  names: (kind: "backend" | "recipe") => string[],
  { more = [], suggested }: Found,
): readonly string[] {
  const [name, ...rest] = before;
  if (name === undefined) return [...commands.map((command) => command.name), "--help", "--version"];
  const command = findCommand(commands, name);
  if (command === undefined) return [];
  const own = command.options.filter((one) => suggested?.isOption?.(one.name) ?? true);
  const options = [...own, ...more, ...COMMON_OPTIONS];
  const previous = rest.at(-1);
  const valued = options.find(
    (one) => one.value !== undefined && (previous === `--${one.name}` || previous === `-${one.short}`),
  );
  if (valued !== undefined) return choicesOf(valued, names);
  const [left, equals] = /^--([\w-]+)(=)/.exec(current)?.slice(1) ?? [];
  const joined = equals === undefined ? undefined : options.find((one) => one.name === left && one.value !== undefined);
  if (joined !== undefined) return choicesOf(joined, names).map((one) => `--${joined.name}=${one}`);
  if (current.startsWith("-")) return options.map((option) => `--${option.name}`);
  if (suggested !== undefined) return suggested.words;
  const first = rest.find(isWord);
  if (first !== undefined) return behind(command, first);
  return [...(command.words ?? []), ...(command.names === undefined ? [] : names(command.names))];
}

function behind({ wordsBehind = {} }: Command, first: string): readonly string[] {
  return Object.hasOwn(wordsBehind, first) ? (wordsBehind[first]?.() ?? []) : [];
}

function choicesOf(option: Option, names: (kind: "backend" | "recipe") => string[]): readonly string[] {
  if (option.choices === "backends") return names("backend");
  return (typeof option.choices === "function" ? option.choices() : option.choices) ?? [];
}

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_ai_cli() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  case "\${COMP_WORDS[0]##*/}" in
    ai) words=(send "\${words[@]}") ;;
    d0ttino-plugins) words=(plugins "\${words[@]}") ;;
  esac
  local IFS=$'\\n'
  COMPREPLY=($(ai-cli completion -- -- "\${words[@]}" 2>/dev/null))
}
complete -o default -F _ai_cli ai-cli ai d0ttino-plugins
`,
  zsh: `_ai_cli() {
  local -a typed found
  typed=("\${(@)words[2,CURRENT]}")
  [[ \${words[1]:t} == ai ]] && typed=(send "\${typed[@]}")
  [[ \${words[1]:t} == d0ttino-plugins ]] && typed=(plugins "\${typed[@]}")
  found=("\${(@f)$(ai-cli completion -- -- "\${typed[@]}" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then compadd -- "\${found[@]}"; else _files; fi
}
compdef _ai_cli ai-cli ai d0ttino-plugins
`,
  fish: `complete -c ai-cli -a '(ai-cli completion -- -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
complete -c ai -a '(ai-cli completion -- -- send (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
complete -c d0ttino-plugins -a '(ai-cli completion -- -- plugins (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
};

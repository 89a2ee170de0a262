import { CATALOGUE, type CatalogueEntry } from "@d0ttino/llm/models/catalogue";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { listModelFiles } from "@d0ttino/llm/models/model-files";
import type { Option } from "../arguments/option.ts";
import { ALLOWABLE } from "../recipes/consent-policy.ts";
import type { Command } from "./command.ts";

const JSON_OPTION: Option = { name: "json", summary: "Print JSON, for programs" };

const catalogueLine = ({ name, title, bytes, licence }: CatalogueEntry): string =>
  `${name} (${title}, ${megabytes(bytes)}, ${licence})`;

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: "send",
    summary: "Send a prompt to a language model and print the answer",
    usage: ['send "PROMPT" [options]', "send - [options]"],
    details: [
      "Text that is piped in becomes part of the prompt, behind the argument; with - it is the whole prompt.",
      'The model is -m, else the variable <BACKEND>_MODEL, else "model" in the config file, else the backend\'s default.',
      "`ai` is short for `ai-cli send`.",
    ],
    options: [
      { name: "backend", short: "b", value: "NAME", choices: "backends", summary: "Ask this backend and no other" },
      { name: "model", short: "m", value: "MODEL", summary: "The model, as MODEL or BACKEND/MODEL" },
      { name: "system", short: "s", value: "TEXT", summary: "The system prompt" },
      {
        name: "option",
        short: "o",
        value: "KEY=VALUE",
        repeats: true,
        summary: "A setting of the model, for example temperature=0.2",
      },
      { name: "local", summary: "Ask local backends only: no prompt leaves the machine" },
      { name: "remote", summary: "Skip local backends" },
      { name: "no-stream", summary: "Print the answer when it is whole" },
      { name: "no-fallback", summary: "Try only the first backend of the route" },
      { name: "explain-route", summary: "Say which backends are tried, in which order, and why" },
      { name: "dry-run", summary: "Say so and ask nobody" },
      JSON_OPTION,
    ],
    examples: [
      'ai-cli send "Name three rivers"',
      'git diff | ai-cli send "Write a commit message for this"',
      'ai-cli send -b sample "Is anybody there?" --json',
    ],
    run: async (invocation) => (await import("./send.ts")).send(invocation),
  },
  {
    name: "recipe",
    summary: "Run an automation recipe, step by step",
    usage: ['recipe NAME "GOAL" [options]'],
    details: [
      "A recipe turns the goal into shell commands. Every command is shown before it runs, and you are asked about each one.",
      "The exit code is that of the first step that failed.",
    ],
    names: "recipe",
    options: [
      { name: "dry-run", summary: "Show the steps and run nothing" },
      { name: "yes", short: "y", summary: "Run all steps without asking, when none is of more than low risk" },
      {
        name: "allow",
        value: "LEVEL",
        choices: ALLOWABLE,
        summary: "With --yes: run steps of this risk, too (low, medium, high or critical)",
      },
      { name: "log", value: "FILE", summary: "Write the steps and their output to a file, too" },
      JSON_OPTION,
    ],
    examples: ['ai-cli recipe sample "Show my goal"', "ai-cli recipe disk-usage ~ --dry-run"],
    run: async (invocation) => (await import("./recipe.ts")).recipe(invocation),
  },
  {
    name: "backends",
    summary: "List the backends that can be asked",
    usage: ["backends [options]"],
    options: [JSON_OPTION],
    examples: ["ai-cli backends"],
    run: async (invocation) => (await import("./list-plugins.ts")).listPlugins("backend", invocation),
  },
  {
    name: "recipes",
    summary: "List the recipes that can be run",
    usage: ["recipes [options]"],
    options: [JSON_OPTION],
    examples: ["ai-cli recipes"],
    run: async (invocation) => (await import("./list-plugins.ts")).listPlugins("recipe", invocation),
  },
  {
    name: "models",
    summary: "List the models that can be asked, and bring some to this machine",
    usage: [
      "models [BACKEND] [options]",
      "models list [options]",
      "models pull NAME [options]",
      "models add PATH|URL [options]",
      "models rm NAME... [options]",
    ],
    details: [
      "Without a word behind it: the models of every backend whose key is set, every local server that answers, and this machine.",
      "list shows the model files on this machine.",
      `pull brings one of the catalogue: ${CATALOGUE.map(catalogueLine).join(", ")}.`,
      "add takes any other GGUF file: one at a path is linked, one at a URL downloaded.",
      "rm removes them; of a linked one only the link. A download that was broken off goes on when it is run again.",
    ],
    words: ["list", "pull", "add", "rm"],
    names: "backend",
    wordsBehind: {
      pull: () => CATALOGUE.map((entry) => entry.name),
      rm: () => listModelFiles().map((file) => file.name),
    },
    options: [{ name: "name", value: "NAME", summary: "With add: how to call the model" }, JSON_OPTION],
    examples: [
      "ai-cli models",
      "ai-cli models openrouter --json",
      "ai-cli models pull smollm2",
      "ai-cli models add ~/Downloads/some-model.gguf --name mine",
    ],
    run: async (invocation) => (await import("./models.ts")).models(invocation),
  },
  {
    name: "plugins",
    summary: "Install, list and remove plug-ins",
    usage: [
      "plugins [backends|recipes] list|outdated [options]",
      "plugins [backends|recipes] search WORD... [options]",
      "plugins [backends|recipes] install NAME... [options]",
      "plugins [backends|recipes] remove NAME...",
      "plugins [backends|recipes] update [NAME...]",
      "plugins recipes sync [--dest DIR]",
      "plugins link DIR",
      "plugins unlink NAME|DIR",
      "plugins rollback",
    ],
    details: [
      "NAME is a name of the registry, NAME@VERSION one of its versions. Anything else is npm:PACKAGE, ./DIR or FILE.tgz.",
      "A folder is packed and installed with its dependencies; link uses it from where it lies, as it is at each start.",
      "update takes the registry's versions, of all or of those named. recipes sync brings every recipe of the registry.",
      "No script of a package runs. rollback goes back to the state before the last change.",
      "The registry is PLUGIN_REGISTRY_URL, a URL or a file, or else this project's; --update fetches it anew.",
    ],
    words: [
      "list",
      "search",
      "outdated",
      "install",
      "remove",
      "update",
      "link",
      "unlink",
      "rollback",
      "backends",
      "recipes",
    ],
    options: [
      { name: "update", summary: "Fetch the registry anew" },
      { name: "dest", value: "DIR", summary: "With sync: another folder than the one where recipes are looked for" },
      { name: "offline", summary: "Ask nobody: the registry's copy and npm's cache must do" },
      { name: "yes", short: "y", summary: "Install without asking what is not in the registry" },
      JSON_OPTION,
    ],
    examples: ["ai-cli plugins list", "ai-cli plugins install openrouter", "ai-cli plugins install npm:my-plugin"],
    run: async (invocation) => (await import("./plugins/plugins.ts")).plugins(invocation),
  },
  {
    name: "setup",
    summary: "Set up a key or a server, with questions",
    usage: ["setup"],
    options: [],
    examples: ["ai-cli setup"],
    run: async (invocation) => (await import("./setup.ts")).setup(invocation),
  },
  {
    name: "keys",
    summary: "Store API keys of backends",
    usage: ["keys set NAME", "keys list [options]", "keys remove NAME"],
    details: [
      "A key is asked for, or read from standard input; it is never an argument, where others could see it.",
      "In place of a key, env:NAME names a variable that holds it, and !COMMAND a command that prints it.",
      "They lie in keys.json beside the config file, readable by you only. A backend's own variable goes first.",
    ],
    words: ["set", "list", "remove"],
    options: [JSON_OPTION],
    examples: ["ai-cli keys set openrouter", "ai-cli keys set openai < key.txt", "ai-cli keys list"],
    run: async (invocation) => (await import("./keys.ts")).keys(invocation),
  },
  {
    name: "config",
    summary: "Read and change the config file",
    usage: ["config get [KEY]", "config set KEY VALUE", "config unset KEY", "config path"],
    details: [
      "route: the backends to try, in order. model: the default, as BACKEND/MODEL. aliases.NAME: a short name for a model.",
      "backends.NAME.baseUrl (and apiKeyEnv, defaultModel, local): any server that speaks OpenAI's dialect.",
    ],
    words: ["get", "set", "unset", "path"],
    options: [],
    examples: [
      "ai-cli config set route openrouter ollama/llama3.2",
      "ai-cli config set backends.groq.baseUrl https://api.groq.com/openai/v1",
      "ai-cli config get",
    ],
    run: async (invocation) => (await import("./config.ts")).config(invocation),
  },
  {
    name: "completion",
    summary: "Print the completion script of a shell",
    usage: ["completion bash|zsh|fish"],
    details: [
      'bash: add  eval "$(ai-cli completion bash)"  to ~/.bashrc.',
      'zsh: add  eval "$(ai-cli completion zsh)"  to ~/.zshrc, behind compinit.',
      "fish: ai-cli completion fish > ~/.config/fish/completions/ai-cli.fish",
      "The scripts ask ai-cli itself, so it has to be in PATH.",
    ],
    words: ["bash", "zsh", "fish"],
    options: [],
    examples: ['eval "$(ai-cli completion bash)"'],
    run: async (invocation) => (await import("./completion.ts")).completion(invocation, COMMANDS),
  },
];

import { CATALOGUE, type CatalogueEntry } from "@d0ttino/llm/models/catalogue";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { listModelFiles } from "@d0ttino/llm/models/model-files";
import type { Option } from "../arguments/option.ts";
import { runNames } from "../recipes/journal/run-folder.ts";
import type { Command } from "./command.ts";
import { PLUGIN_KINDS, PLUGIN_VERBS } from "./plugins/verbs.ts";
import { RECIPE_OPTIONS } from "./recipe-options.ts";

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
      { name: "dry-run", summary: "Say so, and send the prompt to nobody" },
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
    usage: ['recipe NAME "GOAL" [options]', "recipe --resume RUN [options]", "recipe --help NAME"],
    details: [
      "A recipe turns the goal into shell commands. Every command is shown before it runs, and you are asked about each one.",
      "A recipe can have options of its own, which go behind its name; --help NAME tells them.",
      "The exit code is that of the first step that failed, 130 when you quit, 2 when nothing was run for want of consent.",
    ],
    names: "recipe",
    pluginPart: async (name, context) => (await import("./recipe.ts")).recipePart(name, context),
    options: RECIPE_OPTIONS,
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
    name: "runs",
    summary: "Show what recipes have done, and forget it",
    usage: ["runs [list] [options]", "runs show RUN [options]", "runs rm RUN... | --all"],
    details: [
      "RUN is a run's name, the beginning or the end of it, or last.",
      "Each run keeps its plan, its journal and the output of its steps, in a folder that only you can read.",
      "ai-cli recipe --resume RUN goes on with one that broke off.",
    ],
    words: ["list", "show", "rm"],
    wordsBehind: { show: runNames, rm: runNames },
    options: [{ name: "all", summary: "With rm: remove every run that is not going on" }, JSON_OPTION],
    examples: ["ai-cli runs", "ai-cli runs show last", "ai-cli runs rm --all"],
    run: async (invocation) => (await import("./runs.ts")).runs(invocation),
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
    usage: ["plugins [backends|recipes] VERB ... [options]"],
    verbs: PLUGIN_VERBS,
    details: [
      "The registry is PLUGIN_REGISTRY_URL, a URL or a file, or else this project's; --update fetches it anew.",
    ],
    words: [...Object.keys(PLUGIN_VERBS), ...Object.keys(PLUGIN_KINDS)],
    suggest: async (...typed) => (await import("./plugins/plugins.ts")).suggestWords(...typed),
    options: [
      { name: "update", summary: "Fetch the registry anew" },
      { name: "fix", summary: "Mend what can be mended" },
      { name: "dest", value: "DIR", summary: "Another folder than the one where recipes are looked for" },
      { name: "against", value: "FILE|URL", summary: "What it was; else the one that came along" },
      { name: "allow-shrinking", summary: "More than 5 % of the names may be gone" },
      {
        name: "env",
        value: "NAME=VALUE",
        repeats: true,
        summary: "A variable for the plug-in; {server} in it is the address of the fake server",
      },
      { name: "goal", value: "GOAL", repeats: true, summary: "A goal that the recipe has steps for" },
      { name: "model", value: "MODEL", summary: "The model to ask the backend for" },
      { name: "offline", summary: "Ask nobody: the registry's copy and npm's cache must do" },
      { name: "yes", short: "y", summary: "Do not ask" },
      { name: "dry-run", summary: "Say what would be done, and do nothing" },
      { name: "allow-scripts", value: "PACKAGE", repeats: true, summary: "Let its install scripts run" },
      { name: "backend", summary: "A backend that speaks to a service" },
      { name: "recipe", summary: "A recipe" },
      { name: "provider", summary: "A backend that a provider of the AI SDK answers for" },
      { name: "js", summary: "In JavaScript, which needs no build" },
      { name: "ts", summary: "In TypeScript" },
      { name: "check", summary: "Say what a registry would ask, and print the entry" },
      { name: "gpu", summary: "The parts for graphics cards, too, which are large" },
      JSON_OPTION,
    ],
    examples: ["ai-cli plugins list", "ai-cli plugins install openrouter", "ai-cli plugins install npm:my-plugin"],
    run: async (invocation) => (await import("./plugins/plugins.ts")).plugins(invocation, COMMANDS),
  },
  {
    name: "doctor",
    summary: "Say what is wrong with plug-ins, settings and this machine, and mend it",
    usage: ["doctor [options]"],
    details: [
      "It is ai-cli plugins doctor, and looks at Node, folders, the shell, keys, local servers and models besides.",
      "The exit code is 1 when a plug-in is broken or what is installed is damaged; a warning does not change it.",
    ],
    options: [
      { name: "fix", summary: "Mend what can be mended" },
      { name: "offline", summary: "Ask no registry and no server" },
      JSON_OPTION,
    ],
    examples: ["ai-cli doctor", "ai-cli doctor --fix"],
    run: async (invocation) => (await import("./doctor.ts")).doctor(invocation),
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
    usage: ["keys set NAME [options]", "keys list [options]", "keys remove NAME [options]"],
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
      "backends.NAME.baseUrl (and apiKeyEnv, defaultModel, local, timeouts): any server that speaks OpenAI's dialect.",
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

import type { Option } from "../arguments/option.ts";
import type { Command } from "./command.ts";

const JSON_OPTION: Option = { name: "json", summary: "Print JSON, for programs" };

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
    words: "recipes",
    options: [
      { name: "dry-run", summary: "Show the steps and run nothing" },
      { name: "yes", short: "y", summary: "Run all steps without asking" },
      { name: "log", value: "FILE", choices: "files", summary: "Write the steps and their output to a file, too" },
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
    name: "completion",
    summary: "Print the completion script of a shell",
    usage: ["completion bash|zsh|fish"],
    details: [
      'bash: add  eval "$(ai-cli completion bash)"  to ~/.bashrc.',
      'zsh: add  eval "$(ai-cli completion zsh)"  to ~/.zshrc, behind compinit.',
      "fish: ai-cli completion fish > ~/.config/fish/completions/ai-cli.fish",
    ],
    words: ["bash", "zsh", "fish"],
    options: [],
    examples: ['eval "$(ai-cli completion bash)"'],
    run: async (invocation) => (await import("./completion.ts")).completion(invocation, COMMANDS),
  },
];

import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";
import { candidates } from "./completion.ts";

const names = (kind: "backend" | "recipe"): string[] =>
  kind === "backend" ? ["ollama", "openai"] : ["backup", "sample"];

describe("candidates", () => {
  it.each<[string[], string[]]>([
    [["re"], ["recipe", "recipes"]],
    [["--v"], ["--version"]],
    [
      ["send", "-b", ""],
      ["ollama", "openai"],
    ],
    [["send", "--backend", "op"], ["openai"]],
    [["send", "--backend=op"], ["--backend=openai"]],
    [["send", "--backend", "=", "op"], ["openai"]],
    [
      ["send", "--backend", "="],
      ["ollama", "openai"],
    ],
    [["send", "--json="], []],
    [
      ["send", "--no-"],
      ["--no-stream", "--no-fallback"],
    ],
    [
      ["recipe", ""],
      ["backup", "sample"],
    ],
    [["recipe", "--yes", "s"], ["sample"]],
    [["recipe", "sample", ""], []],
    [["completion", "z"], ["zsh"]],
    [
      ["models", ""],
      ["list", "pull", "add", "rm", "ollama", "openai"],
    ],
    [["models", "pull", "s"], ["smollm2"]],
    [["models", "add", ""], []],
    [["models", "openai", ""], []],
    [["send", "-m", ""], []],
    [["nonsense", ""], []],
  ])("completes %j", (typed, expected) => {
    expect(candidates(COMMANDS, typed, names)).toEqual(expected);
  });
});

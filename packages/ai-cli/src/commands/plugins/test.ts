import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { testPackage } from "../../manager/contract/test-package.ts";
import { isTerminal, writeData, writeProgress } from "../../terminal/terminal.ts";
import type { OptionValues } from "../../arguments/option.ts";
import { changeOptions } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { hasColours } from "../../terminal/colours.ts";
import { pluginFolder } from "./plugin-folder.ts";
import { testReport } from "./test-report.ts";

/** `ai-cli plugins test`: runs the contract suite on the package in a folder. */
export async function test({ words, options, packageDir }: ManagerInvocation): Promise<number> {
  const [word = ".", ...others] = words;
  if (others.length > 0) {
    throw new D0ttinoError("usage", "plugins test takes one folder.", { hint: "ai-cli plugins test [DIR]" });
  }
  const dir = pluginFolder(word);
  const model = options["model"];
  const report = await testPackage(dir, {
    env: variables(list(options, "env")),
    goals: list(options, "goal"),
    model: typeof model === "string" ? model : undefined,
    programDir: packageDir,
    signal: changeOptions().signal,
    onNext: (what) => {
      if (isTerminal.stderr) writeProgress(`Testing ${what}…`);
    },
  }).finally(() => {
    if (isTerminal.stderr) writeProgress("");
  });
  const ok = report.checks.every((check) => check.ok);
  if (options["json"] === true) {
    const { name, version, importMs, checks } = report;
    writeData(`${JSON.stringify({ ok, package: name, version, dir, importMs, checks }, null, 2)}\n`);
  } else writeData(testReport(report, hasColours("stdout")));
  return ok ? 0 : 1;
}

function list(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function variables(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(one) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new D0ttinoError("usage", `--env takes NAME=VALUE, not ${JSON.stringify(one)}.`);
    }),
  );
}

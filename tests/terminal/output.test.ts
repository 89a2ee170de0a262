import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { CLI_PACKAGE, runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Runs a shell command line in which `$CLI` is the program. */
function shell(command: string, env: Record<string, string> = {}): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
    encoding: "utf8",
    // With a pipe there, bash may take itself for a remote shell and read its start-up file.
    stdio: ["ignore", "pipe", "pipe"],
    cwd: tempFolder("work"),
    env: {
      PATH: process.env["PATH"],
      CLI: `${process.execPath} ${join(CLI_PACKAGE, "bin/ai-cli.cjs")}`,
      D0TTINO_HOME: tempFolder("home"),
      ...env,
    },
  });
  return { code: status, output: stdout + stderr };
}

describe("output that cannot be written", () => {
  it.runIf(existsSync("/dev/full")).each(["--version", "backends", "send -b sample hello"])(
    "is an error that says so: %s",
    (args) => {
      const { code, output } = shell(`$CLI ${args} >/dev/full`);
      expect(code).toBe(1);
      expect(output).toContain("The output cannot be written: ENOSPC");
      expect(output).not.toMatch(/Unexpected|^\s+at /m);
    },
  );

  it("ends quietly when its reader is gone, also for --version", () => {
    expect(shell("set -o pipefail; (sleep 0.5; $CLI --version) | true").output).toBe("");
    expect(shell("set -o pipefail; (sleep 0.5; $CLI backends) | true")).toEqual({ code: 0, output: "" });
  });

  it("does not count a recipe as done when its reader is gone", () => {
    const plugin = recipePackage("it", planning("it", ["echo one", "sleep 0.5; echo two", "exit 3"]));
    const { code } = shell("set -o pipefail; $CLI recipe it --yes --allow critical --json | head -n 1", {
      D0TTINO_PLUGIN_PATH: plugin,
    });
    expect(code).toBe(141);
  });
});

describe("the program", () => {
  it("loads nothing from the current directory when HOME is empty or relative", async () => {
    for (const home of ["", "."]) {
      const { code, output } = shell(
        `mkdir -p .local/share/d0ttino/plugins/generations/1 &&
         echo '{"formatVersion": 1, "packages": [{"name": "evil", "version": "1.0.0", "dir": "evil", "linked": false, "sdk": null,
           "entries": [{"group": "llm.plugins", "name": "evil", "file": "index.js", "export": null}]}]}' \
           > .local/share/d0ttino/plugins/generations/1/index.json &&
         echo 1 > .local/share/d0ttino/plugins/current && HOME=${home} D0TTINO_HOME= $CLI backends`,
      );
      expect(code).toBe(0);
      expect(output).not.toContain("evil");
    }
  });

  it("takes --debug before the command, and has no command that is not built yet", async () => {
    expect((await runCli(["--debug", "recipes"])).code).toBe(0);
    const { code, stderr } = await runCli(["chat"]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no command "chat"');
  });

  it("names the plug-in with an error that nobody expected", async () => {
    const plugin = recipePackage(
      "loose",
      `import { registerRecipe } from "@d0ttino/plugin-sdk";
       setTimeout(() => { throw new Error("loose"); }, 1);
       registerRecipe("loose", () => new Promise((resolve) => setTimeout(resolve, 5000)));`,
    );
    const { code, stderr } = await runCli(["recipe", "loose", "--dry-run"], { plugins: [plugin] });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Unexpected error: loose\. Code of \S*loose\S* was running\./);
  });
});

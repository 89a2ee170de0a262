import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { blocksOf } from "../support/guide-blocks.ts";
import { startNpmRegistry } from "../support/npm-registry.ts";
import { runShell } from "../support/run-shell.ts";
import { tempFolder } from "../support/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A fork of this project, as far as its registry needs it. */
function fork(): string {
  const dir = tempFolder("fork");
  for (const path of ["plugin-registry.json", "plugin-registry.schema.json", "examples/plugins", "plugins"]) {
    cpSync(join(ROOT, path), join(dir, path), { recursive: true, filter: (one) => !one.includes("node_modules") });
  }
  return dir;
}

/** Does what the page says about the entry that was printed, which must look as the page shows it. */
function addEntry(dir: string, block: string, printed: string): void {
  expect(printed.replace(/sha512-[^"]+/, "sha512-…")).toBe(block);
  const file = join(dir, "plugin-registry.json");
  const registry = JSON.parse(readFileSync(file, "utf8")) as { plugins: object };
  const { plugins } = JSON.parse(printed) as { plugins: object };
  writeFileSync(file, JSON.stringify({ ...registry, plugins: { ...registry.plugins, ...plugins } }, null, 2));
}

// Only npm's registry is ours: it takes what the real npm publishes.
it("publish-a-plugin, followed word for word, ends with a registry that is good", { timeout: 60_000 }, async () => {
  const npm = await startNpmRegistry();
  const home = tempFolder("home");
  writeFileSync(join(home, ".npmrc"), `${npm.url.replace("http:", "")}:_authToken=a-token\n`);
  const env = { ...npm.env, HOME: home, D0TTINO_HOME: home };
  const forked = fork();
  let dir = tempFolder("author");
  let shown = "";
  for (const { language, text, file } of blocksOf("publish-a-plugin.md")) {
    if (file !== undefined) writeFileSync(join(dir, file), text);
    else if (language === "json") addEntry(forked, text, shown);
    else if (language === "") expect(shown.endsWith(text)).toBe(true);
    else {
      shown = await runShell(text, text.includes("registry check") ? forked : dir, env);
      const entered = /^cd (\S+)/m.exec(text)?.[1];
      if (entered !== undefined) dir = join(dir, entered);
    }
  }
  expect(shown).toMatch(/^plugin-registry\.json is good: \d+ entries, 1 package of npm, compared with/);
  await runShell("ai-cli plugins install parrot", dir, {
    ...env,
    PLUGIN_REGISTRY_URL: join(forked, "plugin-registry.json"),
  });
  expect(await runShell('ai-cli send -b parrot "Hi"', dir, env)).toBe("Hi Hi\n");
});

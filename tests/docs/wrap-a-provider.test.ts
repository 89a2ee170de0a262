import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startDialectServer } from "../support/dialect-server.ts";
import { DIALECTS } from "../support/dialects.ts";
import { blocksOf, textOf } from "../support/guide-blocks.ts";
import { packInstalled } from "../support/installed-packages.ts";
import { startNpmRegistry } from "../support/npm-registry.ts";
import { keyOf, providerNamed, PROVIDERS } from "../support/provider-home.ts";
import { runShell } from "../support/run-shell.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PAGE = "wrap-a-provider.md";

// Only npm's registry and the service are ours; for both, the page needs a network.
it("wrap-a-provider, followed word for word, ends with an answer each time", { timeout: 120_000 }, async () => {
  const npm = await startNpmRegistry();
  for (const { manifest, tarball } of packInstalled(["@ai-sdk/mistral", "@ai-sdk/openai-compatible"]))
    npm.publish(manifest, tarball);
  const servers = await Promise.all(
    ["mistral-small-latest", "mistral-large-latest", "mistral-small-latest", "small"].map((model) =>
      startDialectServer(DIALECTS.chat, { model, key: keyOf("mistral"), pieces: ["Because."] }),
    ),
  );
  const [small, large, work, frugal] = servers.map(({ url }) => url);
  const { name, integrity: _integrity, ...mistral } = providerNamed("mistral");
  const dir = tempFolder("reader");
  const shipped = join(tempFolder("registry"), "plugin-registry.json");
  writeFileSync(shipped, JSON.stringify({ ecosystem: "npm", plugins: { [name]: mistral }, recipes: {} }));
  const home = tempFolder("home");
  const env = {
    ...npm.env,
    HOME: home,
    D0TTINO_HOME: home,
    PLUGIN_REGISTRY_URL: shipped,
    WORK_BASE_URL: work ?? "",
    FRUGAL_BASE_URL: frugal ?? "",
  };
  writeFileSync(join(dir, "key.txt"), `${keyOf("mistral")}\n`);

  const outputs: string[] = [];
  for (const { language, text, file } of blocksOf(PAGE)) {
    if (file !== undefined) writeFileSync(join(dir, file), text);
    else if (language === "js") expect(readFileSync(join(dir, "frugal/index.js"), "utf8")).toBe(text);
    else {
      expect(language).toBe("sh");
      for (const command of text.trim().split("\n")) {
        const address = command.includes("mistral-large") ? large : small;
        const output = await runShell(command, dir, { ...env, MISTRAL_BASE_URL: address ?? "" });
        if (command.includes("ai-cli send")) outputs.push(output);
      }
    }
  }
  expect(outputs).toEqual(["Because.\n", "Because.\n", "Because.\n", "Because.\n"]);
  for (const { faults, asked } of servers) expect([faults, asked.length]).toEqual([[], 1]);
});

it("names every provider of the registry with the variable of its key", () => {
  const table = textOf(PAGE).replaceAll(/ +/g, " ");
  for (const { name, apiKeyEnv } of PROVIDERS) expect(table).toContain(`\`${name}\` | \`${apiKeyEnv}\``);
});

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startFaultServer, type AnswerCall } from "../support/fault-server.ts";
import { tempFolder } from "../support/temp-folder.ts";

const LOAD = new URL("../../packages/ai-cli/src/manager/registry/load-registry.ts", import.meta.url).href;

/** A process that loads the registry so many times, and prints the names of its entries and its warnings. */
function loadInProcess(url: string, home: string, times: number): Promise<{ code: number | null; lines: string[] }> {
  const program = `
    import { loadRegistry } from ${JSON.stringify(LOAD)};
    for (let time = 0; time < ${times}; time += 1) {
      const registry = await loadRegistry({ update: true, shipped: "/nowhere", onWarning: console.log });
      console.log(registry.entries.map(({ name }) => name).join());
    }`;
  const child = spawn(process.execPath, ["--conditions=d0ttino-source", "--input-type=module", "--eval", program], {
    env: { PATH: process.env["PATH"], D0TTINO_HOME: home, PLUGIN_REGISTRY_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 20_000,
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, lines: text.trim().split("\n") }));
  });
}

const TIMES = 30;

it("lets two processes refresh at once, and keeps what one of them got or nothing", async () => {
  const served: string[] = [];
  const answers: Parameters<AnswerCall>[0][] = [];
  // Both are answered together, and each with something else.
  const server = await startFaultServer((response) => {
    answers.push(response);
    if (answers.length < 2) return;
    for (const waiting of answers.splice(0)) {
      const text = JSON.stringify({ plugins: { [`n${served.length}`]: `x${"-".repeat(served.length % 50)}` } });
      served.push(text);
      waiting.end(text);
    }
  });
  const home = tempFolder("home");
  const ends = await Promise.all([1, 2].map(() => loadInProcess(server.url, home, TIMES)));
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  const names = ends.flatMap(({ lines }) => lines);
  expect(names.toSorted()).toEqual(served.map((_text, index) => `n${index}`).toSorted());
  expect(served).toHaveLength(2 * TIMES);

  const cache = join(home, "cache");
  expect(readdirSync(cache).toSorted()).toEqual(["plugin_registry.json", "plugin_registry.meta.json"]);
  const kept = readFileSync(join(cache, "plugin_registry.json"), "utf8");
  expect(served).toContain(kept);
  const meta = JSON.parse(readFileSync(join(cache, "plugin_registry.meta.json"), "utf8")) as { sha256: string };
  expect(served.map((text) => createHash("sha256").update(text).digest("hex"))).toContain(meta.sha256);
});

import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { makePlugin } from "../support/make-plugin.ts";
import { askProgram } from "../support/run-library.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SDK = fileURLToPath(new URL("../../packages/plugin-sdk/dist", import.meta.url));

/** Registers a backend that is out of quota for the prompt "full", and otherwise counts the copies of the SDK. */
const use = (name: string): string => `
const copies = (globalThis.copiesOfTheSdk ??= new Set()).add(BackendError);
registerBackend("${name}", (prompt) => {
  if (prompt === "full" && "${name}" !== "bundled") throw new BackendError("no quota left", { kind: "rate-limited", retryAfter: 9 });
  return "${name} among " + copies.size;
});
`;

let plugins: string[];

beforeAll(() => {
  const esm = makePlugin(tempFolder("esm"), {
    name: "copy-esm",
    backends: { esm: "./index.js" },
    files: { "index.js": `import { BackendError, registerBackend } from "./sdk/index.js";${use("esm")}` },
  });
  cpSync(SDK, join(esm, "sdk"), { recursive: true });

  const commonjs = makePlugin(tempFolder("commonjs"), {
    name: "copy-commonjs",
    type: "commonjs",
    backends: { commonjs: "./index.js" },
    files: {
      "index.js": `const { BackendError, registerBackend } = require("./sdk/index.js");${use("commonjs")}`,
      "sdk/package.json": `{"type": "module"}`,
    },
  });
  cpSync(SDK, join(commonjs, "sdk"), { recursive: true });

  const bundled = makePlugin(tempFolder("bundled"), {
    name: "copy-bundled",
    backends: { bundled: "./bundle.js" },
    files: { "index.js": `import { BackendError, registerBackend } from "@d0ttino/plugin-sdk";${use("bundled")}` },
  });
  buildSync({
    entryPoints: [join(bundled, "index.js")],
    outfile: join(bundled, "bundle.js"),
    bundle: true,
    format: "esm",
    alias: { "@d0ttino/plugin-sdk": join(SDK, "index.js") },
    logLevel: "error",
  });
  plugins = [esm, commonjs, bundled];
});

it("lets three copies of the SDK register in one process, and all three answer", async () => {
  const answers = await askProgram(
    `const loaded = await llm.loadBackends();
     const names = loaded.filter((one) => one.info.place === "plugin-path").map((one) => one.name);
     const answers = [];
     for (const name of names) answers.push((await llm.sendPrompt("hello", { backend: name })).text);
     tell(answers);`,
    { plugins },
  );
  expect(answers).toEqual(["bundled among 3", "commonjs among 3", "esm among 3"]);
});

it("recognises the BackendErrors of every copy and falls over to the next backend", async () => {
  const { code, stdout, stderr } = await runCli(["send", "full", "--json"], {
    plugins,
    env: { LLM_PRIMARY_BACKEND: "esm", LLM_FALLBACK_BACKEND: "bundled" },
  });
  const answer = JSON.parse(stdout) as { text: string; attempts: { backend: string; kind: string; status: number }[] };
  expect(code).toBe(0);
  expect(answer.text).toBe("bundled among 2");
  expect(answer.attempts.map(({ backend, kind, status }) => [backend, kind, status])).toEqual([
    ["esm", "rate-limited", null],
    ["bundled", null, null],
  ]);
  expect(stderr).toContain("no quota left");

  const alone = await runCli(["send", "full", "--json", "-b", "commonjs"], { plugins });
  expect(alone.code).toBe(1);
  expect(JSON.parse(alone.stdout)).toMatchObject({
    // It asks to wait for a moment, and is asked once more.
    attempts: [
      { kind: "rate-limited", status: null },
      { kind: "rate-limited", status: null },
    ],
  });
});

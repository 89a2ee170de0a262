import { join } from "node:path";
import { expect, it } from "vitest";
import { installCli } from "../support/installed-cli.ts";
import { answering, backendPackage, makePlugin } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const esm = backendPackage(
  "esm",
  `import { registerBackend } from "@d0ttino/plugin-sdk";
   import * as testing from "@d0ttino/plugin-sdk/testing";
   registerBackend("esm", (prompt) => "esm " + typeof testing + " " + prompt);`,
);
const commonjs = backendPackage(
  "commonjs",
  `const { registerBackend } = require("@d0ttino/plugin-sdk");
   const testing = require("@d0ttino/plugin-sdk/testing");
   registerBackend("commonjs", (prompt) => "commonjs " + typeof testing + " " + prompt);`,
  { type: "commonjs" },
);
const typescript = backendPackage("typescript", "", {
  backends: { typescript: "./source/backend.ts" },
  files: {
    "source/backend.ts": `import { registerBackend, type BackendOptions } from "@d0ttino/plugin-sdk";
      import * as testing from "@d0ttino/plugin-sdk/testing";
      import { mark } from "./mark.ts";
      const answer = async (prompt: string, _model: string | undefined, options: BackendOptions): Promise<string> =>
        mark + " " + typeof testing + " " + prompt + (options.signal.aborted ? "!" : "");
      registerBackend("typescript", answer);`,
    "source/mark.ts": `export const mark: string = "typescript";`,
  },
});

it.concurrent.for([
  ["esm", esm],
  ["commonjs", commonjs],
  ["typescript", typescript],
] as const)(
  "gives the SDK and its testing kit to a plug-in of kind %s in a folder without them",
  async ([name, dir]) => {
    expect(await runCli(["send", "hello", "-b", name], { plugins: [dir] })).toEqual({
      code: 0,
      signal: null,
      stdout: `${name} object hello\n`,
      stderr: "",
    });
  },
);

it.concurrent("gives the SDK to the packages that a plug-in depends on, too", async () => {
  const plugin = backendPackage("deep", `import "inner";`, {
    files: {
      "index.js": `import "inner";`,
      "node_modules/inner/package.json": `{"name": "inner", "type": "module", "exports": "./inner.js"}`,
      "node_modules/inner/inner.js": answering("deep", "from within"),
    },
  });
  expect(await runCli(["send", "hello", "-b", "deep"], { plugins: [plugin] })).toMatchObject({
    code: 0,
    stdout: "from within\n",
  });
});

it.concurrent("gives the SDK to a plug-in that npm has put inside the CLI's own folder", async () => {
  const { cli } = installCli();
  makePlugin(join(cli, "node_modules", "nested"), {
    name: "nested",
    backends: { nested: "./index.js" },
    files: { "index.js": answering("nested", "from the inside") },
  });
  expect(await runCli(["send", "hello", "-b", "nested"], { cli })).toMatchObject({
    code: 0,
    stdout: "from the inside\n",
    stderr: "",
  });
});

it.concurrent("finds plug-ins under paths with spaces, percent signs, hashes and letters beyond ASCII", async () => {
  const dir = makePlugin(join(tempFolder("odd"), "100% sûr #1? [x] é"), {
    name: "odd",
    backends: { odd: "./a b/c#d.js#found" },
    files: { "a b/c#d.js": `export const found = () => "found";` },
  });
  expect(await runCli(["send", "hello", "-b", "odd"], { plugins: [dir] })).toMatchObject({
    code: 0,
    stdout: "found\n",
  });
});

it.concurrent.for([
  [{ peerDependencies: { "@d0ttino/plugin-sdk": "^99.1.0" } }, "Update @d0ttino/ai-cli"],
  [{ dependencies: { "@d0ttino/plugin-sdk": ">=99" } }, "Update @d0ttino/ai-cli"],
  [{ peerDependencies: { "@d0ttino/plugin-sdk": "<0.0.2" } }, "Install a newer version of the plug-in"],
] as const)("refuses a plug-in whose manifest says %j before any of its code runs", async ([manifest, remedy]) => {
  const plugin = backendPackage("picky", `console.error("the code ran");`, { manifest });
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "picky"], { plugins: [plugin] });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^ai-cli: plug-in picky \(sdk\): it needs @d0ttino\/plugin-sdk \S+, and this host has \d/);
  expect(stderr).toContain(remedy);
  expect(stderr).not.toContain("the code ran");
});

it.concurrent.for([
  "file:../sdk",
  "workspace:^99.0.0",
  "workspace:*",
  "*",
  "",
  "latest",
  "not a range!",
  "^0.1.0",
  ">=0.1.0-0",
])("takes a plug-in whose range of the SDK is %j", async (sdk) => {
  const plugin = backendPackage("easy", answering("easy", "fine"), { sdk });
  expect(await runCli(["send", "hello", "-b", "easy"], { plugins: [plugin] })).toMatchObject({
    code: 0,
    stdout: "fine\n",
  });
});

it.concurrent("ignores a range of the SDK that is no text", async () => {
  const plugin = backendPackage("odd-range", answering("odd-range", "fine"), {
    manifest: {
      peerDependencies: { "@d0ttino/plugin-sdk": { version: "^99.0.0" } },
      dependencies: ["@d0ttino/plugin-sdk"],
    },
  });
  expect(await runCli(["send", "hello", "-b", "odd-range"], { plugins: [plugin] })).toMatchObject({
    code: 0,
    stdout: "fine\n",
  });
});

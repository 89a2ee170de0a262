/**
 * Bundles the packages into their dist folders. It runs as the `prepare` script, so that the bins work straight
 * after `npm install` in a checkout.
 */
import { rmSync } from "node:fs";
import { build, type BuildOptions } from "esbuild";

const common: BuildOptions = {
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  conditions: ["source"],
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
};

const packages: { dir: string; options: BuildOptions }[] = [
  {
    dir: "packages/plugin-sdk",
    options: {
      entryPoints: { index: "src/index.ts", testing: "src/testing/index.ts", host: "src/host.ts" },
      platform: "neutral",
    },
  },
  {
    dir: "packages/llm",
    options: { entryPoints: { index: "src/index.ts" }, external: ["@d0ttino/plugin-sdk"] },
  },
  {
    dir: "packages/ai-cli",
    options: {
      entryPoints: {
        main: "src/main.ts",
        "plugin-sdk": "src/plugin-sdk.ts",
        "plugin-sdk-testing": "src/plugin-sdk-testing.ts",
      },
    },
  },
];

for (const { dir, options } of packages) {
  rmSync(`${dir}/dist`, { recursive: true, force: true });
  await build({ ...common, ...options, absWorkingDir: `${process.cwd()}/${dir}`, outdir: "dist" });
}

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["d0ttino-source"] },
  ssr: { resolve: { conditions: ["d0ttino-source"] } },
  test: {
    globalSetup: "tests/support/bundle-once.ts",
    include: ["packages/*/src/**/*.test.ts", "plugins/*/src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 60_000,
    // Journeys start real processes; on few cores more of them at once only take turns.
    maxWorkers: 2,
  },
});

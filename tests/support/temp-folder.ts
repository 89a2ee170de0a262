import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const base = mkdtempSync(join(realpathSync(tmpdir()), "d0ttino-test-"));
let made = 0;

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
}, 300_000);

/** A new empty folder; it is removed when the test file has ended. */
export function tempFolder(name = "folder"): string {
  const dir = join(base, `${(made += 1)}`, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

import { execFile } from "node:child_process";
import { D0ttinoError } from "../errors/d0ttino-error.ts";

/** How long a command may take to print a key, in milliseconds: long enough to unlock a password manager. */
const PATIENCE = 60_000;

/** In bytes; nothing that prints more is a key. */
const LARGEST_OUTPUT = 64 * 1024;

/**
 * Runs the command that a user stored in place of a key and gives the first line it prints.
 * @throws D0ttinoError `bad-config` when it fails, hangs or prints nothing; its output is never told
 */
export function runKeyCommand(backend: string, command: string, timeout = PATIENCE): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (what: string): void => {
    reject(
      new D0ttinoError("bad-config", `The command for the key of ${backend} ${what}.`, {
        hint: `Try it in a terminal, or store another: ai-cli keys set ${backend}`,
      }),
    );
  };
  const isWindows = process.platform === "win32";
  const shell = isWindows ? "cmd.exe" : "/bin/sh";
  const args = [...(isWindows ? ["/d", "/s", "/c"] : ["-c"]), command];
  const child = execFile(shell, args, { maxBuffer: LARGEST_OUTPUT }, (error, stdout) => {
    clearTimeout(timer);
    const key = stdout.split("\n")[0]?.trim() ?? "";
    if (error !== null) fail(typeof error.code === "number" ? `failed with exit code ${error.code}` : "failed");
    else if (key === "") fail("printed nothing");
    else resolve(key);
  });
  child.stdin?.end();
  const timer = setTimeout(() => {
    fail(`did not end within ${timeout / 1000} seconds`);
    child.kill("SIGKILL");
    // What the shell started may live on and hold the pipes open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, timeout);
  return promise;
}

import { execFile } from "node:child_process";
import { D0ttinoError } from "../errors/d0ttino-error.ts";

/** How long a command may take to print a key, in milliseconds: long enough to unlock a password manager. */
const PATIENCE = 60_000;

/**
 * Runs the command that a user stored in place of a key and gives the first line it prints.
 * @throws D0ttinoError `bad-config` when it fails, hangs or prints nothing; its output is never told
 */
export function runKeyCommand(backend: string, command: string, timeout = PATIENCE): Promise<string> {
  const [shell, ...args] = process.platform === "win32" ? ["cmd.exe", "/d", "/s", "/c"] : ["/bin/sh", "-c"];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (what: string): void => {
    reject(
      new D0ttinoError("bad-config", `The command for the key of ${backend} ${what}.`, {
        hint: `Try it in a terminal, or store another: ai-cli keys set ${backend}`,
      }),
    );
  };
  execFile(
    shell as string,
    [...args, command],
    { timeout, killSignal: "SIGKILL", maxBuffer: 64 * 1024 },
    (error, stdout) => {
      const key = stdout.split("\n")[0]?.trim() ?? "";
      if (error?.killed === true) fail(`did not end within ${timeout / 1000} seconds`);
      else if (error !== null)
        fail(`failed with ${typeof error.code === "number" ? `exit code ${error.code}` : String(error.code)}`);
      else if (key === "") fail("printed nothing");
      else resolve(key);
    },
  );
  return promise;
}

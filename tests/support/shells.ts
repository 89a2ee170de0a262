import { execFileSync } from "node:child_process";

/** The POSIX shells that are here, by the names that recipes pin. */
export const SHELLS: readonly string[] = ["sh", "bash", "dash", "zsh", "busybox"].filter((shell) => {
  try {
    execFileSync("sh", ["-c", `command -v ${shell}`]);
    return true;
  } catch {
    return false;
  }
});

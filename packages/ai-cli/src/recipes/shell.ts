import { existsSync } from "node:fs";

/** The shell that runs a recipe's steps. */
export interface Shell {
  /** As recipes know it. */
  readonly name: string;
  readonly file: string;
  /** The arguments before the command. */
  readonly args: readonly string[];
}

const POSIX_ARGS = ["-c"];
const SHELLS: readonly Shell[] = [
  { name: "bash", file: "/bin/bash", args: POSIX_ARGS },
  { name: "bash", file: "/usr/bin/bash", args: POSIX_ARGS },
  { name: "bash", file: "/usr/local/bin/bash", args: POSIX_ARGS },
  { name: "sh", file: "/bin/sh", args: POSIX_ARGS },
];

const POWERSHELL: Shell = {
  name: "powershell",
  file: "powershell.exe",
  args: ["-NoProfile", "-NonInteractive", "-Command"],
};

/**
 * The shell for a recipe: the one it asks for, else bash where there is one, else sh; on Windows PowerShell.
 */
export function findShell(wanted: string | undefined): Shell {
  if (wanted === "powershell" || (wanted === undefined && process.platform === "win32")) return POWERSHELL;
  if (wanted === undefined)
    return SHELLS.find((shell) => existsSync(shell.file)) ?? { name: "sh", file: "sh", args: POSIX_ARGS };
  return (
    SHELLS.find((shell) => shell.name === wanted && existsSync(shell.file)) ?? {
      name: wanted,
      file: wanted,
      args: POSIX_ARGS,
    }
  );
}

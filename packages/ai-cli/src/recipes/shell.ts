import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { variable } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

/** The shell that runs a recipe's steps. */
export interface Shell {
  /** As recipes know it. */
  readonly name: string;
  readonly file: string;
  /** The arguments before the command. */
  readonly args: readonly string[];
  /** Whether it reads POSIX shell, so that what a step leaves behind can be saved at its end. */
  readonly isPosix: boolean;
}

const posix = (name: string, file = name): Shell => ({ name, file, args: ["-c"], isPosix: true });

const SHELLS: readonly Shell[] = [
  posix("bash", "/bin/bash"),
  posix("bash", "/usr/bin/bash"),
  posix("bash", "/usr/local/bin/bash"),
  posix("sh", "/bin/sh"),
];

const POSIX_NAMES = /^(?:.*\/)?(?:sh|ash|bash|dash|ksh|mksh|zsh)$/;

const POWERSHELL: Shell = {
  name: "powershell",
  file: "powershell.exe",
  args: ["-NoProfile", "-NonInteractive", "-Command"],
  isPosix: false,
};

/**
 * The shell for a recipe: the one it asks for, else bash where there is one, else sh; on Windows PowerShell.
 */
export function findShell(wanted: string | undefined): Shell {
  if (wanted === "powershell" || (wanted === undefined && process.platform === "win32")) return POWERSHELL;
  if (wanted === undefined) return SHELLS.find((shell) => existsSync(shell.file)) ?? posix("sh");
  const known = SHELLS.find((shell) => shell.name === wanted && existsSync(shell.file));
  if (known !== undefined) return known;
  const shell = posix(wanted, inPath(wanted));
  return wanted === "busybox" ? { ...shell, args: ["sh", "-c"] } : { ...shell, isPosix: POSIX_NAMES.test(wanted) };
}

/** Where a program is, so that it is found even when a step changes PATH; its name when it is nowhere. */
function inPath(name: string): string {
  if (name.includes("/")) return name;
  const files = (variable("PATH") ?? "").split(delimiter).map((folder) => join(folder, name));
  return files.find(canRun) ?? name;
}

/**
 * Sees that a shell is there, before any step needs it.
 * @throws D0ttinoError `run-refused`
 */
export function checkShell({ name, file }: Shell): void {
  if (canRun(inPath(file))) return;
  throw new D0ttinoError(
    "run-refused",
    `The recipe's steps are for the shell ${JSON.stringify(name)}, which is not here.`,
    {
      hint: "Install it. No step was run.",
    },
  );
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

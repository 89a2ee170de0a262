import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { tempFolder } from "./temp-folder.ts";

/** Whether this process may mount file systems: root on Linux, and not in every container. */
export const canMount = tryMount();

/** A folder on a file system of its own in memory, of so many kibibytes; it goes with the test. */
export function mountedFolder(kibibytes: number): string {
  const folder = tempFolder("mounted");
  mount(folder, kibibytes);
  onTestFinished(() => unmount(folder));
  return folder;
}

/** Makes a mounted folder one that can only be read. */
export function makeReadOnly(folder: string): void {
  execFileSync("mount", ["-o", "remount,ro", folder]);
}

function mount(folder: string, kibibytes: number): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", folder], { stdio: "ignore" });
}

function unmount(folder: string): void {
  execFileSync("umount", ["-l", folder], { stdio: "ignore" });
}

function tryMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const folder = tempFolder("mount");
  try {
    mount(folder, 64);
    unmount(folder);
    return true;
  } catch {
    return false;
  }
}

import { setTimeout as sleep } from "node:timers/promises";

/** Lets the program stop before it goes on, in milliseconds. */
const SUSPEND_TIME = 50;

/** Stops the program as Ctrl-Z does, with all of its group; resolves when it is continued. */
export async function suspend(): Promise<void> {
  process.kill(0, "SIGTSTP");
  await sleep(SUSPEND_TIME);
}

import { sh } from "@d0ttino/plugin-sdk";

/** A command that runs in the pseudo-terminal. */
export interface Job {
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/**
 * The script that takes the place of its shell with a job: its variables are those of the job and no others, whatever
 * they are called.
 * @throws TypeError for what no command can have in it
 */
export function jobText({ file, args, cwd, env }: Job): string {
  const variables = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  // What has an equals sign in it would be another variable.
  const command = file.includes("=") ? ["/bin/sh", "-c", 'exec "$@"', "sh", file, ...args] : [file, ...args];
  return `${sh`cd ${cwd} || exit 126`}\n${sh`exec /usr/bin/env -i -- ${variables} ${command}`}\n`;
}

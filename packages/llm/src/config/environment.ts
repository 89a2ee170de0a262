/**
 * The one file that reads the environment, or changes it.
 */

/** The value of an environment variable; an empty one counts as not set. */
export function variable(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? undefined : value;
}

/** All variables, for a child process. */
export function allVariables(): NodeJS.ProcessEnv {
  return process.env;
}

/** Sets a variable of this process, for a plug-in that reads it. */
export function setVariable(name: string, value: string): void {
  process.env[name] = value;
}

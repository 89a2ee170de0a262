/**
 * The one file that reads the environment.
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

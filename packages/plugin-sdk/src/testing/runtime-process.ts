/** The runtime's `process`, as far as it has one: contract tests may run where there is none. */
export function runtimeProcess(): Partial<NodeJS.Process> | undefined {
  return (globalThis as { process?: Partial<NodeJS.Process> }).process;
}

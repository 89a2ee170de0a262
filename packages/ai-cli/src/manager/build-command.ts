/** The command that makes what a package publishes, where its package.json names one. Nothing runs it for its author. */
export function buildCommand({ scripts }: Readonly<Record<string, unknown>>): string | undefined {
  const build = typeof scripts === "object" && scripts !== null ? (scripts as { build?: unknown }).build : undefined;
  return typeof build === "string" ? "npm run build" : undefined;
}

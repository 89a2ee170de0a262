/**
 * The backends that can answer here and now when nothing is configured, the best first.
 */
export async function usableBackends(_signal: AbortSignal): Promise<readonly string[]> {
  return [];
}

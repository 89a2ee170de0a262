/**
 * The provider of a package that is no plug-in but a provider of the AI SDK: the named export, or the first
 * `create…` function of the module. Factories are called without settings, so keys come from the environment
 * as the provider's own documentation says.
 */
export function createAiSdkProvider(module: Record<string, unknown>, name: string | null): unknown {
  const found =
    name === null
      ? Object.entries(module).find(([key, value]) => key.startsWith("create") && typeof value === "function")?.[1]
      : module[name];
  if (typeof found !== "function" || "languageModel" in found) return found;
  return (found as () => unknown)();
}

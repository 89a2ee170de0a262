/** The conditions under which Node imports. */
const CONDITIONS = new Set(["node", "node-addons", "import", "module-sync", "default"]);

/**
 * The files that an import of a package may load, by its package.json: the one of its `exports`, else those that `main`
 * can mean, of which the first that is there is loaded. Relative to the package.
 */
export function importTargets(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const { exports, main } = manifest;
  if (exports !== undefined && exports !== null) {
    const target = resolve(isByPath(exports) ? exports["."] : exports);
    return typeof target === "string" ? [target] : [];
  }
  const named = typeof main === "string" && main !== "" ? [main, `${main}.js`, `${main}/index.js`] : [];
  return [...named, "index.js"];
}

/** The target under Node's conditions; null where the package says that there is none. */
function resolve(target: unknown): string | null | undefined {
  if (typeof target === "string" || target === null) return target;
  if (Array.isArray(target)) return target.map(resolve).find((one) => typeof one === "string");
  if (typeof target !== "object") return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    const found = CONDITIONS.has(condition) ? resolve(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether exports have paths for keys, and not conditions. */
function isByPath(exports: unknown): exports is Readonly<Record<string, unknown>> {
  return typeof exports === "object" && exports !== null && Object.keys(exports).some((key) => key.startsWith("."));
}

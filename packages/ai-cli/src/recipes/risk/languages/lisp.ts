/** Lisp written like the other languages: `(delete-file "x")` as `delete_file("x")`. */
export function readLisp(code: string): string {
  return code.replace(
    /\(\s*(?:[\w-]+:+)?([a-zA-Z][\w-]*[!?*]?)/g,
    (_, name: string) => `${name.replace(/[-!?*]/g, "_").replace(/_$/, "")}(`,
  );
}

/** A path with `.`, `..` and doubled slashes taken out as far as they can be without looking at the disk. */
export function normalPath(path: string): string {
  const hasDots = (path.startsWith(".") || path.includes("/.")) && /(^|\/)\.{1,2}(\/|$)/.test(path);
  if (!hasDots && !path.includes("//")) return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const absolute = path.startsWith("/");
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const last = kept.at(-1);
    if (part !== "..") kept.push(part);
    else if (last === undefined) {
      if (!absolute) kept.push(part);
    } else if (last === ".." || last.includes("$") || last === "~") kept.push(part);
    else kept.pop();
  }
  const joined = kept.join("/");
  if (absolute) return `/${joined}`;
  return joined === "" ? "." : joined;
}

/** A path as it is meant in a folder; an empty folder is the one that the step starts in. */
export function pathIn(folder: string, path: string): string {
  if (folder === "" || /^[/~$]/.test(path) || /^[A-Za-z]:[\\/]/.test(path)) return normalPath(path);
  return normalPath(`${folder}/${path}`);
}

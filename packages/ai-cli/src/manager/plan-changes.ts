/** A package of a dependency tree. */
export interface TreePackage {
  readonly name: string;
  readonly version: string;
}

/** What has to happen to a tree. */
export interface TreeChanges<T extends TreePackage> {
  readonly added: readonly T[];
  readonly removed: readonly TreePackage[];
}

/** What has to be added to what is installed, and what goes, so that it becomes what is wanted. */
export function planChanges<T extends TreePackage>(
  wanted: readonly T[],
  installed: readonly TreePackage[],
): TreeChanges<T> {
  const [before, after] = [new Set(installed.map(idOf)), new Set(wanted.map(idOf))];
  const seen = new Set<string>();
  const isFirst = (one: T): boolean => !seen.has(idOf(one)) && seen.add(idOf(one)) !== undefined;
  return {
    added: wanted.filter((one) => !before.has(idOf(one)) && isFirst(one)),
    removed: installed.filter((one) => !after.has(idOf(one))),
  };
}

function idOf({ name, version }: TreePackage): string {
  return `${name}@${version}`;
}

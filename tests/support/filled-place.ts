import { join } from "node:path";
import { expect } from "vitest";
import { currentGeneration } from "./damaged-store.ts";
import { copyPlace, managerPlace, type ManagerPlace } from "./manager-place.ts";
import { backendSource } from "./npm-registry.ts";

/** A plug-in home with two plug-ins, `one` and `two`, of which the first needs a third package. */
export interface FilledPlace extends ManagerPlace {
  /** The plug-in home. */
  readonly store: string;
  /** The generation that counts there. */
  readonly generation: string;
}

/**
 * A plug-in home with two plug-ins.
 * @param whenOver is given what ends its registry of npm; without it, it ends with the test
 */
export async function filledPlace(whenOver?: (end: () => void) => void): Promise<FilledPlace> {
  const place = await managerPlace({}, {}, {}, whenOver);
  place.registry.publish({
    name: "dep",
    version: "1.0.0",
    type: "module",
    exports: "./i.js",
    files: { "i.js": "export default 1;" },
  });
  place.registry.publish(backendSource("one", "1.0.0", { dependencies: { dep: "1.0.0" } }));
  place.registry.publish(backendSource("two", "1.0.0"));
  const { code } = await place.run("plugins", "install", "--yes", "npm:one-plugin", "npm:two-plugin");
  expect(code).toBe(0);
  return withStore(place);
}

/** A copy of one, to which nothing has happened since. */
export function copyFilledPlace(place: FilledPlace): FilledPlace {
  return withStore(copyPlace(place));
}

function withStore(place: ManagerPlace): FilledPlace {
  const store = join(place.home, "plugins");
  return { ...place, store, generation: currentGeneration(store) };
}

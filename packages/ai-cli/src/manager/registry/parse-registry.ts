import { InvalidRegistry } from "./invalid-registry.ts";
import { readRegistry } from "./read-registry.ts";
import { makeRegistry, type Registry, type RegistryOrigin } from "./registry.ts";
import { shownOrigin } from "./shown-origin.ts";

/**
 * The registry that a text describes.
 * @throws InvalidRegistry with every fault; there is no such thing as a registry that is half right
 */
export function parseRegistry(text: string, origin: RegistryOrigin): Registry {
  const { entries, problems } = readRegistry(text, origin);
  if (problems.length > 0) throw new InvalidRegistry(shownOrigin(origin), problems);
  return makeRegistry(
    origin,
    entries.map(({ entry }) => entry),
  );
}

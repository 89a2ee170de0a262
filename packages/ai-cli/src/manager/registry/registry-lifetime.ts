import { variable } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

const DAY = 24 * 60 * 60;

/**
 * For how many milliseconds a fetched registry is fresh: `PLUGIN_REGISTRY_TTL` seconds, or a day.
 * @throws D0ttinoError `bad-config`
 */
export function registryLifetime(): number {
  const wanted = variable("PLUGIN_REGISTRY_TTL");
  if (wanted === undefined) return DAY * 1000;
  if (!/^\d{1,10}$/.test(wanted)) {
    throw new D0ttinoError("bad-config", `PLUGIN_REGISTRY_TTL is ${JSON.stringify(wanted)}, not a number of seconds.`, {
      hint: "Set it to a whole number such as 3600, or to 0 to ask every time, or unset it for a day.",
    });
  }
  return Number(wanted) * 1000;
}

/** Whether what was fetched then is still fresh. What was fetched in the future, by a clock that ran ahead, is not. */
export function isFresh(fetchedAt: number, lifetime: number, now: number): boolean {
  const age = now - fetchedAt;
  return age >= 0 && age < lifetime;
}

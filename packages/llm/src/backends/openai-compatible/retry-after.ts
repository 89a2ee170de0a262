/**
 * The waiting time in a `Retry-After` header, in seconds: a number of seconds or a date (RFC 9110, 10.2.3).
 * @returns undefined when it says nothing that can be understood
 */
export function retryAfterSeconds(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** The longest wait that is believed, in seconds: a week. */
const LONGEST = 7 * 24 * 60 * 60;

/** An HTTP date, or an ISO one. `Date.parse` alone would find a year in nearly every text. */
const DATE = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |\d{4}-\d\d-\d\dT)/i;

/**
 * The waiting time that an answer asks for, in seconds: `Retry-After` with seconds or a date (RFC 9110, 10.2.3), or
 * `retry-after-ms`, which is finer and goes before it.
 * @returns undefined when it says nothing that can be understood or believed
 */
export function retryAfterSeconds(
  answer: { header(name: string): string | undefined },
  now = Date.now(),
): number | undefined {
  const milliseconds = decimal(answer.header("retry-after-ms"));
  const seconds = milliseconds === undefined ? wait(answer.header("retry-after"), now) : milliseconds / 1000;
  return seconds !== undefined && seconds <= LONGEST ? seconds : undefined;
}

function wait(value: string | undefined, now: number): number | undefined {
  const seconds = decimal(value);
  if (value === undefined || seconds !== undefined) return seconds;
  const date = DATE.test(value.trim()) ? Date.parse(value.trim()) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

function decimal(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

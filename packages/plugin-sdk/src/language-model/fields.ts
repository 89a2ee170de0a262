const NONE: Readonly<Record<string | symbol, unknown>> = {};

/** Any value as something with fields to look up; a value that cannot have fields has none. */
export function fieldsOf(value: unknown): Readonly<Record<string | symbol, unknown>> {
  return isObject(value) ? value : NONE;
}

/** Whether a value is an object or a function, which has fields. */
export function isObject(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Whether a value is a promise of any make. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && typeof value["then"] === "function";
}

/** Names the kind of a value without its content, which may be private: `a number`, `an object (Response)`. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const name = fieldsOf(fieldsOf(value)["constructor"])["name"];
  return typeof name === "string" && name !== "" && name !== "Object" ? `an object (${name})` : "an object";
}

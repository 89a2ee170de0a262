/** Where the keys of a JSON text stand. */
export interface JsonPlaces {
  /** The line of a key, counted from 1, or of the nearest key around it that is known. */
  lineOf(path: readonly string[]): number;
  /** Keys that stand twice in one object. JSON keeps the last and says nothing, so a reader may miss it. */
  readonly twice: readonly (readonly string[])[];
}

interface Frame {
  readonly isObject: boolean;
  /** The keys that lead to it, or undefined where none do, or too many. */
  readonly path: string | undefined;
  /** How many keys that are. */
  readonly depth: number;
  awaitsKey: boolean;
  key: string;
}

/** How deep keys are looked for: `plugins`, a name, a field. */
const DEEPEST = 3;

/** Between keys; no text of JSON holds it but as an escape. */
const BETWEEN = "\0";

/** Finds the keys of a text that is JSON. */
export function jsonPlaces(text: string): JsonPlaces {
  const lines = new Map<string, number>();
  const twice: string[][] = [];
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  let line = 1;
  const open = (isObject: boolean): void => {
    const path = frame === undefined ? "" : frame.path === undefined ? undefined : frame.path + frame.key + BETWEEN;
    const depth = (frame?.depth ?? 0) + 1;
    frame = { isObject, path: isObject && depth <= DEEPEST ? path : undefined, depth, awaitsKey: isObject, key: "" };
    frames.push(frame);
  };
  const note = (path: string): void => {
    if (lines.has(path)) twice.push(path.split(BETWEEN));
    lines.set(path, line);
  };
  // A registry is read whenever plug-ins are listed: texts are jumped over, and the rest is a few characters an entry.
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfText(text, at);
      if (frame?.awaitsKey === true) {
        frame.key = keyIn(text, at, end);
        frame.awaitsKey = false;
        if (frame.path !== undefined) note(frame.path + frame.key);
      }
      at = end;
    } else if (character === ",") {
      if (frame !== undefined) frame.awaitsKey = frame.isObject;
    } else if (character === "\n") line += 1;
    else if (character === "{") open(true);
    else if (character === "[") open(false);
    else if (character === "}" || character === "]") {
      frames.pop();
      frame = frames.at(-1);
    }
  }
  return { twice, lineOf: (path) => nearestLine(lines, path) };
}

function keyIn(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end);
  return key.includes("\\") ? (JSON.parse(`"${key}"`) as string) : key;
}

function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (; isEscaped(text, end); end = text.indexOf('"', end + 1));
  return end;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, end: number): boolean {
  let at = end;
  while (text[at - 1] === "\\") at -= 1;
  return (end - at) % 2 === 1;
}

function nearestLine(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(path.slice(0, length).join(BETWEEN));
    if (line !== undefined) return line;
  }
  return 1;
}

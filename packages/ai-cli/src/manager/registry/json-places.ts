/** Where the keys of a JSON text stand. */
export interface JsonPlaces {
  /** The line of a key, counted from 1, or of the nearest key around it that is known. */
  lineOf(path: readonly string[]): number;
  /** Keys that stand twice in one object. JSON keeps the last and says nothing, so a reader may miss it. */
  readonly twice: readonly (readonly string[])[];
}

interface Frame {
  readonly isObject: boolean;
  awaitsKey: boolean;
  key: string;
}

/** How deep keys are looked for: `plugins`, a name, a field. */
const DEEPEST = 3;

/** Finds the keys of a text that is JSON. */
export function jsonPlaces(text: string): JsonPlaces {
  const lines = new Map<string, number>();
  const twice: string[][] = [];
  const frames: Frame[] = [];
  let line = 1;
  const note = (): void => {
    if (frames.length > DEEPEST || !frames.every(({ isObject }) => isObject)) return;
    const path = frames.map(({ key }) => key);
    const id = JSON.stringify(path);
    if (lines.has(id)) twice.push(path);
    lines.set(id, line);
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    const frame = frames.at(-1);
    if (character === "\n") line += 1;
    else if (character === "{") frames.push({ isObject: true, awaitsKey: true, key: "" });
    else if (character === "[") frames.push({ isObject: false, awaitsKey: false, key: "" });
    else if (character === "}" || character === "]") frames.pop();
    else if (character === "," && frame !== undefined) frame.awaitsKey = frame.isObject;
    else if (character === '"') {
      const end = endOfText(text, at);
      if (frame?.awaitsKey === true) {
        frame.key = JSON.parse(text.slice(at, end + 1)) as string;
        frame.awaitsKey = false;
        note();
      }
      at = end;
    }
  }
  return { twice, lineOf: (path) => nearestLine(lines, path) };
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function nearestLine(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(JSON.stringify(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

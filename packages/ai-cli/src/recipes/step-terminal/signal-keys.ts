/** The keys, as bytes, by which a person interrupts or suspends what runs at a terminal; undefined where none does. */
export interface SignalKeys {
  readonly interrupt: number | undefined;
  readonly suspend: number | undefined;
}

/**
 * Finds the keys of a terminal, usually Ctrl-C and Ctrl-Z.
 * @param told what `stty -a` tells of it
 */
export function signalKeys(told: string): SignalKeys {
  if (!/(?<![-\w])isig(?!\w)/.test(told)) return { interrupt: undefined, suspend: undefined };
  return { interrupt: keyOf("intr", told), suspend: keyOf("susp", told) };
}

function keyOf(name: string, told: string): number | undefined {
  const [, control, plain] = new RegExp(String.raw`\b${name} = (?:\^(.)|(.));`).exec(told) ?? [];
  if (control !== undefined) return control === "?" ? 127 : control.charCodeAt(0) & 31;
  return plain?.charCodeAt(0);
}

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const ESCAPE = 27;
const SPACE = 32;
const DELETE = 127;

/** Whether a byte may be one of them: a control character that is not part of what is simply typed. */
export function maySignal(byte: number): boolean {
  if (byte === DELETE) return true;
  return byte < SPACE && byte !== TAB && byte !== LINE_FEED && byte !== RETURN && byte !== ESCAPE;
}

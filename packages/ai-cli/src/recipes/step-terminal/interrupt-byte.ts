/**
 * The byte that interrupts what runs at a terminal, for example that of Ctrl-C; undefined when none does.
 * @param told what `stty -a` tells of the terminal
 */
export function interruptByte(told: string): number | undefined {
  if (!/(?<![-\w])isig(?!\w)/.test(told)) return undefined;
  const [, control, plain] = /\bintr = (?:\^(.)|(.));/.exec(told) ?? [];
  if (control !== undefined) return control === "?" ? 127 : control.charCodeAt(0) & 31;
  return plain?.charCodeAt(0);
}

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const ESCAPE = 27;
const SPACE = 32;
const DELETE = 127;

/** Whether a byte is one that may interrupt: a control character that is not part of what is simply typed. */
export function mayInterrupt(byte: number): boolean {
  if (byte === DELETE) return true;
  return byte < SPACE && byte !== TAB && byte !== LINE_FEED && byte !== RETURN && byte !== ESCAPE;
}

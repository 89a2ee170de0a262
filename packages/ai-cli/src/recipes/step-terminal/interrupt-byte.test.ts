import { expect, it } from "vitest";
import { interruptByte, mayInterrupt } from "./interrupt-byte.ts";

const LINUX = `speed 38400 baud; rows 50; columns 100; line = 0;
intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
isig icanon iexten echo echoe echok -echonl -noflsh -xcase -tostop -echoprt`;
const MACOS = `speed 9600 baud; 24 rows; 80 columns;
lflags: icanon isig iexten echo echoe -echok echoke -echonl echoctl
iflags: -istrip icrnl -inlcr -igncr ixon -ixoff ixany imaxbel iutf8
cchars: discard = ^O; dsusp = ^Y; eof = ^D; eol = <undef>;
	eol2 = <undef>; erase = ^?; intr = ^C; kill = ^U; lnext = ^V;`;

it.each([
  ["of Linux", LINUX, 3],
  ["of macOS", MACOS, 3],
  ["with another key", LINUX.replace("intr = ^C", "intr = ^?"), 127],
  ["with a letter", LINUX.replace("intr = ^C", "intr = q"), 113],
  ["without a key", LINUX.replace("intr = ^C", "intr = <undef>"), undefined],
  ["of a program that takes all keys", LINUX.replace("isig", "-isig"), undefined],
  ["on macOS of a program that takes all keys", MACOS.replace("isig", "-isig"), undefined],
  ["of nothing", "", undefined],
])("finds what interrupts at a terminal %s", (_, told, byte) => {
  expect(interruptByte(told)).toBe(byte);
});

it("looks at control characters alone, and not at those that are simply typed", () => {
  expect(Buffer.from("a \t\r\n\u001B[Aé").some(mayInterrupt)).toBe(false);
  expect([3, 4, 26, 28, 127].every(mayInterrupt)).toBe(true);
});

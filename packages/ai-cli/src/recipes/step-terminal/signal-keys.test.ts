import { expect, it } from "vitest";
import { maySignal, signalKeys } from "./signal-keys.ts";

const LINUX = `speed 38400 baud; rows 50; columns 100; line = 0;
intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>; susp = ^Z;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
isig icanon iexten echo echoe echok -echonl -noflsh -xcase -tostop -echoprt`;
const MACOS = `speed 9600 baud; 24 rows; 80 columns;
lflags: icanon isig iexten echo echoe -echok echoke -echonl echoctl
iflags: -istrip icrnl -inlcr -igncr ixon -ixoff ixany imaxbel iutf8
cchars: discard = ^O; dsusp = ^Y; eof = ^D; eol = <undef>;
	eol2 = <undef>; erase = ^?; intr = ^C; kill = ^U; lnext = ^V; susp = ^Z;`;

it.each([
  ["of Linux", LINUX, 3, 26],
  ["of macOS", MACOS, 3, 26],
  ["with other keys", LINUX.replace("intr = ^C", "intr = ^?").replace("susp = ^Z", "susp = ^Y"), 127, 25],
  ["with a letter", LINUX.replace("intr = ^C", "intr = q"), 113, 26],
  ["without keys", LINUX.replaceAll(/(intr|susp) = ../g, "$1 = <undef>"), undefined, undefined],
  ["of a program that takes all keys", LINUX.replace("isig", "-isig"), undefined, undefined],
  ["on macOS of a program that takes all keys", MACOS.replace("isig", "-isig"), undefined, undefined],
  ["of nothing", "", undefined, undefined],
])("finds what interrupts and suspends at a terminal %s", (_, told, interrupt, suspend) => {
  expect(signalKeys(told)).toEqual({ interrupt, suspend });
});

it("looks at control characters alone, and not at those that are simply typed", () => {
  expect(Buffer.from("a \t\r\n\u001B[Aé").some(maySignal)).toBe(false);
  expect([3, 4, 26, 28, 127].every(maySignal)).toBe(true);
});

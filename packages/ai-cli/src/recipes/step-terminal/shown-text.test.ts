import { expect, it } from "vitest";
import { ShownText } from "./shown-text.ts";

const shown = "one\r\ntwo\rthree\r\r\n\r\r\r\nfour é\u001B[0m\r\n\nfive\r";
const wanted = "one\ntwo\rthree\r\n\r\r\nfour é\u001B[0m\n\nfive\r";

it("gives the same line breaks wherever what is shown is cut", () => {
  const bytes = Buffer.from(shown);
  for (let size = 1; size <= bytes.length; size += 1) {
    const text = new ShownText();
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(text.take(bytes.subarray(at, at + size)));
    expect(Buffer.concat([...parts, text.end()]).toString()).toBe(wanted);
  }
});

it("keeps every byte that is no line break", () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(Buffer.from(new ShownText().take(all))).toEqual(all);
});

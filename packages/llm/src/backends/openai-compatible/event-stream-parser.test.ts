import { describe, expect, it } from "vitest";
import { EventStreamParser, LARGEST_EVENT } from "./event-stream-parser.ts";

/** The data of the events in some pieces of text. */
function read(...pieces: readonly string[]): string[] {
  const parser = new EventStreamParser();
  const events: string[] = [];
  for (const piece of pieces) parser.push(piece, events);
  parser.end(events);
  return events;
}

describe("EventStreamParser", () => {
  const STREAM = ": hi\ndata: a\n\nid: 7\ndata:b\ndata: c\n\ndata\ndata\n\nevent: x\n\ndata:  d \n\n";
  const DATA = ["a", "b\nc", "\n", " d "];

  it.each([
    ["LF", "\n"],
    ["CR", "\r"],
    ["CRLF", "\r\n"],
  ])("reads lines that end with %s, cut into two or three anywhere", (_name, end) => {
    const text = STREAM.replaceAll("\n", end);
    expect(read(text)).toEqual(DATA);
    for (let first = 0; first <= text.length; first += 1) {
      for (let second = first; second <= text.length; second += 1) {
        expect(read(text.slice(0, first), text.slice(first, second), text.slice(second))).toEqual(DATA);
      }
    }
  });

  it("reads lines of mixed ends, one character at a time", () => {
    expect(read(...Array.from("data: a\r\rdata: b\n\r\ndata: c\r\n\ndata: d\r\n\r\n"))).toEqual(["a", "b", "c", "d"]);
  });

  it("gives an event as soon as its empty line has come", () => {
    const parser = new EventStreamParser();
    const events: string[] = [];
    parser.push("data: a\r\n\r", events);
    expect(events).toEqual(["a"]);
    parser.push("\ndata: b\n", events);
    expect(events).toEqual(["a"]);
  });

  it("counts an event that nothing follows", () => {
    expect(read("data: a\n\ndata: b")).toEqual(["a", "b"]);
    expect(read("data: a\r")).toEqual(["a"]);
  });

  it("keeps what is no field, and no more of it than can be told", () => {
    const parser = new EventStreamParser();
    const events: string[] = [];
    parser.push(`: c\nid\nretry: 1\nevents: x\noh no\ndatas: 1\n${"x".repeat(10_000)}\n\n`, events);
    expect(parser.stray.slice(0, 30)).toBe(`events: x\noh no\ndatas: 1\nxxxxx`);
    expect(parser.stray.length).toBe(4096);
    expect(events).toEqual([]);
  });

  it("refuses an event without an end, in one line or many, after giving those before it", () => {
    const piece = "x".repeat(LARGEST_EVENT / 4);
    for (const more of [piece, `data: ${piece}\n`]) {
      const parser = new EventStreamParser();
      const events: string[] = [];
      parser.push("data: a\n\ndata: ", events);
      const fill = (): void => {
        for (let at = 0; at < 6; at += 1) parser.push(more, events);
      };
      expect(fill).toThrow("a piece of the answer is too large");
      expect(events).toEqual(["a"]);
    }
  });
});

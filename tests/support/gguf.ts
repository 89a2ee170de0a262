import { randomBytes } from "node:crypto";

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** The header of a GGUF file with these texts, behind a number and a list that have to be passed over. */
export function ggufHeader(texts: Readonly<Record<string, string>> = {}): Buffer {
  const pairs = Object.entries(texts).map(([key, value]) => Buffer.concat([text(key), uint32(8), text(value)]));
  const number = Buffer.concat([text("some.number"), uint32(4), uint32(7)]);
  const list = Buffer.concat([text("some.list"), uint32(9), uint32(8), uint64(2), text("one"), text("two")]);
  const count = pairs.length + 2;
  return Buffer.concat([Buffer.from("GGUF"), uint32(3), uint64(0), uint64(count), number, list, ...pairs]);
}

/** A GGUF file of some size in bytes, different each time. */
export function ggufFile(bytes: number, texts: Readonly<Record<string, string>> = {}): Buffer {
  const header = ggufHeader(texts);
  return Buffer.concat([header, randomBytes(bytes - header.length)]);
}

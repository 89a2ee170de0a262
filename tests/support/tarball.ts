import { gzipSync } from "node:zlib";

/** One entry of a tarball, which may be what no honest program writes. */
export interface TarEntry {
  /** As it stands in the tarball, so `package/index.js` for index.js. */
  readonly path: string;
  readonly data?: string | Buffer;
  readonly type?: keyof typeof TYPES;
  /** Where a link leads. */
  readonly linkpath?: string;
  /** Permissions; 0o644 when they are not given. */
  readonly mode?: number;
  /** The size that the header claims, in bytes; that of the data when it is not given. */
  readonly size?: number;
}

const TYPES = { file: "0", link: "1", symlink: "2", characterDevice: "3", blockDevice: "4", folder: "5", fifo: "6" };

/** A gzipped tarball of these entries. */
export function tarball(entries: readonly TarEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(record), END]), { level: 1 });
}

/**
 * A small gzipped tarball whose one file is very large.
 * @param mebibytes the size of `package/zeros`
 * @param before entries that come first
 */
export function bomb(mebibytes: number, before: readonly TarEntry[]): Buffer {
  const head = Buffer.concat([...before.map(record), header("package/zeros", "0", 0o644, "", mebibytes * 2 ** 20)]);
  const zeros = gzipSync(Buffer.alloc(2 ** 20));
  // Parts that were gzipped one by one are one gzipped whole when they stand one after the other.
  return Buffer.concat([gzipSync(head), ...Array.from({ length: mebibytes }, () => zeros), gzipSync(END)]);
}

const BLOCK = 512;
const END = Buffer.alloc(2 * BLOCK);

function record({ path, data = "", type = "file", linkpath = "", mode = 0o644, size }: TarEntry): Buffer {
  const bytes = Buffer.from(data);
  const head = header(path, TYPES[type], mode, linkpath, size ?? bytes.length);
  const extended = path.includes("\0") || Buffer.byteLength(path) > 100 ? paxPath(path) : [];
  return Buffer.concat([...extended, head, padded(bytes)]);
}

/** An extended header, which can say any path. */
function paxPath(path: string): Buffer[] {
  const rest = Buffer.byteLength(` path=${path}\n`);
  const length = [1, 2, 3, 4].find((digits) => String(rest + digits).length === digits) ?? 0;
  const text = Buffer.from(`${rest + length} path=${path}\n`);
  return [header("PaxHeader", "x", 0o644, "", text.length), padded(text)];
}

function header(path: string, type: string, mode: number, linkpath: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(path.replaceAll("\0", "?"), 0, 100);
  block.write(`${mode.toString(8).padStart(7, "0")}\0`, 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")} `, 124);
  block.write("00000000000 ", 136);
  block.write("        ", 148);
  block.write(type, 156);
  block.write(linkpath, 157, 100);
  block.write("ustar\x0000", 257);
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

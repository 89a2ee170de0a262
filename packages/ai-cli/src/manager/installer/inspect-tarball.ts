import { posix } from "node:path";
import { Parser, type ReadEntry } from "tar";
import { UnsoundPackage } from "./unsound-package.ts";

/** What a package may weigh when it is unpacked, in bytes; llama.cpp for graphics cards weighs a quarter of it. */
const LARGEST = 2 * 2 ** 30;
const MOST_ENTRIES = 100_000;

/** From this size on, in bytes, a package that shrank to less than a two-hundredth is no package but a bomb. */
const SUSPICIOUS = 64 * 2 ** 20;
const MOST_SHRUNK = 200;

/**
 * Reads a package's tarball before it is unpacked, with the parser that unpacks it.
 * @throws UnsoundPackage for what no honest packer makes: entries or links that lead out of the package, devices, files
 * that run with another's rights, and more than one package may bring; the parser's error for a damaged tarball
 */
export function inspectTarball(tarball: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let entries = 0;
    let claimed = 0;
    let packed = 0;
    let unpacked = 0;
    const stop = (fault: string): void => {
      tarball.unpipe(parser);
      reject(new UnsoundPackage(fault));
    };
    const parser = new Parser({
      onwarn: (code, message) => {
        if (code === "TAR_BAD_ARCHIVE" || code === "TAR_ABORT") reject(Object.assign(new Error(message), { code }));
      },
      onReadEntry: (entry) => {
        entries += 1;
        claimed += entry.size;
        const fault = faultOf(entry);
        if (fault !== undefined) stop(fault);
        else if (entries > MOST_ENTRIES) stop(`it has more than ${MOST_ENTRIES.toLocaleString("en")} files`);
        else if (claimed > LARGEST) stop("it is larger than 2 GiB when it is unpacked");
        entry.on("data", (chunk: Uint8Array) => {
          unpacked += chunk.length;
          if (unpacked > SUSPICIOUS && unpacked > MOST_SHRUNK * packed) {
            stop("its tarball grows more than two hundredfold when it is unpacked");
          }
        });
        entry.resume();
      },
    });
    tarball.on("data", (chunk: Uint8Array) => {
      packed += chunk.length;
    });
    tarball.on("error", reject);
    parser.on("error", reject);
    parser.on("end", () => resolve());
    tarball.pipe(parser);
  });
}

const KINDS = new Set(["File", "OldFile", "ContiguousFile", "Directory", "GNUDumpDir", "Link", "SymbolicLink"]);

/** What is wrong with one entry. Links within the package are sound; npm leaves them out. */
function faultOf({ path, type, mode = 0, linkpath = "" }: ReadEntry): string | undefined {
  if (leadsOut(path)) return `its entry ${JSON.stringify(path)} leads out of it`;
  if (!KINDS.has(type)) return `its entry ${JSON.stringify(path)} is neither a file nor a folder`;
  const target = type === "SymbolicLink" && !isAbsolute(linkpath) ? `${posix.dirname(path)}/${linkpath}` : linkpath;
  if (linkpath !== "" && leadsOut(posix.normalize(target))) {
    return `its link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(linkpath)}`;
  }
  if ((mode & SPECIAL) !== 0 && type !== "Directory") {
    return `its file ${JSON.stringify(path)} would run with the rights of whoever installed it`;
  }
  return undefined;
}

/** The bits of a file's mode for running as its owner, and with its group's rights. */
const SPECIAL = 0o6000;

function leadsOut(path: string): boolean {
  return isAbsolute(path) || path.split(/[/\\]/).includes("..");
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[a-z]:)/i.test(path);
}

import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { bomb, tarball, type TarEntry } from "../../../../../tests/support/tarball.ts";
import { inspectTarball } from "./inspect-tarball.ts";

const MANIFEST: TarEntry = { path: "package/package.json", data: "{}" };

const inspect = (bytes: Buffer): Promise<void> => inspectTarball(Readable.from([bytes]));
const inspectEntries = (...entries: TarEntry[]): Promise<void> => inspect(tarball([MANIFEST, ...entries]));

describe("inspectTarball lets pass", () => {
  it.each<[string, TarEntry[]]>([
    [
      "files, folders and programs",
      [
        { path: "package/bin", type: "folder" },
        { path: "package/bin/x", mode: 0o755 },
      ],
    ],
    ["another first folder", [{ path: "node_modules_of_x/x.js", data: "1" }]],
    [
      "names that look like ways out",
      [
        { path: "package/..x/...", data: "1" },
        { path: "package/c:/x", data: "1" },
      ],
    ],
    ["a newline in a name", [{ path: "package/a\nb", data: "1" }]],
    [
      "names that differ in case",
      [
        { path: "package/X", data: "1" },
        { path: "package/x", data: "2" },
      ],
    ],
    ["links within the package, which npm leaves out", [{ path: "package/a/b", type: "symlink", linkpath: "../c" }]],
    ["a hard link within the package", [{ path: "package/b", type: "link", linkpath: "package/package.json" }]],
    ["a path of a thousand folders", [{ path: `package/${"d/".repeat(1000)}x`, data: "1" }]],
    ["an empty file", [{ path: "package/x" }]],
  ])("%s", async (_what, entries) => {
    await expect(inspectEntries(...entries)).resolves.toBeUndefined();
  });

  it("a small file that shrank a thousandfold", async () => {
    await expect(inspect(bomb(8, [MANIFEST]))).resolves.toBeUndefined();
  });
});

describe("inspectTarball refuses", () => {
  it.each<[string, TarEntry, string]>([
    ["a way out", { path: "package/../../x", data: "1" }, "leads out of it"],
    ["a way out of Windows", { path: "package\\..\\..\\x", data: "1" }, "leads out of it"],
    ["an absolute path", { path: "/etc/x", data: "1" }, "leads out of it"],
    ["a drive", { path: "C:/x", data: "1" }, "leads out of it"],
    ["a link to an absolute path", { path: "package/l", type: "symlink", linkpath: "/etc" }, 'to "/etc"'],
    ["a link out of it", { path: "package/a/l", type: "symlink", linkpath: "../../../x" }, "leads out of it"],
    ["a hard link out of it", { path: "package/l", type: "link", linkpath: "/etc/passwd" }, 'to "/etc/passwd"'],
    ["a hard link further out", { path: "package/l", type: "link", linkpath: "package/../../x" }, "leads out of it"],
    ["a character device", { path: "package/d", type: "characterDevice" }, "neither a file nor a folder"],
    ["a block device", { path: "package/d", type: "blockDevice" }, "neither a file nor a folder"],
    ["a pipe", { path: "package/d", type: "fifo" }, "neither a file nor a folder"],
    ["a file that runs as its owner", { path: "package/x", mode: 0o4755 }, "with the rights of"],
    ["a file that runs with its group's rights", { path: "package/x", mode: 0o2755 }, "with the rights of"],
    ["a file of 3 GiB before it comes", { path: "package/x", size: 3 * 2 ** 30 }, "larger than 2 GiB"],
    ["a file that ends early", { path: "package/x", data: "1", size: 1e6 }, "Truncated"],
  ])("%s", async (_what, entry, told) => {
    await expect(inspectEntries(entry)).rejects.toThrow(told);
  });

  it("a gibibyte of zeros in a mebibyte", async () => {
    const bytes = bomb(1024, [MANIFEST]);
    expect(bytes.length).toBeLessThan(1.1 * 2 ** 20);
    await expect(inspect(bytes)).rejects.toThrow("more than two hundredfold");
  });

  it("more files than one package may have", async () => {
    const many = Array.from({ length: 100_001 }, (_, at): TarEntry => ({ path: `package/${at}` }));
    await expect(inspect(tarball(many))).rejects.toThrow("more than 100,000 files");
  });

  it.each([
    ["no tarball", Buffer.from("hello")],
    ["half a tarball", tarball([MANIFEST]).subarray(0, 40)],
    ["a page of a captive portal", Buffer.from("<!doctype html><title>Log in</title>".padEnd(2048, " "))],
  ])("%s", async (_what, bytes) => {
    await expect(inspect(bytes)).rejects.toThrow(/archive|unexpected end/);
  });
});

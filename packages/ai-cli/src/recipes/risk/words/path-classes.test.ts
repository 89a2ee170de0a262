import { describe, expect, it } from "vitest";
import { pathClasses, type PathClass } from "./path-classes.ts";

const has = (text: string, one: PathClass, folder = ""): boolean =>
  pathClasses({ text, known: true, glob: text.includes("*") }, folder).has(one);

describe("pathClasses", () => {
  it.each<[PathClass, string[], string[]]>([
    ["root", ["/", "/*", "//", "/tmp/..", "/.", "C:\\"], ["/tmp", ".", "*"]],
    ["home", ["~", "~/", "$HOME", "$HOME/*", "/home/me", "/home/*", "/root", "~bob"], ["~/x", "/home/me/x"]],
    ["system-folder", ["/etc", "/usr/", "/var/lib", "/usr/bin/*", "/e*c", "/[a-z]*"], ["/etc/hosts", "etc", "/tmp"]],
    ["device", ["/dev/sda", "/dev/nvme0n1p1", "/dev/mapper/x", "/dev/disk2"], ["/dev/null", "/dev/stdout", "dev/sda"]],
    [
      "temporary",
      ["/tmp/x", "$TMPDIR/x", "~/.cache/x", "/var/tmp/a"],
      ["/tmp", "/tmp/../etc", "$TMPDIR/../etc", "tmpx"],
    ],
    [
      "regenerable",
      ["node_modules", "./dist/", "a/build/x", "x.o", "/srv/app/node_modules"],
      ["src", "build/../src", "distance", "/tmp", "/build"],
    ],
    ["here", [".", "*", "./*", "$PWD"], ["..", "/", "a/*"]],
    ["parent", ["..", "../*", "../.."], ["../x", "."]],
    ["unset", ["$DIR/*", "$DIR/"], ["$DIR", "$HOME/*", "$DIR/x"]],
    ["vital", ["/etc/passwd", "/boot/vmlinuz", "/etc/sudoers.d/x"], ["passwd", "/etc/motd"]],
    ["settings", ["~/.ssh/id_rsa", "$HOME/.bashrc", "/home/me/Documents"], ["~/project", ".bashrc"]],
    ["remote-system", ["me@host:/etc/passwd", "host:/"], ["host:/srv/app", "host:/var/www/app"]],
  ])("knows %s", (one, are, areNot) => {
    expect(are.filter((text) => !has(text, one))).toEqual([]);
    expect(areNot.filter((text) => has(text, one))).toEqual([]);
  });

  it("tells of plain names what it would find by asking for everything", () => {
    const names = ["src", "a.o", "dist", "bin", "logs", "bin/x", "x/bin", "a-b/c.d/e", "-rf", "x.egg-info", "yarn.lock", "a/.git", "a..b", "a.b.c", "_", "tmp", "etc", "x.JPEG", "a.", "9"]; // prettier-ignore
    for (const text of names) {
      // A pattern of names is never plain.
      const asked = new Set(pathClasses({ text, known: true, glob: true }, ""));
      asked.delete("glob");
      expect(pathClasses({ text, known: true, glob: false }, ""), text).toEqual(asked);
    }
  });

  it("takes a path from the folder it is used in", () => {
    expect(has("*", "root", "/")).toBe(true);
    expect(has("..", "root", "/etc")).toBe(true);
    expect(has("x", "regenerable", "build")).toBe(true);
  });
});

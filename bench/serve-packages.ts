/**
 * A registry of npm on this machine that has packages of given folders. Prints its address.
 * Run: node bench/serve-packages.ts FOLDER...
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const packages = new Map<string, { readonly manifest: object; readonly tarball: Buffer }>();
const out = mkdtempSync(join(tmpdir(), "d0ttino-packed-"));
const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", out, ...process.argv.slice(2)];
const packed = JSON.parse(execFileSync("npm", args, { cwd: out, encoding: "utf8" })) as { filename: string }[];
for (const [at, folder] of process.argv.slice(2).entries()) {
  const {
    name,
    version,
    scripts: _scripts,
    ...manifest
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    scripts?: unknown;
  };
  const tarball = readFileSync(join(out, packed[at]?.filename ?? ""));
  packages.set(name, { manifest: { name, version, ...manifest }, tarball });
}
rmSync(out, { recursive: true });

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? "/").slice(1);
  const [name = "", file] = path.split("/-/");
  const found = packages.get(name);
  if (found === undefined) return response.writeHead(404).end("{}");
  const { manifest, tarball } = found;
  if (file !== undefined) return response.end(tarball);
  const { version } = manifest as { version: string };
  const dist = {
    tarball: `http://${request.headers.host}/${name}/-/it.tgz`,
    integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`,
  };
  response.setHeader("content-type", "application/json");
  return response.end(
    JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } }),
  );
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});

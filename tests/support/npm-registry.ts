import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { tarball, type TarEntry } from "./tarball.ts";
import { tempFolder } from "./temp-folder.ts";

/** A package as its author has it: fields of its package.json and its files. */
export interface PackageSource {
  readonly name: string;
  readonly version: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A registry of npm on this machine. */
export interface NpmRegistry {
  readonly url: string;
  /** What was asked for, in order: paths. */
  readonly asked: readonly string[];
  /**
   * Publishes a package; the same version a second time takes the first one's place, as no honest registry does it.
   * @param bytes its tarball; what `npm pack` would make of it when it is not given
   * @param dist fields that the registry tells of the tarball besides, or instead
   */
  publish(source: PackageSource, bytes?: Buffer, dist?: Readonly<Record<string, unknown>>): void;
  /** Takes a package back, as if it had never been published. */
  withdraw(name: string): void;
  /** What is answered instead, by path without the slash at its start. */
  readonly answers: Map<string, RequestListener>;
  /** The tarball of a version; tests swap it for another. */
  readonly tarballs: Map<string, Buffer>;
  /** Variables that make npm's libraries ask this registry. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts an empty registry.
 * @param whenOver is given what ends it; without it, it ends with the test
 */
export async function startNpmRegistry(whenOver: (end: () => void) => void = onTestFinished): Promise<NpmRegistry> {
  const packages = new Map<string, Map<string, object>>();
  const tarballs = new Map<string, Buffer>();
  const answers = new Map<string, RequestListener>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    asked.push(path);
    const answer = answers.get(path.slice(1));
    if (answer !== undefined) return answer(request, response);
    if (request.method === "PUT") return void receive(request, response);
    const tarball = tarballs.get(path.slice(1));
    if (tarball !== undefined) return response.end(tarball);
    const versions = packages.get(path.slice(1));
    if (versions === undefined) return response.writeHead(404).end("{}");
    const list = [...versions];
    response.setHeader("content-type", "application/json");
    return response.end(
      JSON.stringify({
        name: path.slice(1),
        "dist-tags": { latest: list.at(-1)?.[0] },
        versions: Object.fromEntries(list),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  whenOver(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const publish: NpmRegistry["publish"] = (source, bytes = pack(source), dist = {}) => {
    const { files: _files, ...manifest } = source;
    const file = `${source.name}/-/${source.version}.tgz`;
    tarballs.set(file, bytes);
    const integrity = integrityOf(bytes);
    const versions = packages.get(source.name) ?? new Map<string, object>();
    versions.set(source.version, { ...manifest, dist: { tarball: `${url}${file}`, integrity, ...dist } });
    packages.set(source.name, versions);
  };
  /** What `npm publish` sends, with any login. */
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401).end("{}");
      return;
    }
    const sent = (await json(request)) as {
      readonly versions: Readonly<Record<string, PackageSource>>;
      readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
    };
    const [manifest] = Object.values(sent.versions);
    const [attachment] = Object.values(sent._attachments);
    if (manifest !== undefined) publish(manifest, Buffer.from(attachment?.data ?? "", "base64"));
    response.writeHead(201).end("{}");
  };
  const withdraw = (name: string): void => {
    packages.delete(name);
    for (const file of tarballs.keys()) if (file.startsWith(`${name}/`)) tarballs.delete(file);
  };
  const env = { npm_config_registry: url, npm_config_cache: tempFolder("npm-cache"), npm_config_fetch_retries: "0" };
  return { url, asked, publish, withdraw, answers, tarballs, env };
}

/** The SHA-512 of a tarball, as npm writes it. */
export function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

/** The tarball of a package. */
function pack({ files = {}, ...manifest }: PackageSource): Buffer {
  return tarball(packageEntries({ files, ...manifest }));
}

/** The entries of a package's tarball. */
export function packageEntries({ files = {}, ...manifest }: PackageSource): TarEntry[] {
  const all = { "package.json": JSON.stringify(manifest), ...files };
  return Object.entries(all).map(([path, data]) => ({ path: `package/${path}`, data }));
}

/** Writes a package into a folder of its own. */
export function writePackage({ files = {}, ...manifest }: PackageSource): string {
  const dir = tempFolder("package");
  for (const [file, text] of Object.entries({ "package.json": JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

/** A plug-in with one backend that answers with its own version and what it depends on. */
export function backendSource(
  name: string,
  version: string,
  more: Readonly<Record<string, unknown>> = {},
): PackageSource {
  const dependencies = Object.keys((more["dependencies"] as object | undefined) ?? {});
  const imports = dependencies.map((one, at) => `import d${at} from ${JSON.stringify(one)};\n`).join("");
  const says = dependencies.map((one, at) => ` ${one}=\${d${at}}`).join("");
  return {
    name: `${name}-plugin`,
    version,
    type: "module",
    entryPoints: { "llm.plugins": { [name]: "./index.js" } },
    ...more,
    files: {
      "index.js": `${imports}export const run = () => \`${name} ${version}${says}\`;\n`,
      ...(more["files"] as object),
    },
  };
}

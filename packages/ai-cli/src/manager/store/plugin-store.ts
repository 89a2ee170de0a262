import {
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { makeFolder } from "@d0ttino/llm/config/make-folder";
import { waitForLock } from "@d0ttino/llm/config/wait-for-lock";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { diskFailure } from "@d0ttino/llm/errors/disk-failure";
import { codeOf } from "@d0ttino/llm/errors/message-of";
import { indexOf } from "@d0ttino/llm/host/index-file";
import { libraryVersion } from "@d0ttino/llm/host/library-location";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import {
  generationManifest,
  isWhole,
  newestFirst,
  numberOf,
  readGeneration,
  type Generation,
  type GenerationNotes,
  type InstalledPackage,
} from "./generation.ts";
import { linkTree } from "./link-tree.ts";

/** A generation that is being made. Nobody sees it before it is committed. */
export interface Stage {
  /** Absolute; everything of the generation before is in it already. */
  readonly dir: string;
  /** The generation it was made from. */
  readonly base: Generation | undefined;
}

/** What a finished generation brings. */
export interface StageContent {
  readonly installed: readonly InstalledPackage[];
  readonly packages: readonly PluginPackage[];
}

/** How a change is made. */
export interface ChangeOptions {
  readonly signal: AbortSignal;
  /** Called once when another process makes a change at present. */
  onWait(): void;
  /** Told how many packages were unpacked so far. */
  onUnpack?(count: number): void;
}

/**
 * The plug-in home on disk: `current` names the generation that counts, `previous` the one before it. A change makes a
 * new generation beside them and lets `current` point to it in the end, so that at every moment, whatever is killed,
 * a whole generation counts.
 */
export class PluginStore {
  /** Absolute, for example `~/.local/share/d0ttino/plugins`. */
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * The generation that counts, or undefined when nothing was ever installed.
   * @throws D0ttinoError `io-failed` when it is damaged
   */
  current(): Generation | undefined {
    const name = this.#pointer("current");
    return name === undefined ? undefined : readGeneration(this.dir, name);
  }

  /**
   * Does something while no other process changes the plug-in home, and clears away what killed ones left behind.
   * @throws what the work throws; the reason of the signal; D0ttinoError `io-failed`
   */
  async change<T>({ signal, onWait }: ChangeOptions, work: () => Promise<T>): Promise<T> {
    try {
      makeFolder(join(this.dir, "generations"));
    } catch (error) {
      throw diskFailure(error, this.dir);
    }
    const lock = await waitForLock(join(this.dir, ".lock"), { signal, onWait });
    try {
      this.#adopt();
      this.#clear();
      return await work();
    } finally {
      lock.release();
    }
  }

  /**
   * Makes a new generation out of the current one and commits it, or leaves no trace when the work fails.
   * @param work changes the folder, and gives what is in it then and what is to be returned
   * @throws what the work throws; D0ttinoError `io-failed`
   */
  async next<T>(work: (stage: Stage) => Promise<StageContent & { readonly result: T }>): Promise<T> {
    const base = this.current();
    const dir = join(this.dir, "generations", STAGE);
    try {
      if (base === undefined) mkdirSync(dir);
      else linkTree(base.dir, dir);
    } catch (error) {
      rmSync(dir, { recursive: true, force: true });
      throw diskFailure(error, dir);
    }
    try {
      const content = await work({ dir, base });
      this.#commit(dir, base, content);
      return content.result;
    } catch (error) {
      rmSync(dir, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Lets the generation before the current one count again.
   * @returns false when there is none
   */
  rollback(): boolean {
    const [current, previous] = [this.#pointer("current"), this.#pointer("previous")];
    if (previous === undefined || previous === current) return false;
    readGeneration(this.dir, previous);
    this.#point("current", previous);
    if (current !== undefined) this.#point("previous", current);
    return true;
  }

  /** Lets another generation count. @throws D0ttinoError `io-failed` */
  makeCurrent(name: string): void {
    this.#point("current", name);
  }

  /** Lets nothing count any more. */
  forget(): void {
    rmSync(join(this.dir, "current"), { force: true });
  }

  /** Without a `current` the newest whole generation counts: nothing is lost then, and a first change killed at its end holds. */
  #adopt(): void {
    if (this.#pointer("current") !== undefined) return;
    const found = newestFirst(this.#generations()).find((name) => isWhole(this.dir, name));
    if (found !== undefined) this.#point("current", found);
  }

  #commit(stage: string, base: Generation | undefined, { installed, packages }: StageContent): void {
    const name = `g${1 + Math.max(0, ...this.#generations().map(numberOf))}`;
    const dir = join(this.dir, "generations", name);
    try {
      const notes: GenerationNotes = { node: process.versions.modules, host: libraryVersion, installed };
      writeFileAtomic(join(stage, "package.json"), generationManifest(notes));
      writeFileAtomic(join(stage, "index.json"), JSON.stringify(indexOf(rebased(packages, base, stage), stage)));
      sync(stage);
      renameSync(stage, dir);
      sync(join(this.dir, "generations"));
    } catch (error) {
      throw diskFailure(error, stage, "Make room and run the same command again.");
    }
    if (base !== undefined) this.#point("previous", base.name);
    this.#point("current", name);
    this.#clear();
  }

  #pointer(name: "current" | "previous"): string | undefined {
    const file = join(this.dir, name);
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch (error) {
      if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
      throw diskFailure(error, file);
    }
  }

  #point(name: "current" | "previous", generation: string): void {
    const file = join(this.dir, name);
    try {
      writeFileAtomic(file, `${generation}\n`);
    } catch (error) {
      throw diskFailure(error, file);
    }
  }

  #generations(): string[] {
    return readdirSync(join(this.dir, "generations"));
  }

  /** Removes every generation but the current one and the one before it. */
  #clear(): void {
    const current = this.#pointer("current");
    // Where nothing counts every generation may be what is left to go back to.
    if (current === undefined || !existsSync(join(this.dir, "generations", current))) {
      rmSync(join(this.dir, "generations", STAGE), { recursive: true, force: true });
      return;
    }
    const kept = [current, this.#pointer("previous")];
    for (const name of this.#generations()) {
      if (!kept.includes(name)) rmSync(join(this.dir, "generations", name), { recursive: true, force: true });
    }
  }
}

/** The packages with their folders in a new generation, also those that were taken over from the one before. */
function rebased(
  packages: readonly PluginPackage[],
  base: Generation | undefined,
  stage: string,
): readonly PluginPackage[] {
  const roots = [realpathSync(stage), ...(base === undefined ? [] : [base.dir])];
  return packages.map((one) => {
    const root = one.linked ? undefined : roots.find((dir) => one.dir.startsWith(dir + sep));
    return root === undefined ? one : { ...one, dir: join(stage, relative(root, one.dir)) };
  });
}

/** The host never takes a name with a dot for a generation. */
const STAGE = ".next";

/** Sees to it that a folder's entries are on the disk; some systems refuse this for a folder, and can do without. */
function sync(dir: string): void {
  try {
    const descriptor = openSync(dir, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {}
}

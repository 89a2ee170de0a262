import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { takeLock } from "@d0ttino/llm/config/take-lock";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import { readIndex } from "@d0ttino/llm/host/index-file";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { newestFirst, readNotes, type GenerationNotes } from "../store/generation.ts";
import { readLock, type LockState } from "./lock-state.ts";
import { readPackages, readSlots, type PackageState, type SlotState } from "./package-state.ts";

/** What could not be read, and why. */
export interface Fault {
  readonly fault: string;
}

/** What lies in a store, whether it fits together or not. */
export interface StoreState {
  /** Absolute. */
  readonly dir: string;
  /** Finished generations, the newest first. */
  readonly generations: readonly string[];
  /** What a killed command left behind; empty while a command is at work. */
  readonly leftovers: readonly string[];
  /** What `current` says; undefined when it is missing. */
  readonly current: string | Fault | undefined;
  /** The generation that counts; undefined when `current` names none that is there. */
  readonly generation: GenerationState | undefined;
}

/** What lies in a generation. */
export interface GenerationState {
  readonly name: string;
  readonly dir: string;
  readonly notes: GenerationNotes | Fault;
  readonly index: readonly PluginPackage[] | Fault;
  /** Those that the notes name. */
  readonly packages: readonly PackageState[];
  readonly slots: readonly SlotState[];
  readonly lock: LockState;
}

/** Reads what lies in a store; undefined when there is none. Never throws: what cannot be read is a fault. */
export function readStoreState(dir: string): StoreState | undefined {
  const names = list(join(dir, "generations"));
  const current = readPointer(join(dir, "current"));
  if (current === undefined && names.length === 0) return undefined;
  const generations = newestFirst(names);
  const kept = [current, readPointer(join(dir, "previous"))];
  const leftovers = isBusy(dir) ? [] : names.filter((name) => name.startsWith(".") || !kept.includes(name));
  const counts = typeof current === "string" && current === basename(current) && generations.includes(current);
  return { dir, generations, leftovers, current, generation: counts ? readGenerationState(dir, current) : undefined };
}

/** Reads what lies in one generation. */
export function readGenerationState(store: string, name: string): GenerationState {
  const dir = join(store, "generations", name);
  const notes = attempt(() => readNotes(dir));
  const index = readIndexOf(dir);
  return {
    name,
    dir,
    notes,
    index,
    packages: isFault(notes) ? [] : readPackages(dir, notes, isFault(index) ? [] : index),
    slots: readSlots(dir),
    lock: readLock(dir),
  };
}

function readIndexOf(dir: string): readonly PluginPackage[] | Fault {
  const index = readIndex(join(dir, "index.json"), dir);
  if (index === undefined) return { fault: "its index.json is missing" };
  return "cause" in index ? { fault: index.cause } : index;
}

/** Whether something could not be read. */
export function isFault(value: object): value is Fault {
  return "fault" in value;
}

function readPointer(file: string): string | Fault | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR" ? undefined : { fault: messageOf(error) };
  }
}

/** Whether a command changes the store at present. */
function isBusy(dir: string): boolean {
  const file = join(dir, ".lock");
  if (!existsSync(file)) return false;
  try {
    const lock = takeLock(file, 0);
    lock?.release();
    return lock === undefined;
  } catch {
    return false;
  }
}

function attempt<T>(read: () => T): T | Fault {
  try {
    return read();
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

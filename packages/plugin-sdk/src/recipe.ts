import { isClass } from "./backend.ts";

/** One shell command of a recipe with its guards. */
export interface StepObject {
  /** The command line, for the shell named in the recipe's context. Build it with `sh` when it holds data. */
  readonly run: string;
  /** Why this step is needed, one line, shown above the command. */
  readonly why?: string | undefined;
  /** The directory to run in; relative paths are taken from the one that the step before has left. */
  readonly cwd?: string | undefined;
  /** Variables added to the step's environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A command that exits 0 when the step is already done; it is then skipped. */
  readonly unless?: string | undefined;
  /** A path that exists when the step is already done; it is then skipped. */
  readonly creates?: string | undefined;
  /** True when a person must agree to this step even if all others were agreed to. */
  readonly confirm?: boolean | undefined;
  /** True when the step talks to the person at the terminal. */
  readonly interactive?: boolean | undefined;
  /** True when the run goes on after this step failed. */
  readonly allowFail?: boolean | undefined;
  /** How long the step may take, in seconds. */
  readonly timeout?: number | undefined;
}

/** A step: a command line, or one with its guards. */
export type Step = string | StepObject;

/** What a recipe knows when it plans. */
export interface RecipeContext {
  /** Aborted when the person gives up. */
  readonly signal: AbortSignal;
  /** As `process.platform`: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  /** The shell the steps will run in, for example `bash`, `sh` or `powershell`. */
  readonly shell: string;
  /** The directory the steps will run in, absolute. */
  readonly cwd: string;
  /** The recipe's own options, by name: what the person gave, else the default. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Asks the routed model, where the host offers one. A run that is resumed gets the answers again that it has had. */
  readonly ask?: ((prompt: string) => Promise<string>) | undefined;
}

/** How a step ended, for a recipe that decides the next one after it: what `yield` gives in an async generator. */
export interface StepReport {
  /** Null when the step was skipped; 128 + n when signal n ended it. */
  readonly exitCode: number | null;
  /** The end of what it printed, up to 64 KiB; nothing for an interactive step. */
  readonly output: string;
}

/** Decides one step after the other, each when the one before has ended. Write it as an async generator. */
export type DecidedSteps = AsyncIterable<Step> | AsyncGenerator<Step, void, StepReport>;

/** The steps of a recipe: all at once, or one after the other. */
export type RecipePlan = readonly Step[] | Promise<readonly Step[] | DecidedSteps> | DecidedSteps;

/** A recipe as a function: turns a goal into steps and runs nothing itself. */
export type RecipeFunction = (goal: string, context: RecipeContext) => RecipePlan;

/** Base class for a recipe with state. It is recognised by its `run` method, not by its class. */
export abstract class Recipe {
  /** Turns a goal into steps. The goal is data from a person: quote it with `sh`. */
  abstract run(goal: string, context: RecipeContext): RecipePlan;
}

/** Everything `registerRecipe` accepts. */
export type AnyRecipe = RecipeFunction | { run: RecipeFunction };

/** An option of a recipe, which a person gives as `--NAME VALUE`, or `--NAME` for a boolean one. */
export interface RecipeOption {
  /** What it is, in one line. */
  readonly description?: string | undefined;
  /** What its value is (`string`). A boolean one that is true by default is switched off by `--no-NAME`. */
  readonly type?: "string" | "number" | "boolean" | undefined;
  /** The values that it takes, for a string. */
  readonly choices?: readonly string[] | undefined;
  /** What the recipe gets when the person does not give it; without one, nothing, or false for a boolean option. */
  readonly default?: string | number | boolean | undefined;
}

/** What a recipe may tell about itself when it registers. */
export interface RecipeRegistration {
  /** What it is, in one line. */
  readonly description?: string | undefined;
  /** The options it understands, by name: lower case letters, digits and dashes, the first a letter. */
  readonly options?: Readonly<Record<string, RecipeOption>> | undefined;
  /** The shell its steps are written for; without it, the best POSIX shell there is. */
  readonly shell?: string | undefined;
  /** False when the same goal may give another plan, for example because a model is asked. */
  readonly deterministic?: boolean | undefined;
}

/** Whether a value has one of the accepted forms of a recipe. */
export function isRecipe(value: unknown): value is AnyRecipe {
  if (typeof value === "function") return !isClass(value);
  return typeof value === "object" && value !== null && typeof (value as { run?: unknown }).run === "function";
}

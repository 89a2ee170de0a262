import { writeFileSync } from "node:fs";
import type { ManagerPlace } from "./manager-place.ts";
import { backendSource, writePackage } from "./npm-registry.ts";
import { startCli } from "./run-cli.ts";

/** What came of so many kills. */
export interface TortureReport {
  readonly seed: number;
  readonly rounds: number;
  /** How many commands were killed before they ended, by their words. */
  readonly killed: Readonly<Record<string, number>>;
  /** How many had ended when the kill came. */
  readonly finished: number;
  /** After how many kills the change had been made all the same. */
  readonly changed: number;
}

/** What everything that is installed answers, by name. */
type State = Readonly<Record<string, string>>;

/**
 * Kills changes of the plug-in home with SIGKILL at random moments. After each kill everything answers as it did before
 * the change or as it does after it, and the next command makes the change, with nothing repaired in between.
 * @param place a clean one
 * @param seed a number from 1; the same gives the same commands and moments
 * @param onRound called after each kill
 * @throws Error that names the seed, the round and what does not answer
 */
export async function torture(
  place: ManagerPlace,
  rounds: number,
  seed: number,
  onRound: (round: number) => void = () => {},
): Promise<TortureReport> {
  const random = randomNumbers(seed);
  const { registry, run } = place;
  const folder = writePackage(backendSource("linked", "1.0.0"));
  registry.publish({
    name: "dep",
    version: "1.0.0",
    type: "module",
    exports: "./i.js",
    files: { "i.js": "export default 1;" },
  });
  registry.publish(backendSource("kept", "1.0.0", { dependencies: { dep: "1.0.0" } }));
  const killed: Record<string, number> = {};
  const took = new Map<string, number>();
  let [version, finished, changed] = [0, 0, 0];

  const publish = (): void => {
    version += 1;
    registry.publish(backendSource("changing", `1.0.${version}`, { dependencies: { dep: "1.0.0" } }));
    for (const name of ["one", "two"]) {
      const files = { "index.js": `export const run = () => ["echo ${name} ${version}"];` };
      const entryPoints = { "d0ttino.recipes": { [name]: "./index.js" } };
      registry.publish({ name: `${name}-recipe`, version: `1.0.${version}`, type: "module", entryPoints, files });
    }
  };
  const dryRun = async (recipe: string): Promise<string> => {
    const { stdout } = await run("recipe", recipe, "x", "--dry-run", "--json");
    const { steps } = JSON.parse(stdout) as { steps?: { run: string }[] };
    return steps?.[0]?.run ?? stdout;
  };
  const state = async (): Promise<State> => {
    const answers = await Promise.all([
      ...["kept", "changing", "linked"].map(async (name) => [name, (await place.says(name)).split("\n")[0]]),
      ...["one", "two"].map(async (name) => [name, await dryRun(name)]),
    ]);
    return Object.fromEntries(answers) as State;
  };
  const must = async (...args: string[]): Promise<void> => {
    const began = performance.now();
    const { code, stderr } = await run(...args);
    took.set(args.slice(0, 3).join(" "), performance.now() - began);
    if (code !== 0) throw new Error(`ai-cli ${args.join(" ")} ended with ${code}: ${stderr}`);
  };

  const recipes = { one: "one-recipe", two: "two-recipe" };
  writeFileSync(place.env["PLUGIN_REGISTRY_URL"] ?? "", JSON.stringify({ ecosystem: "npm", plugins: {}, recipes }));
  publish();
  await must("plugins", "install", "--yes", "npm:kept-plugin", "npm:changing-plugin");
  await must("plugins", "recipes", "sync");
  let before = await state();
  for (let round = 1; round <= rounds; round += 1) {
    const verb = VERBS[Math.floor(random() * VERBS.length)] ?? "update";
    try {
      const args = command(verb, before, folder);
      if (verb === "install" || verb === "update" || verb === "sync") publish();
      let after: State | undefined;
      if (verb === "rollback") {
        // A second time undoes it, so both states can be had before the kill.
        await must(...args);
        after = await state();
        await must(...args);
      }
      const moment = random() * (took.get(args.slice(0, 3).join(" ")) ?? 500);
      const victim = startCli(args, { home: place.home, env: place.env });
      const timer = setTimeout(() => victim.child.kill("SIGKILL"), moment);
      const { signal } = await victim.result;
      clearTimeout(timer);
      if (signal === "SIGKILL") killed[verb] = (killed[verb] ?? 0) + 1;
      else finished += 1;
      const between = await state();
      if (after === undefined) {
        await must(...args);
        after = await state();
      } else await must("plugins", "install", "--yes", "npm:kept-plugin");
      compare(verb, before, between, after);
      if (!isSame(before, between)) changed += 1;
      before = verb === "rollback" ? await state() : after;
      if (before["kept"] !== "kept 1.0.0 dep=1") throw new Error(`kept answers ${before["kept"]}`);
    } catch (error) {
      throw new Error(`Seed ${seed}, kill ${round} of ${rounds}, at ${verb}: ${String(error)}`, { cause: error });
    }
    onRound(round);
  }
  return { seed, rounds, killed, finished, changed };
}

/** More often what has more moments to be killed at. */
const VERBS = ["install", "install", "update", "update", "remove", "link", "rollback", "sync"] as const;
type Verb = (typeof VERBS)[number];

/** The words for a change that can be made in this state. */
function command(verb: Verb, now: State, folder: string): string[] {
  const has = (name: string): boolean => now[name]?.startsWith(`${name} `) === true;
  if (verb === "sync") return ["plugins", "recipes", "sync"];
  if (verb === "rollback") return ["plugins", "rollback"];
  if (verb === "link") return has("linked") ? ["plugins", "unlink", "linked"] : ["plugins", "link", folder];
  if (!has("changing") || verb === "install") return ["plugins", "install", "--yes", "npm:changing-plugin"];
  return ["plugins", verb, "changing"];
}

/** Recipes are synced one by one; every other change is made as a whole or not at all. */
function compare(verb: Verb, before: State, between: State, after: State): void {
  const isWhole =
    verb === "sync"
      ? Object.keys(between).every((name) => [before[name], after[name]].includes(between[name]))
      : isSame(between, before) || isSame(between, after);
  if (!isWhole) throw new Error(JSON.stringify({ before, between, after }, null, 2));
}

function isSame(one: State, other: State): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Numbers from 0 to 1 that a seed determines: mulberry32, by Tommy Ettinger. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

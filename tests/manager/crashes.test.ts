import { expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { torture } from "../support/torture.ts";

/** `npm run torture` wants more of them, and can repeat what failed. */
const rounds = Number(process.env["TORTURE_ROUNDS"] ?? 20);
const seed = Number(process.env["TORTURE_SEED"] ?? Date.now() % 2 ** 32);

it(
  `is whole after each of ${rounds} kills at random moments, and the next command works at once`,
  async () => {
    const place = await managerPlace();
    const report = await torture(place, rounds, seed, (round) => {
      if (process.env["TORTURE_ROUNDS"] !== undefined && round % 10 === 0) console.log(`${round} of ${rounds}`);
    });
    if (process.env["TORTURE_ROUNDS"] !== undefined) console.log(JSON.stringify(report, null, 2));
    expect((await place.run("plugins", "install", "--yes", "npm:changing-plugin")).code).toBe(0);
    expect(leftovers(place.home)).toEqual([]);
    // Kills that all come too late would prove nothing.
    const kills = Object.values(report.killed).reduce((sum, count) => sum + count, 0);
    expect(kills).toBeGreaterThan(rounds / 4);
  },
  60_000 + rounds * 10_000,
);

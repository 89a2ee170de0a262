import { expect, it } from "vitest";
import { threadsFor } from "./threads-for.ts";

const SMALL = 98_362_432;
const LARGE = 4_000_000_000;

it.each([
  [1, 10, SMALL, 1],
  [2, 10, SMALL, 1],
  [3, 10, SMALL, 2],
  [8, 255, SMALL, 4],
  [8, 256, SMALL, 8],
  [2, 3000, SMALL, 2],
  [8, 10, LARGE, 8],
])("with %i free cores, %i tokens and a model of %i bytes takes %i", (free, tokens, bytes, threads) => {
  expect(threadsFor(free, tokens, bytes)).toBe(threads);
});

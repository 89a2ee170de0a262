import { describe, expect, it } from "vitest";
import { classifyStep } from "../classify-step.ts";
import { isAtLeast } from "../risk-level.ts";
import { readCorpus, type Labelled } from "./read-corpus.ts";

const isFlagged = ({ run }: Labelled): boolean => isAtLeast(classifyStep({ run }).level, "high");
const isFlaggedInPowershell = ({ run }: Labelled): boolean =>
  isAtLeast(classifyStep({ run }, { shell: "powershell" }).level, "high");

/**
 * How many of the destructive commands must be flagged. Those that were reviewed once had the wrong level. The sixth set
 * names programs that no table knows, and some of the thirteenth, twentieth, twenty-third and twenty-fifth are told apart
 * from harmless ones only by what was there before.
 */
const SETS: readonly (readonly [name: string, recall: number])[] = [
  ["first.txt", 0.99],
  ["second.txt", 0.99],
  ["third.txt", 0.99],
  ["fourth.txt", 0.99],
  ["fifth.txt", 0.99],
  ["sixth.txt", 0.94],
  ["seventh.txt", 0.99],
  ["eighth.txt", 0.99],
  ["ninth.txt", 0.99],
  ["tenth.txt", 0.99],
  ["eleventh.txt", 0.99],
  ["twelfth.txt", 0.99],
  ["thirteenth.txt", 0.97],
  ["fourteenth.txt", 0.99],
  ["fifteenth.txt", 0.99],
  ["sixteenth.txt", 0.98],
  ["seventeenth.txt", 0.99],
  ["eighteenth.txt", 0.99],
  ["nineteenth.txt", 0.99],
  ["twentieth.txt", 0.97],
  ["twenty-first.txt", 0.99],
  ["twenty-second.txt", 0.99],
  ["twenty-third.txt", 0.94],
  ["twenty-fourth.txt", 0.99],
  ["twenty-fifth.txt", 0.93],
  ["twenty-sixth.txt", 0.99],
  ["twenty-seventh.txt", 0.99],
  ["twenty-eighth.txt", 0.99],
  ["twenty-ninth.txt", 0.99],
  ["reviewed.txt", 0.99],
];

describe.each(SETS)("the commands of %s", (name, recall) => {
  const commands = readCorpus(name);
  const destructive = commands.filter((one) => one.destructive);
  const harmless = commands.filter((one) => !one.destructive);

  it(`are flagged when they destroy: at least ${recall * 100}% of them`, () => {
    const missed = destructive.filter((one) => !isFlagged(one)).map(({ run }) => run);
    expect(missed.length / destructive.length, missed.join("\n")).toBeLessThanOrEqual(1 - recall);
  });

  it("are not flagged when they are harmless: at most 4% of them", () => {
    const alarms = harmless.filter(isFlagged).map(({ run }) => run);
    expect(alarms.length / harmless.length, alarms.join("\n")).toBeLessThanOrEqual(0.04);
  });

  it("have the level that was said, where one was", () => {
    const wrong = commands
      .filter(({ level }) => level !== undefined)
      .map(({ run, level }) => ({ run, level, found: classifyStep({ run }).level }))
      .filter(({ level, found }) => level !== found);
    expect(wrong).toEqual([]);
  });

  it("come with a reason when they are anything but none", () => {
    const silent = commands.filter(({ run }) => {
      const { level, reasons } = classifyStep({ run });
      return (level === "none") !== (reasons.length === 0);
    });
    expect(silent).toEqual([]);
  });
});

describe("the commands of powershell.txt", () => {
  const commands = readCorpus("powershell.txt");
  const destructive = commands.filter((one) => one.destructive);
  const harmless = commands.filter((one) => !one.destructive);

  it("are flagged in PowerShell when they destroy: at least 97% of them", () => {
    const missed = destructive.filter((one) => !isFlaggedInPowershell(one)).map(({ run }) => run);
    expect(missed.length / destructive.length, missed.join("\n")).toBeLessThanOrEqual(0.03);
  });

  it("are not flagged there when they are harmless: at most 4% of them", () => {
    const alarms = harmless.filter(isFlaggedInPowershell).map(({ run }) => run);
    expect(alarms.length / harmless.length, alarms.join("\n")).toBeLessThanOrEqual(0.04);
  });

  it("come with a reason when they are anything but none", () => {
    const silent = commands.filter(({ run }) => {
      const { level, reasons } = classifyStep({ run }, { shell: "powershell" });
      return (level === "none") !== (reasons.length === 0);
    });
    expect(silent).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { isWhole, rangeTexts, readGuess, truthOf, type Question, type RoundResult } from "./calibration";

const question = (id: string): Question => ({ id, text: `${id}?`, unit: "metres", again: false });

describe("a guess, as typed", () => {
  it.each([["200", "400", 200, 400], ["1.2k", "3,000", 1200, 3000], ["5", "5", 5, 5], ["1989", "1995", 1989, 1995]])("%s to %s", (low, high, a, b) => {
    const read = readGuess({ low, high });
    expect(isWhole(read)).toBe(true);
    expect([read.low, read.high]).toEqual([a, b]);
  });
  it.each([["", "4", "low"], ["4", "", "high"], ["x", "4", "low"], ["9", "4", "high"]] as const)("%s to %s is told at its end", (low, high, end) => {
    const read = readGuess({ low, high });
    expect(isWhole(read)).toBe(false);
    expect(read.faults[end]).toBeTruthy();
  });
  it("goes to the program as question, low and high", () => {
    expect(rangeTexts([question("a"), question("b")], [{ low: "1k", high: "2k" }, { low: "3", high: "4" }])).toEqual(["a 1000 2000", "b 3 4"]);
    expect(rangeTexts([question("a"), question("b")], [{ low: "1k", high: "" }])).toEqual([]);
  });
});

describe("what is known of a question", () => {
  const round: RoundResult = { id: "dana-round-1", taken_on: "2026-11-22", unreadable: 0, answers: [] };
  it("opens with its source", () => {
    const cell = truthOf({ question: "a", text: "How long?", unit: "metres", source: "ISO 668", low: 1, high: 2, truth: 6.058, inside: false }, round, "tiebeam risk calibration --json");
    expect(cell).toMatchObject({ key: "risk.calibration.rounds[dana-round-1].a", value: 6.058, unit: "metres", label: "How long?" });
    expect(cell.trail.formula).toContain("ISO 668");
  });
});

import { describe, expect, it } from "vitest";
import { chanceAbove, costOf, lossesWith, measure, movedCurve, movedMean, movedQuantile, quantile, yearsOf, type Draws } from "./draws";
import { anyDraws, referenceLosses } from "./testdata";

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const hand: Draws = {
  draws: 4, seed: 1, currency: "EUR",
  scenarios: [
    { id: "fire", events: { draw: [0, 0, 2, 3], loss: [100, 300, 1000, 50], u: [0.1, 0.9, 0.4, 0.7] }, rest: null },
    { id: "flood", events: null, rest: [10, 0, 0, 5] },
  ],
  controls: [
    { id: "doors", cost: 7, reduces: [{ scenario: "fire", factor: "magnitude", by: [0.5, 0.5, 0.5, 0.2] }] },
    { id: "alarm", cost: 3, reduces: [{ scenario: "fire", factor: "frequency", by: [0.5, 0.5, 0.5, 0.5] }] },
  ],
  insurance: { fire: [{ deductible: 200, limit: 400 }] },
};

describe("switching controls in the drawn years", () => {
  it("gives what is worked by hand", () => {
    const years = yearsOf(hand);
    // Without any: 100 + (300 - 100 paid) + 10; 0; 1000 - 400; 50 + 5.
    expect([...lossesWith(years, new Set())]).toEqual([310, 0, 600, 55]);
    // Half of each loss: 50 + 150 + 10; 500 - 300; 40 + 5.
    expect([...lossesWith(years, new Set(["doors"]))]).toEqual([210, 0, 200, 45]);
    // Events from u = 0.5 on do not happen: the second of year 0, that of year 3.
    expect([...lossesWith(years, new Set(["alarm"]))]).toEqual([110, 0, 600, 5]);
    expect([...lossesWith(years, new Set(["alarm", "doors"]))]).toEqual([60, 0, 200, 5]);
    expect(costOf(years, new Set(["alarm", "doors"]))).toBe(10);
  });
  it("takes shares of a year that is drawn as one sum", () => {
    const many: Draws = { ...hand, scenarios: [{ id: "fire", events: null, rest: [1000, 0, 400, 50], is_sum: true }, { id: "", events: null, rest: [10, 0, 0, 5] }], insurance: {} };
    expect([...lossesWith(yearsOf(many), new Set())]).toEqual([1010, 0, 400, 55]);
    expect([...lossesWith(yearsOf(many), new Set(["alarm", "doors"]))]).toEqual([260, 0, 100, 25]);
  });
  it("equals the plain reference for every set, in whatever order they are switched", () => {
    for (let seed = 1; seed <= 12; ++seed) {
      const draws = anyDraws(seed);
      const years = yearsOf(draws);
      const ids = draws.controls.map((control) => control.id);
      for (let set = 2 ** ids.length - 1; set >= 0; set -= 1) {
        const on = new Set(ids.filter((_, i) => (set >> i) & 1));
        const found = lossesWith(years, on);
        referenceLosses(draws, on).forEach((loss, i) => expect(found[i]).toBeCloseTo(loss, 6));
      }
      expect([...lossesWith(years, new Set(ids))]).toEqual([...lossesWith(yearsOf(draws), new Set(ids))]); // what was kept changes nothing
    }
  });
  it("never makes a year dearer by a control more", () => {
    for (let seed = 20; seed < 30; ++seed) {
      const draws = anyDraws(seed);
      const years = yearsOf(draws);
      const on = new Set<string>();
      let before = lossesWith(years, on);
      for (const { id } of draws.controls) {
        on.add(id);
        const after = lossesWith(years, on);
        after.forEach((loss, i) => expect(loss).toBeLessThanOrEqual((before[i] ?? 0) + 1e-9));
        before = after;
      }
    }
  });
});

describe("measures of the drawn years", () => {
  const measured = measure(Float64Array.from([0, 0, 10, 40]));
  it("count the years above a loss and rank them", () => {
    expect(measured.mean).toBe(12.5);
    expect([0, 9, 10, 39, 40].map((loss) => chanceAbove(measured, loss))).toEqual([0.5, 0.5, 0.25, 0.25, 0]);
    expect([0.5, 0.75, 0.9, 1].map((share) => quantile(measured, share))).toEqual([0, 10, 40, 40]);
  });
  it("move the curve of all years by what the switch changes, and keep it falling", () => {
    const curve = { id: "today", label: "Today", loss: [1, 5, 20, 100], probability: [0.52, 0.48, 0.24, 0.01] };
    expect(movedCurve(curve, measured, measured)).toEqual(curve.probability); // nothing switched: nothing moves
    const less = measure(Float64Array.from([0, 0, 10, 10]));
    const moved = movedCurve(curve, measured, less);
    expect(moved.slice(2)).toEqual([0.01, 0.01]); // none of the drawn years is that dear now; the rarest chance stays as it was
    expect(moved.every((chance, i) => chance >= 0 && chance <= 1 && (i === 0 || chance <= (moved[i - 1] ?? 1)))).toBe(true);
    expect(movedMean(13, measured, less)).toBe(13 + 5 - 12.5);
    expect(movedQuantile(44, 0.9, measured, less)).toBe(11);
  });
  it("lose nothing of a sum", () => {
    const draws = anyDraws(5);
    const losses = lossesWith(yearsOf(draws), new Set());
    expect(sum(measure(losses).sorted)).toBeCloseTo(sum(losses), 3);
  });
});

import { describe, expect, it } from "vitest";
import type { Estimate } from "@tiebeam/model";
import { densityOf, estimateText, faultsOf, rangeOf, wayOf } from "./estimates";
import { betaCdf, gammaCdf } from "./special";

const pert: Estimate = { kind: "pert", min: 20, mode: 40, max: 90 };

describe("ranges", () => {
  // Checked against closed forms: uniform, triangular, exponential = gamma of shape 1, normal quantiles.
  const cases: [string, Estimate, number, number, number][] = [
    ["point", { kind: "point", value: 4 }, 4, 4, 4],
    ["uniform", { kind: "uniform", min: 0, max: 10 }, 0.5, 5, 9.5],
    ["triangular", { kind: "triangular", min: 0, mode: 1, max: 1 }, Math.sqrt(0.05), Math.sqrt(0.5), Math.sqrt(0.95)],
    ["exponential", { kind: "gamma", shape: 1, scale: 2 }, -2 * Math.log(0.95), 2 * Math.log(2), -2 * Math.log(0.05)],
    ["normal", { kind: "normal", mean: 10, sd: 2 }, 10 - 2 * 1.6448536269514722, 10, 10 + 2 * 1.6448536269514722],
    ["lognormal", { kind: "lognormal", p05: 40, p95: 120 }, 40, Math.sqrt(4800), 120],
    ["beta", { kind: "beta", alpha: 1, beta: 1 }, 0.05, 0.5, 0.95],
    ["discrete", { kind: "discrete", values: [0, 100], weights: [0.8, 0.2] }, 0, 0, 100],
    ["pert without a weight", { kind: "pert", min: 0, mode: 3, max: 10, lambda: 1e-9 }, 0.5, 5, 9.5],
  ];
  it.each(cases)("%s", (_, estimate, low, middle, high) => {
    const range = rangeOf(estimate);
    expect(range?.low).toBeCloseTo(low, 6);
    expect(range?.middle).toBeCloseTo(middle, 6);
    expect(range?.high).toBeCloseTo(high, 6);
  });
  it("turns 8 in 10 into 9 in 10", () => {
    const range = rangeOf({ kind: "normal", p10: -1.2815515655446004, p90: 1.2815515655446004 });
    expect(range?.high).toBeCloseTo(1.6448536269514722, 8);
  });
  it("keeps a PERT between its ends", () => {
    const range = rangeOf(pert);
    expect(range && range.low > 20 && range.low < range.middle && range.middle < range.high && range.high < 90).toBe(true);
  });
  it("runs a PERT by its 9 in 10 through what was said", () => {
    const said: Estimate = { kind: "pert", p05: 60, mode: 150, p95: 300 };
    expect(rangeOf(said)).toMatchObject({ low: 60, high: 300 });
    const drawn = densityOf(said, 400);
    expect(drawn.reduce((a, b) => (b.y > a.y ? b : a)).x).toBeCloseTo(150, -0.5);
    expect(drawn[0]?.x).toBeGreaterThan(0);
    expect(drawn.at(-1)?.x).toBeGreaterThan(300);
    expect(wayOf(said)?.id).toBe("pert-90");
    expect(estimateText(said, "EUR")).toBe("€60 to €300, 9 in 10, likely €150");
    expect(faultsOf({ kind: "pert", p05: 60, mode: 20, p95: 300 }).map((fault) => fault.parameter)).toEqual(["mode"]);
    const cut: Estimate = { kind: "pert", p05: 10, mode: 50, p95: 200 }; // nothing below 0 was said
    expect(densityOf(cut, 10)[0]?.x).toBe(0);
    expect(rangeOf(cut)?.low).toBeCloseTo(14.483449992632071, 5); // as quant/marginal.cc counts it
  });
  it("says nothing of what cannot be meant", () => {
    expect(rangeOf({ kind: "pert", min: 20, mode: 10, max: 90 })).toBeNull();
    expect(rangeOf({ kind: "lognormal", p05: 0, p95: 2 })).toBeNull();
    expect(rangeOf({ kind: "odd", a: 1 })).toBeNull();
    expect(densityOf({ kind: "uniform", min: 3, max: 3 }, 10)).toEqual([]);
  });
});

describe("faults", () => {
  it.each([
    [{ kind: "pert", min: 20, mode: 10, max: 90 }, ["mode"]],
    [{ kind: "pert", min: 20, mode: 95, max: 90 }, ["max"]],
    [{ kind: "lognormal", p05: 0, p95: 2 }, ["p05"]],
    [{ kind: "normal", mean: -3, sd: 0 }, ["sd"]],
    [{ kind: "uniform", min: 2, max: 2 }, ["max"]],
    [{ kind: "discrete", values: [1], weights: [0] }, ["weights"]],
    [{ kind: "discrete", values: [1, 2], weights: [3, 1] }, ["weights"]],
    [{ kind: "discrete", values: [1, 2], weights: [0.75, 0.25] }, []],
    [pert, []],
  ] satisfies [Estimate, string[]][])("%o", (estimate, want) => expect(faultsOf(estimate).map((fault) => fault.parameter)).toEqual(want));
});

describe("text and curve", () => {
  it.each([
    [{ kind: "lognormal", p05: 40, p95: 120 }, null, "40 to 120, 9 in 10"],
    [{ kind: "normal", p10: -5, p90: 5 }, "days", "\u22125 to 5\u00a0days, 8 in 10"],
    [pert, null, "20 to 90, likely 40"],
    [{ kind: "beta", alpha: 1, beta: 1 }, null, "0.05 to 0.95, 9 in 10"],
    [{ kind: "discrete", values: [2e5, 4e5], weights: [3, 1] }, "EUR", "€200,000 or €400,000"],
    [{ kind: "normal", mean: -1500, sd: 200 }, "USD", "\u2212$1,500 on average, deviation $200"],
    [{ kind: "point", value: 1250 }, "days", "1,250\u00a0days"],
  ] satisfies [Estimate, string | null, string][])("%o", (estimate, unit, want) => expect(estimateText(estimate, unit)).toBe(want));
  it("draws a curve that rises to 1 at the likely value", () => {
    const points = densityOf(pert, 140);
    const top = points.reduce((a, b) => (a.y > b.y ? a : b));
    expect(top.x).toBeCloseTo(40, 0);
    expect(top.y).toBe(1);
    expect(points[0]?.y).toBe(0);
  });
  it("finds the way something was typed", () => {
    expect(wayOf({ kind: "lognormal", p10: 1, p90: 2 })?.id).toBe("lognormal-80");
    expect(wayOf({ kind: "lognormal", p10: 1 })).toBeNull();
  });
});

describe("distribution functions", () => {
  it("agree with closed forms", () => {
    expect(betaCdf(0.3, 2, 3)).toBeCloseTo(0.3483, 10); // 1 - 0.7^4 - 4 * 0.3 * 0.7^3
    expect(gammaCdf(2, 1)).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(gammaCdf(5, 2)).toBeCloseTo(1 - 6 * Math.exp(-5), 12);
    expect(gammaCdf(0.5, 0.5)).toBeCloseTo(0.682689492137086, 12); // within one deviation of a normal
  });
});

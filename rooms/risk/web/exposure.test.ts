import { describe, expect, it } from "vitest";
import { isEmpty, problemsOf } from "@tiebeam/charts/spec";
import { numberOf } from "@tiebeam/format";
import { yearsOf } from "./draws";
import { addressOf, budgetOf, exceedance, exposureTable, goneFrom, inPlace, movedBy, oneInTen, ranked, scenarioTable, standingOf, switchedOn, timesAgreed, withBought, worstPoint } from "./exposure";
import { apart, quickLook } from "./quick";
import { found, largest } from "./scenarios";
import { anyDraws, exposure, figure } from "./testdata";

const answer = exposure();
const asked = (text: string): URLSearchParams => new URLSearchParams(text);

describe("which controls are on", () => {
  it("are those in place, unless the address says otherwise", () => {
    expect([...switchedOn(asked(""), answer.controls)]).toEqual(["mfa"]);
    expect([...switchedOn(asked("controls=backup,mfa"), answer.controls)].sort()).toEqual(["backup", "mfa"]);
    expect([...switchedOn(asked("controls="), answer.controls)]).toEqual([]);
    expect([...switchedOn(asked("controls=gone,mfa"), answer.controls)]).toEqual(["mfa"]); // a control that was removed since
  });
  it("stand in the address only where they differ from today", () => {
    expect(addressOf(new Set(["mfa"]), answer.controls)).toBeNull();
    expect(addressOf(new Set(), answer.controls)).toBe("");
    const both = addressOf(new Set(["backup", "mfa"]), answer.controls);
    expect([...switchedOn(asked(`controls=${both}`), answer.controls)].sort()).toEqual(["backup", "mfa"]);
  });
  it("that are gone are taken out of the address, the others stay", () => {
    expect(goneFrom("gone,backup,old", answer.controls)).toEqual({ gone: ["gone", "old"], left: "backup" });
    expect(goneFrom("gone,mfa", answer.controls)).toEqual({ gone: ["gone"], left: null }); // as it is today
    expect(goneFrom("gone", answer.controls)).toEqual({ gone: ["gone"], left: null });
    expect(goneFrom("backup", answer.controls).gone).toEqual([]);
  });
  it("stay on when more is bought", () => {
    expect([...withBought(["backup"], answer.controls)].sort()).toEqual(["backup", "mfa"]);
    expect(addressOf(withBought([], answer.controls), answer.controls)).toBeNull();
  });
  it("avoid more or less than those of today, never minus so much more", () => {
    expect(movedBy(answer, figure("risk.chosen.avoided", 9_000))).toMatchObject({ isLess: false, figure: { value: { amount: "9000" } } });
    const less = movedBy(answer, figure("risk.chosen.avoided", -10_100, "EUR", [-12_000, -8_000]));
    expect(less).toMatchObject({ isLess: true, figure: { key: "risk.chosen.avoided.less", unit: "EUR", interval: { low: 8_000, high: 12_000 } } });
    expect(less && numberOf(less.figure.value)).toBe(10_100);
    expect(movedBy(answer, figure("risk.chosen.avoided", 0))).toBeNull();
  });
  it("a budget is an amount above 0", () => {
    expect(["200000", "200 000", "200,000", "200.000", "€100k", "1.2m", "0", "plenty", "-5", "1e9", ""].map(budgetOf)).toEqual([200000, 200000, 200000, 200000, 100000, 1200000, null, null, null, null, null]);
    expect(budgetOf(null)).toBeNull();
  });
});

describe("how it stands against what was agreed", () => {
  it("is said of the point that is missed by most", () => {
    expect(standingOf(answer)).toBe("breach");
    const worst = worstPoint(answer);
    expect(worst?.id).toBe("bad");
    expect(worst && timesAgreed(worst)).toBeCloseTo(2, 9);
  });
  it("is within, unset, too close to tell, or not known", () => {
    const all = (verdict: "within" | "undecided") => ({ ...answer, appetite: answer.appetite.map((point) => ({ ...point, verdict })) });
    expect(standingOf(all("within"))).toBe("within");
    expect(worstPoint(all("within"))).toBeNull();
    expect(standingOf({ ...all("within"), appetite: [...all("within").appetite, ...all("undecided").appetite] })).toBe("undecided");
    expect(standingOf({ ...answer, appetite: [] })).toBe("unset");
    expect(standingOf({ ...answer, status: "empty" })).toBe("empty");
    expect(standingOf({ ...answer, status: "unfinished" })).toBe("unfinished");
  });
});

describe("the front of the room as charts", () => {
  it("draws today, without controls and chosen, each in its look", () => {
    const today = answer.curves[0];
    const spec = exceedance(answer, today ? { ...today, id: "chosen" } : null);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.curves.map((one) => [one.id, one.look])).toEqual([["today", "actual"], ["bare", "previous"], ["chosen", "chosen"]]);
    expect(spec.agreed.map((point) => point.loss)).toEqual([500_000, 3_000_000, 8_000_000]);
    expect(oneInTen(answer, "1 in 10")).toEqual({ loss: 2_900_000, probability: 0.1, text: "1 in 10" });
  });
  it("leaves a line out that would lie under another, and puts others over the same losses", () => {
    const today = answer.curves[0];
    if (!today) throw new Error("no curve");
    expect(exceedance({ ...answer, curves: [today, { ...today, id: "bare" }] }, null).curves).toHaveLength(1);
    const half = { ...today, id: "chosen", loss: today.loss.filter((_, i) => i % 2 === 0), probability: today.probability.filter((_, i) => i % 2 === 0) };
    const spec = exceedance(answer, half);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.curves[2]?.values[4]).toBe(today.probability[4]);
  });
  it("names its cells as the program does", () => {
    for (const spec of [scenarioTable(answer, (id) => id, 3), exposureTable(answer, "services", (id) => id), exposureTable(answer, "priorities", (id) => id)]) {
      expect(problemsOf(spec)).toEqual([]);
      expect(isEmpty(spec)).toBe(false);
    }
    expect(scenarioTable(answer, (id) => id, 3).rows).toHaveLength(3);
    expect(exposureTable(answer, "services", (id) => id).columns.map((column) => column.id)).toEqual(["mean", "p90", "disruption_a_day"]);
    expect(exposureTable(answer, "services", (id) => id).source.key).toBe("risk.services");
  });
  it("puts first what returns most, and last what has no price", () => {
    const free = { ...answer.controls[0], id: "free", per_euro: figure("risk.controls[free].per_euro", null, "times") } as (typeof answer.controls)[number];
    expect(ranked([...answer.controls, free]).map((row) => row.id)).toEqual(["backup", "mfa", "failover", "free"]);
  });
});

describe("a quick look", () => {
  const draws = anyDraws(9, { draws: 400 });
  const named = { ...draws, controls: draws.controls.map((control, i) => ({ ...control, id: ["mfa", "backup", "failover", "x"][i] ?? "" })) };
  const years = yearsOf(named);
  it("says nothing while the switches stand as they are in place", () => expect(quickLook(years, answer, inPlace(answer.controls))).toBeNull());
  it("is lower with a control more, higher with one less, and never above certain", () => {
    const today = numberOf(answer.figures[0]?.value ?? null) ?? 0;
    const more = quickLook(years, answer, new Set(["mfa", "backup", "failover"]));
    const less = quickLook(years, answer, new Set());
    expect(numberOf(more?.mean.value ?? null)).toBeLessThanOrEqual(today);
    expect(numberOf(less?.mean.value ?? null)).toBeGreaterThanOrEqual(today);
    for (const look of [more, less]) expect(look?.curve.probability.every((chance, i, all) => chance >= 0 && chance <= 1 && (i === 0 || chance <= (all[i - 1] ?? 1)))).toBe(true);
    expect(more?.mean.trail.notes?.[0]).toMatch(/quick look/);
  });
  it("is told from the confirmed figure only where people would notice", () => {
    expect(apart(figure("a", 100), figure("b", 101.9))).toBe(false);
    expect(apart(figure("a", 100), figure("b", 103))).toBe(true);
    expect(apart(null, figure("b", 103))).toBe(false);
  });
});

describe("the list of scenarios", () => {
  it("is found by every word, in name, sentence, owner or service", () => {
    expect(found(answer.scenarios, "order days", "").map((row) => row.id)).toEqual(["outage"]);
    expect(found(answer.scenarios, "dana", "erp")).toHaveLength(4);
    expect(found(answer.scenarios, "", "shop")).toHaveLength(0);
    expect(largest(answer.scenarios)).toBe(420_000);
  });
});

import { describe, expect, it } from "vitest";
import type { Figure } from "@tiebeam/model";
import { agreedBy, badYear, chosenIn, chosenText, curveSpec, groupsOf, labelOf, paramsOf, peopleOf, pointTexts, rangesOf, readPoints, revenueOf, toggled, typedPoint, type Evidence, type Starter, type Starters, type SuggestedRange, type Together } from "./starters";

const figure = (key: string, value: number | null): Figure => ({
  key, label: key, value: value === null ? null : { amount: String(value), currency: "EUR" }, unit: "money", interval: null, n: null, as_of: "2026-11-22T00:00:00Z",
  status: value === null ? "too_few" : "ok", reason: null, trail: { formula: "", method: "", version: 1, seed: null, inputs: [] },
});
const range = (...evidence: Evidence[]): SuggestedRange => ({
  estimate: "1..2", evidence: "judgement", evidence_words: "", sources: [],
  parts: evidence.map((one, i) => ({ what: `part ${i}`, unit: "EUR", figure: figure(`p${i}`, 1), evidence: one, evidence_words: one, sources: [], why: null })),
});
const starter = (id: string, kind: string, often: SuggestedRange, loss: SuggestedRange): Starter => ({
  id, name: id, kind, sentence: "", held: false, chosen: false, frequency: figure("f", 1), every: null, loss: figure("l", 1), mean: figure("m", 1), how_often: often,
  losses: [{ ...loss, field: "response_loss" }], secondary: null, controls: [],
});
const together = (p90: number | null, p95: number | null, p99: number | null): Together => ({
  figures: [["p90", p90], ["p95", p95], ["p99", p99], ["mean", 10]].map(([name, value]) => figure(`risk.starters.together.${String(name)}`, value as number | null)),
  curve: { loss: [1, 10, 100], probability: [0.5, 0.2, 0.01], low: [0.4, 0.1, 0], high: [0.6, 0.3, 0.02] }, trials: 100_000, seed: 1,
});

describe("what is ticked stands in the address", () => {
  it("is read and written", () => {
    const query = new URLSearchParams("chosen=fine,power&people=40");
    expect(chosenIn(query)).toEqual(["fine", "power"]);
    expect(chosenText(["fine", "power"])).toBe("fine,power");
    expect(chosenText([])).toBeNull();
    expect(paramsOf(query)).toEqual({ chosen: "fine,power", people: "40" });
  });
  it("goes on and off, and keeps the others in their order", () => {
    expect(toggled(["a", "b"], "c")).toEqual(["a", "b", "c"]);
    expect(toggled(["a", "b", "c"], "b")).toEqual(["a", "c"]);
  });
});

describe("the three questions", () => {
  it.each([["250", 250], ["1,200", 1200], ["5k", 5000], ["0", null], ["2.5", null], ["many", null], ["-3", null], ["9m", null]])("%s people", (text, value) => expect(peopleOf(text)).toBe(value));
  it.each([["50m", 50e6], ["1.2bn", 1.2e9], ["900 000", 900_000], ["12", null], ["a lot", null], ["-5m", null]])("a revenue of %s", (text, value) => expect(revenueOf(text)).toBe(value));
});

describe("what a starting point rests on", () => {
  it("is judgement only where every part is", () => expect(labelOf(starter("a", "cyber", range("judgement"), range("judgement"))).text).toBe("our judgement"));
  it("says the strongest, and that it is a part", () => {
    expect(labelOf(starter("a", "cyber", range("published"), range("judgement"))).text).toBe("published in part");
    expect(labelOf(starter("a", "cyber", range("published", "judgement"), range("measured"))).text).toBe("measured in part");
    expect(labelOf(starter("a", "cyber", range("measured"), range("measured"))).text).toBe("measured");
  });
  it("names every range", () => expect(rangesOf(starter("a", "cyber", range("judgement"), range("judgement"))).map(([title]) => title)).toEqual(["How often", "Of one event: dealing with it"]));
});

describe("the list", () => {
  it("keeps every starting point, also of a kind it does not know", () => {
    const all = [starter("a", "rules", range("judgement"), range("judgement")), starter("b", "weather", range("judgement"), range("judgement")), starter("c", "cyber", range("judgement"), range("judgement"))];
    expect(groupsOf(all).map((group) => [group.id, group.starters.map((one) => one.id)])).toEqual([["cyber", ["c"]], ["rules", ["a"]], ["other", ["b"]]]);
  });
});

describe("a bad year", () => {
  it("is one in ten where that costs anything", () => expect(badYear(together(5, 8, 20))?.years).toBe("ten"));
  it("is rarer where most years cost nothing", () => {
    expect(badYear(together(0, 8, 20))?.years).toBe("twenty");
    expect(badYear(together(0, 0, 20))?.years).toBe("a hundred");
    expect(badYear(together(0, 0, null))).toBeNull();
    expect(badYear(null)).toBeNull();
  });
});

describe("the curve", () => {
  const answer = (one: Together | null): Starters => ({
    profile: { people: 250, revenue: 50e6, sector: "general", currency: "EUR", said_people: true, said_revenue: true }, recompute: "tiebeam risk starters", sectors: [], starters: [], controls: [], sources: [], together: one, appetite: [],
  });
  it("is none where nothing is ticked", () => expect(curveSpec(answer(null), [], 200)).toBeNull());
  it("stands against the points, the cheaper first", () => {
    const spec = curveSpec(answer(together(1, 2, 3)), [{ years: 50, loss: 90 }, { years: 10, loss: 20 }], 200);
    expect(spec?.losses).toEqual([1, 10, 100]);
    expect(spec?.agreed).toEqual([{ id: "once-in-10", loss: 20, probability: 0.1 }, { id: "once-in-50", loss: 90, probability: 0.02 }]);
  });
});

describe("points of appetite, as typed", () => {
  it("are texts the program takes", () => {
    const read = readPoints([{ loss: "200k", years: "10" }, { loss: "2m", years: "50" }]);
    expect(read.map((one) => one.fault)).toEqual([null, null]);
    expect(pointTexts(read)).toEqual(["200000@10", "2000000@50"]);
  });
  it("begin with those on record, by who agreed to all of them", () => {
    expect([{ amount: 1_000_000, years: 10 }, { amount: 2e5, years: 1 / 0.07 }, { amount: 6e6, years: 99.99999999999999 }].map(typedPoint)).toEqual([{ loss: "1m", years: "10" }, { loss: "200k", years: "14.29" }, { loss: "6m", years: "100" }]);
    expect(agreedBy([{ by: "ada" }, { by: "ada" }])).toBe("ada");
    expect(agreedBy([{ by: "ada" }, { by: null }])).toBe("");
    expect(agreedBy([])).toBe("");
  });
  it("leave an empty one out", () => expect(pointTexts(readPoints([{ loss: "200k", years: "10" }, { loss: "", years: " " }]))).toEqual(["200000@10"]));
  it.each([
    [{ loss: "", years: "10" }, /amount/], [{ loss: "0", years: "10" }, /amount/], [{ loss: "much", years: "10" }, /amount/], [{ loss: "1m", years: "" }, /years/], [{ loss: "1m", years: "0" }, /years/], [{ loss: "1m", years: "2000" }, /years/],
  ])("%o is refused in words", (point, words) => expect(readPoints([point])[0]?.fault).toMatch(words));
  it("a dearer year is rarer", () => {
    expect(readPoints([{ loss: "200k", years: "10" }, { loss: "2m", years: "5" }])[1]?.fault).toMatch(/rarer/);
    expect(readPoints([{ loss: "200k", years: "10" }, { loss: "100k", years: "50" }])[1]?.fault).toMatch(/cost more/);
  });
});

import { describe, expect, it } from "vitest";
import type { RecordData, RecordTypeInfo } from "@tiebeam/model";
import { fromDraft, toDraft, type Draft } from "@tiebeam/records/draft";
import { badOf, lineOf, oftenOf, rateOf, readAmount, readBad, readChance, readMoney, readOften, saidOf, type Bad, type Often } from "./ranges";
import { faultsOfPreview, previewParams, scenarioWords } from "./scenarioWords";

const often = (low: string, high: string, per: "every" | "times" = "every", exact = false): Often => ({ low: { text: low, per }, high: { text: high, per }, exact });
const bad = (low: string, high: string, likely = "", exact = false): Bad => ({ low, likely, high, exact });

describe("amounts as people write them", () => {
  it.each([["80k", 80_000], ["€1.2m", 1_200_000], ["900 000", 900_000], ["1,250.50", 1250.5], ["2.5 million", 2_500_000], ["0.29m", 290_000], ["3bn", 3e9], ["7", 7], ["-5", -5]])("%s", (text, value) => expect(readAmount(text)).toBe(value));
  it.each(["", "12,5", "much", "1e400", "NaN", "Infinity", "k", "1.2.3", "--4"])("'%s' is none", (text) => expect(readAmount(text)).toBeNull());
  it.each([["200.000", 200_000], ["€1.200.000", 1_200_000], ["200.000 EUR", 200_000], ["1.234m", 1_234_000], ["1.25", 1.25], ["0.250", 0.25], ["1,250.50", 1250.5], ["12.3456", 12.3456], ["80k", 80_000]])("of money: %s", (text, value) => expect(readMoney(text)).toBe(value));
  it.each(["1.20.000", "200.000,50", "12,5"])("of money: '%s' is none", (text) => expect(readMoney(text)).toBeNull());
});

describe("how often", () => {
  it("is a rate a year, in years or in times", () => {
    expect(rateOf({ text: "20", per: "every" })).toBeCloseTo(0.05, 12);
    expect(rateOf({ text: "3", per: "times" })).toBe(3);
    expect(rateOf({ text: "1 in 14", per: "times" })).toBeCloseTo(1 / 14, 12);
    expect(saidOf(0.05)).toEqual({ text: "20", per: "every" });
    expect(saidOf(1 / 3)).toEqual({ text: "3", per: "every" });
    expect(saidOf(2.5)).toEqual({ text: "2.5", per: "times" });
  });
  it("becomes a range that holds 9 times in 10", () => expect(readOften(often("20", "2.5")).estimate).toEqual({ kind: "lognormal", p05: 0.05, p95: 0.4 }));
  it("refuses ends that are exchanged, missing, no number or never", () => {
    expect(readOften(often("3", "20")).faults[0]).toMatchObject({ at: "high" });
    expect(readOften(often("3", "")).faults[0]?.message).toMatch(/missing/);
    expect(readOften(often("rarely", "2")).faults[0]).toMatchObject({ at: "low", message: "“rarely” is not a number" });
    expect(readOften(often("0", "2", "times")).faults[0]?.hint).toMatch(/once in 1000/);
    expect(readOften(often("0", "2")).faults).not.toHaveLength(0); // once in 0 years
    expect(readOften(often("-1", "2", "times")).faults[0]?.at).toBe("low");
  });
  it("asks whether equal ends are known exactly", () => {
    expect(readOften(often("4", "4"))).toMatchObject({ estimate: null, asksExact: true });
    expect(readOften(often("4", "4", "every", true)).estimate).toEqual({ kind: "point", value: 0.25 });
  });
  it("remarks what is narrow or absurd, and lets it stand", () => {
    expect(readOften(often("10", "9")).remark).toMatch(/narrow/);
    expect(readOften(often("100000", "2")).remark).toMatch(/20,000/);
    expect(readOften(often("20", "2")).remark).toBeNull();
  });
});

describe("how bad", () => {
  it("is a range, with a likely value a range with ends", () => {
    expect(readBad(bad("80k", "900k")).estimate).toEqual({ kind: "lognormal", p05: 80_000, p95: 900_000 });
    expect(readBad(bad("80.000", "900.000")).estimate).toEqual({ kind: "lognormal", p05: 80_000, p95: 900_000 });
    expect(readBad(bad("0", "900k", "50k")).estimate).toEqual({ kind: "pert", min: 0, mode: 50_000, max: 900_000 });
  });
  it("refuses each end beside itself, with both values", () => {
    expect(readBad(bad("900k", "80k")).faults[0]?.message).toContain("80k");
    expect(readBad(bad("80k", "900k", "1m")).faults[0]).toMatchObject({ at: "likely" });
    expect(readBad(bad("80k", "900k", "10k")).faults[0]).toMatchObject({ at: "likely" });
    expect(readBad(bad("0", "900k")).faults[0]?.hint).toMatch(/smallest loss/);
    expect(readBad(bad("-3", "900k")).faults[0]?.at).toBe("low");
    expect(readBad(bad("1e308", "9")).faults).not.toHaveLength(0);
    expect(readBad(bad("5", "5"))).toMatchObject({ asksExact: true, estimate: null });
    expect(readBad(bad("5", "5", "", true)).estimate).toEqual({ kind: "point", value: 5 });
  });
  it("is not given while nothing is typed", () => expect(readBad(bad("", ""))).toMatchObject({ estimate: null, faults: [] }));
});

describe("chances", () => {
  it.each([["20", 0.2], ["20%", 0.2], ["1 in 5", 0.2], ["0.5%", 0.005], ["100", 1], ["0", 0]])("%s", (text, share) => expect(readChance(text)).toEqual({ share }));
  it("asks what 0.2 means, and refuses more than always", () => {
    expect(readChance("0.2")).toMatchObject({ hint: "write 20% or 0.2%" });
    expect(readChance("170")).toHaveProperty("message");
    expect(readChance("1 in 0")).toHaveProperty("message");
  });
});

const field = (name: string, kind: "text" | "estimate" | "choice"): RecordTypeInfo["fields"][number] => ({ name, kind, required: name === "name", min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null });
const type: RecordTypeInfo = {
  name: "scenario", title: "Risk scenario", plural: "risk scenarios", room: "risk", help: "", derived: false,
  fields: [field("name", "text"), field("law", "choice"), field("frequency", "estimate"), field("contact", "estimate"), field("primary_loss", "estimate"), field("secondary_probability", "estimate"), field("effect", "text")],
};
const open = (record: RecordData | null): Draft => {
  const plain = toDraft(type, record, "EUR");
  return { ...plain, ...scenarioWords.begin(record, plain) };
};
const save = (draft: Draft, record: RecordData | null) => scenarioWords.read(draft, record, fromDraft(type, draft, record));
const stored = { id: "x", name: "Fire", version: 2, law: "poisson", frequency: { kind: "lognormal", p05: 1 / 3, p95: 0.7 }, contact: null, primary_loss: { kind: "pert", min: 1, mode: 2, max: 9 }, secondary_probability: null, effect: "stops" } as unknown as RecordData;

describe("a scenario in the form", () => {
  it("keeps what nobody touched to its last digit", () => {
    expect(save(open(stored), stored).data["frequency"]).toEqual({ kind: "lognormal", p05: 1 / 3, p95: 0.7 });
    expect(save({ ...open(stored), effect: "burns" }, stored).data).toMatchObject({ effect: "burns", primary_loss: { kind: "pert", min: 1, mode: 2, max: 9 } });
  });
  it("sends what was typed, and says what cannot be meant beside its field", () => {
    const draft = { ...open(null), name: "Fire", often_low: "20", often_high: "2", bad_low: "10k", bad_high: "4k" };
    const read = save(draft, null);
    expect(read.data["frequency"]).toEqual({ kind: "lognormal", p05: 0.05, p95: 0.5 });
    expect(read.faults).toEqual([expect.objectContaining({ field: "primary_loss", pointer: "/primary_loss/high" })]);
  });
  it("leaves another shape as it is", () => {
    const gamma = { ...stored, frequency: { kind: "gamma", shape: 2, scale: 0.1 } } as unknown as RecordData;
    expect(open(gamma)["often_way"]).toBe("other");
    expect(save(open(gamma), gamma).data["frequency"]).toEqual({ kind: "gamma", shape: 2, scale: 0.1 });
    expect(oftenOf({ kind: "gamma", shape: 2, scale: 0.1 })).toBeNull();
    expect(badOf({ kind: "pert", min: 1, mode: 2, max: 3, lambda: 9 })).toBeNull();
  });
  it("is not saved while the server does not understand a field of it", () => {
    const type = { fields: [{ name: "frequency" }] } as unknown as RecordTypeInfo;
    const errors = [{ field: "frequency", found: "a rate below 0", hint: "use pert" }, { field: "insurance", found: "in another currency", hint: "" }];
    expect(faultsOfPreview({ errors }, type)).toEqual([{ field: "frequency", pointer: "/frequency", message: "A rate below 0", hint: "use pert" }]);
  });
  it("asks for a preview once both can be meant", () => {
    expect(previewParams(open(null), null)).toBeNull();
    expect(previewParams({ ...open(null), often_low: "20", often_high: "2", bad_low: "10k", bad_high: "40k" }, null)).toEqual({ frequency: "lognormal p05=0.05 p95=0.5", primary_loss: "lognormal p05=10000 p95=40000" });
    expect(previewParams(open(stored), "x")).toMatchObject({ id: "x", law: "poisson", primary_loss: "pert min=1 mode=2 max=9", contact: [""], secondary_loss: [""] });
    expect(previewParams({ ...open(null), common_cause: "power-cut", bad_low: "10k", bad_high: "40k" }, null)).toEqual({ common_cause: "power-cut", primary_loss: "lognormal p05=10000 p95=40000" });
    expect(lineOf({ kind: "discrete", values: [0, 100], weights: [0.8, 0.2] })).toBe("discrete 0=0.8 100=0.2");
  });
});

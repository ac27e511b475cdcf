import { describe, expect, it } from "vitest";
import { emptyFive, estimateOf, faultsOf, previewOf, readAmount, recordsOf, type Five, type Three } from "./five";

const three = (low: string, likely: string, high: string, sure = false): Three => ({ low, likely, high, sure });
const five: Five = { name: "Credit flow", benefit: three("60k", "150k", "300k"), cost: three("80,000", "100 000", "€140k"), starts: "2026-12-01" };

describe("amounts", () => {
  it.each([["80k", 80_000], ["1.2m", 1_200_000], ["€80,000", 80_000], ["1 250.50", 1250.5], ["-3", -3], ["\u2212€5k", -5000], ["250 EUR", 250], ["0", 0], [".5m", 500_000]])("%s is read", (text, value) => expect(readAmount(text)).toBe(value));
  it.each(["12,5", "a lot", "", "1.2.3", "80 k k", "1e400"])("%s is not", (text) => expect(readAmount(text)).toBeNull());
});

describe("five fields", () => {
  it("become a question for a first curve", () => {
    expect(faultsOf(five, true)).toEqual([]);
    expect(previewOf(five)).toEqual({ benefit: "pert p05=60000 mode=150000 p95=300000", cost: "pert p05=80000 mode=100000 p95=140000", starts: "2026-12-01" });
  });
  it("say beside the field what cannot be meant", () => {
    const at = (changed: Partial<Five>) => faultsOf({ ...five, ...changed }, true).map((fault) => fault.field);
    expect(at({ benefit: three("200k", "150k", "300k") })).toEqual(["benefit.low"]);
    expect(at({ cost: three("80k", "150k", "140k") })).toEqual(["cost.high"]);
    expect(at({ cost: three("-5", "1", "2") })).toEqual(["cost.low"]);
    expect(at({ benefit: three("ten", "150k", "300k") })).toEqual(["benefit.low"]);
    expect(at({ starts: "soon" })).toEqual(["starts"]);
    expect(at({ name: " " })).toEqual(["name"]);
    expect(previewOf({ ...five, cost: three("80k", "150k", "140k") })).toBeNull();
  });
  it("ask whether equal ends are meant, and take yes for an answer", () => {
    const known = three("100k", "100k", "100k");
    expect(faultsOf({ ...five, cost: known }, true)).toMatchObject([{ field: "cost.high", confirm: true }]);
    expect(estimateOf("cost", known)).toBeNull();
    expect(estimateOf("cost", { ...known, sure: true })).toEqual({ kind: "point", value: 100_000 });
  });
  it("complain of nothing while they are empty, and of all when saved", () => {
    expect(faultsOf(emptyFive("2026-12-01"), false)).toEqual([]);
    expect(faultsOf(emptyFive(""), true).map((fault) => fault.field)).toEqual(["name", "benefit.low", "benefit.likely", "benefit.high", "cost.low", "cost.likely", "cost.high", "starts"]);
  });
  it("become one record that is whole alone, and who gave its estimates", () => {
    const writes = recordsOf(five, { person: "dana", day: "2026-11-21" });
    expect(writes.map((write) => write.type)).toEqual(["initiative", "assumption", "assumption"]);
    expect(writes[0]?.fields({})).toMatchObject({ name: "Credit flow", starts: "2026-12-01", benefit_a_year: { kind: "pert", p05: 60_000, mode: 150_000, p95: 300_000 }, one_off_cost: { kind: "pert", p05: 80_000, mode: 100_000, p95: 140_000 } });
    expect(writes[1]?.fields({ initiative: "credit-flow" })).toMatchObject({ initiative: "credit-flow", input: "benefit_a_year.change", given_by: "dana" });
    expect(recordsOf(five, null)).toHaveLength(1);
  });
});

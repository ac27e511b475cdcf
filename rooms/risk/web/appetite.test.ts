import { describe, expect, it } from "vitest";
import { amountWords, chanceWords, dragged, isGood, moneyOf, readPairs, splitPair, suggested, type Pair } from "./appetite";
import { meet, pairOf, type StoredPoint } from "./saveAppetite";

const pair = (loss: string, chance: string): Pair => ({ id: "", key: loss + chance, name: "", loss, chance });

describe("what is tolerated, as it is typed", () => {
  it.each([
    ["€2.5m: 1 in 14", "€2.5m", "1 in 14"], ["2.5m 7%", "2.5m", "7%"], ["80k, 1 in 5", "80k", "1 in 5"], ["3m in at most 5%", "3m", "5%"], ["900 000 1/20", "900 000", "1/20"],
  ])("'%s' is two things", (text, loss, chance) => expect(splitPair(text)).toEqual({ loss, chance }));
  it("leaves one thing alone", () => expect(splitPair("2.5m")).toBeNull());

  it("reads each pair", () => {
    const read = readPairs([pair("€500k", "50%"), pair("2.5m", "1 in 14")]);
    expect(isGood(read)).toBe(true);
    expect(read[1]).toMatchObject({ loss: 2_500_000, probability: 1 / 14 });
  });
  it("refuses a dearer year that is not rarer, in whatever order they stand", () => {
    expect(readPairs([pair("500k", "10%"), pair("2m", "20%")])[1]?.faults.chance).toMatch(/rarer/);
    expect(readPairs([pair("2m", "20%"), pair("500k", "10%")])[0]?.faults.chance).toMatch(/rarer/);
    expect(readPairs([pair("2m", "20%"), pair("2m", "10%")])[1]?.faults.loss).toMatch(/twice/);
    expect(readPairs([pair("500k", "10%"), pair("2m", "10%")])[1]?.faults.chance).toMatch(/rarer/);
  });
  it("refuses what is no amount, no chance, never or always", () => {
    for (const [loss, chance, at] of [["much", "10%", "loss"], ["", "10%", "loss"], ["0", "10%", "loss"], ["2m", "", "chance"], ["2m", "170%", "chance"], ["2m", "100%", "chance"], ["2m", "0%", "chance"], ["2m", "0.05", "chance"]] as const)
      expect(readPairs([pair(loss, chance)])[0]?.faults, `${loss} ${chance}`).toHaveProperty(at);
  });
});

describe("words of a point", () => {
  it("are as short as they can be without loss", () => {
    expect([2_500_000, 80_000, 1250, 12_345_678].map(amountWords)).toEqual(["2.5m", "80k", "1250", "12.345678m"]);
    expect([1 / 14, 0.05, 0.07, 0.5, 0.55].map(chanceWords)).toEqual(["1 in 14", "1 in 20", "7%", "1 in 2", "55%"]);
    expect(moneyOf(2_500_000, "EUR")).toEqual({ amount: "2500000", currency: "EUR" });
  });
  it("of a dragged point are round, and read back", () => {
    expect(dragged({ loss: 2_513_000, probability: 0.0712 })).toEqual({ loss: "2.5m", chance: "1 in 14" });
    expect(dragged({ loss: 80_400, probability: 0.613 })).toEqual({ loss: "80k", chance: "61%" });
    expect(dragged({ loss: 7.13e6, probability: 0.00613 })).toEqual({ loss: "7.1m", chance: "1 in 160" });
    expect(isGood(readPairs([pair("2.5m", "1 in 14"), pair("7.1m", "1 in 160")]))).toBe(true);
  });
  it("begin below what is today", () => expect(suggested([[0.5, 600_000], [0.1, 3_000_000], [0.01, null]]).map(({ loss, chance }) => [loss, chance])).toEqual([["420k", "50%"], ["2.1m", "1 in 10"]]));
});

describe("two people at one appetite", () => {
  const point = (id: string, loss: number, probability: number, name = id): StoredPoint => ({ id, name, loss: { amount: `${loss}.00`, currency: "EUR" }, probability, set_by: "ada", version: 1 });
  const [bad, worst] = [point("bad", 1_000_000, 0.1), point("worst", 6_000_000, 0.01)];
  const before = [bad, worst];
  const typed = before.map(pairOf);
  const mine = typed.map((one) => (one.id === "bad" ? { ...one, loss: "1.2m" } : one));

  it("takes what the other changed and keeps what was typed", () => {
    const met = meet(before, [bad, point("worst", 7_000_000, 0.01)], mine);
    expect(met.pairs.map((one) => one.loss)).toEqual(["1.2m", "7m"]);
    expect([...met.meanwhile]).toEqual([["worst", { is: "changed" }]]);
  });
  it("shows both where both changed one point", () => {
    const met = meet(before, [point("bad", 900_000, 0.1), worst], mine);
    expect(met.pairs[0]?.loss).toBe("1.2m");
    expect(met.meanwhile.get("bad")).toMatchObject({ is: "theirs", theirs: { loss: "900k", chance: "1 in 10" } });
  });
  it("does not ask about what both changed alike", () => expect(meet(before, [point("bad", 1_200_000, 0.1), worst], mine).meanwhile.size).toBe(0));
  it("shows a point that was added, and keeps one's own new one", () => {
    const met = meet(before, [...before, point("usual", 200_000, 0.5)], [...mine, pair("9m", "1 in 500")]);
    expect(met.pairs.map((one) => one.loss)).toEqual(["1.2m", "6m", "9m", "200k"]);
    expect(met.meanwhile.get("usual")).toEqual({ is: "added" });
  });
  it("lets a point go that the other took out, unless it was changed here", () => {
    expect(meet(before, [bad], mine)).toMatchObject({ gone: ["worst"], pairs: [{ id: "bad", loss: "1.2m" }] });
    const met = meet(before, [worst], mine);
    expect(met.pairs.map((one) => [one.id, one.loss])).toEqual([["", "1.2m"], ["worst", "6m"]]);
    expect(met.meanwhile.get("bad")).toEqual({ is: "gone" });
  });
  it("brings back a point that was taken out here and changed there", () => {
    expect(meet(before, [bad, point("worst", 7_000_000, 0.01)], typed.slice(0, 1)).pairs.map((one) => one.loss)).toEqual(["1m", "7m"]);
    expect(meet(before, before, typed.slice(0, 1)).pairs).toHaveLength(1); // what nobody touched stays taken out
  });
});

import { describe, expect, it } from "vitest";
import type { FieldInfo, FieldKind } from "@tiebeam/model";
import { groupDigits, moneyText, percentOf, plainNumber, shiftPoint } from "./digits";
import { fieldNamed, isLocked, isLong, sameValue, textOf } from "./values";
import { counted, fieldLabel, inSentence, isSlug, slugify, withArticle } from "./words";

function field(name: string, kind: FieldKind, more: Partial<FieldInfo> = {}): FieldInfo {
  return { name, kind, required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null, ...more };
}
const options = { currency: "EUR", day: (iso: string) => `day ${iso}`, instant: (iso: string) => `at ${iso}`, name: (_: string, id: string) => (id === "ann" ? "Ann Berg" : null) };

describe("numbers as written", () => {
  it.each([
    ["1250000.50", "1,250,000.50"], ["-1234", "\u22121,234"], ["12", "12"], ["odd", "odd"],
  ])("groups %s", (text, want) => expect(groupDigits(text)).toBe(want));
  it.each([
    ["0.29", 2, "29"], ["0.005", 2, "0.5"], ["1e-7", 2, "0.00001"], ["100", -2, "1"], ["-0.8", 2, "-80"], ["1e21", 0, "1000000000000000000000"], ["-0", 0, "0"],
  ])("moves the point of %s by %i", (text, places, want) => expect(shiftPoint(text, places)).toBe(want));
  it("never rounds", () => {
    expect(plainNumber(0.1 + 0.2)).toBe("0.30000000000000004");
    expect(percentOf(0.29)).toBe("29%");
    expect(plainNumber(1e-7)).toBe("0.0000001");
  });
  it.each([
    [{ amount: "1250000.00", currency: "EUR" }, "€1,250,000"], [{ amount: "-99.50", currency: "USD" }, "\u2212$99.50"], [{ amount: "5", currency: "SEK" }, "SEK\u00a05"],
  ])("shows money %j", (money, want) => expect(moneyText(money)).toBe(want));
});

describe("values as text", () => {
  it.each([
    [field("stage", "choice"), "three_to_five_years", "three to five years"],
    [field("side", "choice"), "it", "IT"],
    [field("p", "fraction"), 0.8, "80%"],
    [field("wip", "integer", { unit: "items" }), 12, "12\u00a0items"],
    [field("champion", "boolean"), false, "no"],
    [field("starts", "day"), "2027-01-01", "day 2027-01-01"],
    [field("owner", "reference", { refers_to: "person" }), "ann", "Ann Berg"],
    [field("members", "references", { refers_to: "person" }), ["ann", "bo"], "Ann Berg, bo"],
    [field("cost", "estimate"), { kind: "lognormal", p05: 80000, p95: 140000 }, "€80,000 to €140,000, 9 in 10"],
    [field("duration", "estimate", { unit: "days" }), { kind: "pert", min: 60, mode: 90, max: 200 }, "60 to 200\u00a0days, likely 90"],
    [field("adoption", "estimate"), { kind: "uniform", min: 0.2, max: 0.9 }, "0.2 to 0.9, equally likely"],
    [field("notes", "text"), null, ""],
  ])("%o", (info, value, want) => expect(textOf(info, value, options)).toBe(want));
  it("names the month that a fiscal year starts in", () => expect([1, 7].map((month) => textOf({ ...fieldNamed([], "fiscal_year_starts", month) }, month, options))).toEqual(["January", "July"]));
  it("knows what deserves more than a line", () => {
    expect(isLong(field("state_map", "text"))).toBe(true);
    expect(isLong(field("role", "text"), "COO")).toBe(false);
    expect(isLong(field("role", "text"), "a\nb")).toBe(true);
  });
  it("takes nothing, an empty text and an empty list as the same", () => {
    expect(sameValue(null, [])).toBe(true);
    expect(sameValue({ kind: "pert", min: 1, mode: 2, max: 3 }, { max: 3, kind: "pert", min: 1, mode: 2 })).toBe(true);
    expect(sameValue(["a", "b"], ["b", "a"])).toBe(false);
  });
  it("locks what an import says, not what people add", () => {
    const item = { id: "inc1", name: "INC1", version: 0, created: "2016-01-01T00:00:00Z", done: null };
    expect(isLocked(true, field("created", "instant"), item)).toBe(true);
    expect(isLocked(true, field("done", "instant"), item)).toBe(false);
    expect(isLocked(true, field("initiative", "reference"), item)).toBe(false);
    expect(isLocked(false, field("created", "instant"), item)).toBe(false);
  });
});

describe("words", () => {
  it("names fields", () => {
    expect(fieldLabel("it_owner")).toBe("IT owner");
    expect(fieldLabel("cost_a_quarter")).toBe("Cost a quarter");
    expect(withArticle("Initiative")).toBe("an initiative");
    expect(withArticle("KPI")).toBe("a KPI");
    expect(inSentence("Value stream")).toBe("value stream");
    expect(counted(1, "Priority", "priorities", String)).toBe("1 priority");
    expect(counted(0, "Priority", "priorities", String)).toBe("0 priorities");
  });
  it("suggests ids as the store would", () => {
    expect(slugify("Order to cash")).toBe("order-to-cash");
    expect(slugify("  Zürich: büro!  ")).toBe("zurich-buro");
    expect(slugify("???")).toBe("");
    expect(slugify("a".repeat(200))).toHaveLength(80);
    expect(isSlug("-a")).toBe(false);
    expect(isSlug("a.b_c-1")).toBe(true);
  });
});

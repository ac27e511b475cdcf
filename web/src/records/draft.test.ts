import { describe, expect, it } from "vitest";
import type { FieldInfo, FieldKind, Problem, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { differences, merged, proposed } from "./conflict";
import { estimateOf, faultsFrom, fromDraft, readNumber, toDraft, type EstimateDraft } from "./draft";

function field(name: string, kind: FieldKind, more: Partial<FieldInfo> = {}): FieldInfo {
  return { name, kind, required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null, ...more };
}
const type: RecordTypeInfo = {
  name: "thing", title: "Thing", plural: "things", room: "kernel", help: "", derived: false,
  fields: [
    field("id", "text", { kept: true }), field("name", "text", { required: true }), field("notes", "text"), field("tags", "list"),
    field("owner", "reference", { refers_to: "person" }), field("version", "integer", { kept: true }),
    field("count", "integer", { min: 0, max: 10 }), field("chance", "fraction"), field("cost", "money"), field("long", "estimate"),
    field("at", "instant"), field("good", "boolean"), field("members", "references", { refers_to: "person" }),
  ],
};
const record: RecordData = {
  id: "one", name: "One", version: 3, notes: null, tags: ["a"], owner: "ann", count: 7, chance: 0.29, cost: { amount: "1250.00", currency: "SEK" },
  long: { kind: "pert", min: 20, mode: 40, max: 90 }, at: "2026-11-20T08:00:12.345Z", good: null, members: ["ann", "bo"],
};

describe("a form", () => {
  it("gives back what it was given, to the last digit, when nothing is touched", () => {
    const { data, faults } = fromDraft(type, toDraft(type, record, "EUR"), record);
    expect(faults).toEqual([]);
    const { id: _id, version: _version, ...own } = record;
    expect(data).toEqual(own);
  });
  it("reads what was typed", () => {
    const draft = { ...toDraft(type, record, "EUR"), count: "1,0", chance: "35%", cost: { amount: "1,250.5", currency: "EUR" }, at: "2026-11-20T09:30", tags: [], good: true };
    draft.count = "3";
    const { data, faults } = fromDraft(type, draft, record);
    expect(faults).toEqual([]);
    expect(data).toMatchObject({ count: 3, chance: 0.35, cost: { amount: "1250.5", currency: "EUR" }, at: "2026-11-20T09:30:00Z", tags: [], good: true });
  });
  it("collects every fault beside its field", () => {
    const long: EstimateDraft = { way: "pert", parameters: { min: "20", mode: "10", max: "90" }, points: [] };
    const draft = { ...toDraft(type, record, "EUR"), name: " ", count: "11", chance: "120", cost: { amount: "a lot", currency: "EUR" }, long };
    expect(fromDraft(type, draft, record).faults.map((fault) => fault.pointer)).toEqual(["/name", "/count", "/chance", "/cost", "/long/mode"]);
  });
  it("suggests an id and takes what a link prefilled", () => {
    const draft = toDraft(type, null, "EUR", { name: "Order to cash", tags: "a; b" });
    expect(draft).toMatchObject({ id: "order-to-cash", tags: ["a", "b"], cost: { amount: "", currency: "EUR" } });
    expect(fromDraft(type, { ...draft, id: "No way" }, null).faults.map((fault) => fault.field)).toEqual(["id"]);
  });
  it("leaves an estimate of which nothing was said empty", () => {
    const draft = { ...toDraft(type, null, "EUR", { name: "A" }), long: { way: "pert", parameters: { min: "" }, points: [] } };
    expect(fromDraft(type, draft, null)).toMatchObject({ faults: [], data: { long: null } });
    expect(estimateOf({ way: "discrete", parameters: {}, points: [{ value: "0", weight: "0.8" }, { value: "100", weight: "0.2" }, { value: "", weight: "" }] }))
      .toEqual({ kind: "discrete", values: [0, 100], weights: [0.8, 0.2] });
  });
  it("puts faults of the server beside their fields", () => {
    const problem = { type: "", title: "Invalid", status: 422, detail: "2 things", instance: "r", code: "record.invalid", hint: null, errors: [
      { pointer: "/long/max", code: "c", message: "max is 1", found: null, hint: null }, { pointer: null, code: "c", message: "whole", found: null, hint: "do" }] } satisfies Problem;
    expect(faultsFrom(problem, type).map(({ field: at, message }) => [at, message])).toEqual([["long", "Max is 1"], ["", "Whole"]]);
    expect(faultsFrom({ ...problem, errors: [] }, type)).toHaveLength(1);
  });
});

describe("numbers as typed", () => {
  it.each([["1,250.5", 1250.5], ["1 250", 1250], ["\u22123", -3], [".5", 0.5], ["12,5", null], ["1,25,0", null], ["", null], ["4 apples", null], ["1e9999", null]])(
    "%s", (text, want) => expect(readNumber(text)).toBe(want));
});

describe("two people changed it", () => {
  const yours = { ...record, name: "Mine", count: 8 };
  const theirs = { ...record, name: "Theirs", chance: 0.5, version: 4 };
  const list = differences(type, record, theirs, yours);
  it("tells who changed what", () => {
    expect(list.map((difference) => [difference.field.name, difference.changed])).toEqual([["name", "both"], ["count", "yours"], ["chance", "theirs"]]);
  });
  it("asks only where both did, and loses nothing", () => {
    expect(proposed(list)).toEqual({ name: null, count: "yours", chance: "theirs" });
    expect(merged(list, { ...proposed(list), name: "theirs" }, yours)).toMatchObject({ name: "Theirs", count: 8, chance: 0.5 });
  });
});

import { describe, expect, it } from "vitest";
import type { FieldInfo, FieldKind, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { chosenColumns, extent, filterFields, nextSort, readState, request } from "./listQuery";

function field(name: string, kind: FieldKind, kept = false): FieldInfo {
  return { name, kind, required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept, initial: null };
}
const type: RecordTypeInfo = {
  name: "thing", title: "Thing", plural: "things", room: "kernel", help: "", derived: false,
  fields: [field("id", "text", true), field("name", "text"), field("notes", "text"), field("owner", "reference"), field("stage", "choice"), field("source", "text"),
    field("from", "reference"), field("starts", "day"), field("problem", "text")],
};
const row = (id: string, more: Record<string, string | null>): RecordData => ({ id, name: id, version: 1, ...more }) as RecordData;

describe("a list's address", () => {
  it("is read back as it was written", () => {
    const state = readState(new URLSearchParams("q=cash&sort=-stage&page=3&stage=idea&columns=starts,gone,name"), type);
    expect(state).toEqual({ q: "cash", sort: { field: "stage", down: true }, page: 3, filters: { stage: "idea" }, columns: ["starts"] });
    expect(request(state)).toEqual({ q: "cash", sort: "-stage", offset: 100, limit: 50, filters: { stage: "idea" } });
  });
  it("ignores what it does not know", () => {
    expect(readState(new URLSearchParams("sort=gone&page=-1&colour=red&from=2026-01-01"), type)).toEqual({ q: "", sort: { field: "name", down: false }, page: 1, filters: {}, columns: null });
    expect(filterFields(type).map((each) => each.name)).toEqual(["owner", "stage"]);
  });
  it("goes up, down and back", () => {
    expect(nextSort({ field: "name", down: false }, "stage")).toBe("stage");
    expect(nextSort({ field: "stage", down: false }, "stage")).toBe("-stage");
    expect(nextSort({ field: "stage", down: true }, "stage")).toBeNull();
  });
});

describe("columns", () => {
  const state = readState(new URLSearchParams(), type);
  it("are those that say something and differ", () => {
    const rows = [row("a", { stage: "idea", source: "x" }), row("b", { stage: "done", source: "x" })];
    expect(chosenColumns(type, rows, state, 1).map((each) => each.name)).toEqual(["stage"]);
    expect(chosenColumns(type, rows, state, 2).map((each) => each.name)).toEqual(["stage", "source"]);
  });
  it("are the first of the type when nothing is filled, never long texts", () => {
    expect(chosenColumns(type, [], state).map((each) => each.name)).toEqual(["stage", "source", "from", "starts", "owner"]);
  });
  it("are those asked for", () => {
    expect(chosenColumns(type, [], readState(new URLSearchParams("columns=starts,stage"), type)).map((each) => each.name)).toEqual(["starts", "stage"]);
    expect(chosenColumns(type, [], readState(new URLSearchParams("columns="), type))).toEqual([]);
  });
  it("share one scale for their bars", () => {
    expect(extent([{ low: 40, high: 120 }, { low: 10, high: 30 }])).toEqual([0, 120]);
    expect(extent([{ low: -5, high: 5 }])).toEqual([-5, 5]);
    expect(extent([])).toBeNull();
  });
});

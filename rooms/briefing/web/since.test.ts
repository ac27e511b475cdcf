import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "@tiebeam/model";
import { changesSince, lastSeen, saveSeen } from "./since";

const entry = (seq: number, op: HistoryEntry["op"], type: string, id: string, fields: Record<string, unknown> = {}, command = "record.set"): HistoryEntry => ({
  seq, op, type, id, command, at: `2026-11-2${seq % 10}T08:00:00Z`, actor: "local",
  fields: Object.entries(fields).map(([field, after]) => ({ field, before: null, after: after as string, erased: false })),
});

describe("what changed since somebody looked", () => {
  it("says one line a record, with all fields that moved, newest first", () => {
    const list = changesSince([entry(5, "set", "priority", "a", { weight: 2 }), entry(7, "set", "priority", "a", { it_owner: "ann" }), entry(6, "add", "decision", "d", { name: "Which?" })], 4, []);
    expect(list.map((one) => [one.id, one.did, one.what])).toEqual([["a", "changed", "priority: weight, IT owner"], ["d", "added", "decision"]]);
    expect(list[1]?.name).toBe("Which?");
  });
  it("leaves out what was seen, what came and went, and what an import brought", () => {
    const list = changesSince([entry(4, "set", "kpi", "old"), entry(5, "add", "kpi", "gone"), entry(6, "remove", "kpi", "gone"), entry(7, "add", "import", "imp_1", { name: "a.csv" }, "import.add"), entry(8, "add", "value_stream", "v", {}, "import.add")], 4, []);
    expect(list.map((one) => [one.type, one.did])).toEqual([["import", "imported"]]);
  });
  it("keeps what was seen, an organisation by itself", () => {
    saveSeen("one", { seq: 9, at: "2026-11-22T08:00:00Z" });
    expect(lastSeen("one")?.seq).toBe(9);
    expect(lastSeen("two")).toBeNull();
    localStorage.setItem("tiebeam.seen.two", "nonsense");
    expect(lastSeen("two")).toBeNull();
  });
});

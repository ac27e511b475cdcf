import { api } from "@tiebeam/api/client";
import type { FieldInfo, RecordTypeInfo } from "@tiebeam/model";
import type { DraftValue, EstimateDraft } from "@tiebeam/records/draft";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Editing } from "./editing.svelte";

const field: FieldInfo = { name: "run_cost_a_year", kind: "estimate", required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null };
const type = { name: "initiative", title: "Initiative", plural: "initiatives", help: "", derived: false, fields: [field] } as unknown as RecordTypeInfo;
const held = { data: { id: "portal", name: "Portal", version: 1, run_cost_a_year: { kind: "point", value: 20000 } }, etag: '"1"' };
const of = (editing: Editing, value: string): DraftValue => ({ ...(editing.value as EstimateDraft), parameters: { value } });

describe("an estimate changed in place", () => {
  afterEach(() => vi.restoreAllMocks());
  it("is stored again when it was changed after who says so could not be written", async () => {
    const stored: unknown[] = [];
    vi.spyOn(api, "update").mockImplementation((_type, _id, fields) => {
      stored.push(fields["run_cost_a_year"]);
      const data = { ...held.data, ...fields, version: 1 + stored.length };
      return Promise.resolve({ data, etag: `"${data.version}"` });
    });
    vi.spyOn(api, "create").mockRejectedValue(new Error("no answer"));
    const editing = new Editing("org", type, field, held, { given_by: "ann", given_on: "2026-11-22", basis: "" }, "EUR");
    const save = async (): Promise<boolean> => (await editing.save()) && editing.saveSource(null, "Running cost", "portal", "run_cost_a_year", null);
    editing.value = of(editing, "21000");
    expect(await save()).toBe(false);
    expect(await save()).toBe(false); // the same again: only who says so
    expect(stored).toEqual([{ kind: "point", value: 21000 }]);
    editing.value = of(editing, "25000");
    expect(await save()).toBe(false);
    expect(stored).toEqual([{ kind: "point", value: 21000 }, { kind: "point", value: 25000 }]);
  });
});

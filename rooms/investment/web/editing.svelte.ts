// One estimate of a case while it is changed in place: what stands in the form, kept in this tab until it is
// saved, and how it is saved without overwriting what somebody else wrote meanwhile.

import { api, ApiProblem, problemOf, type Held } from "@tiebeam/api/client";
import type { FieldInfo, FieldValue, Problem, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { faultsFrom, fromDraft, toDraft, type DraftValue, type Fault } from "@tiebeam/records/draft";
import { draftKey, find, forget, keep } from "@tiebeam/records/kept";

export interface Source {
  given_by: string;
  given_on: string;
  basis: string;
}
const text = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");

export class Editing {
  readonly type: RecordTypeInfo;
  readonly field: FieldInfo;
  value: DraftValue = $state.raw("");
  source: Source = $state({ given_by: "", given_on: "", basis: "" });
  base: Held<RecordData> = $state.raw({ data: { id: "", name: "", version: 0 }, etag: "" });
  faults: readonly Fault[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  conflict: { theirs: RecordData; etag: string; yours: Record<string, FieldValue> } | null = $state.raw(null);
  busy = $state(false);
  restored: string | null = $state(null);
  readonly #currency: string;
  readonly #key: string;
  readonly #clean: string;
  #stored: string | null = null; // the value that is on record by this form; who gave it may still be to come

  constructor(org: string, type: RecordTypeInfo, field: FieldInfo, held: Held<RecordData>, source: Source, currency: string) {
    this.type = type;
    this.field = field;
    this.#currency = currency;
    this.#key = draftKey(org, type.name, `${held.data.id}/${field.name}`);
    this.base = held;
    this.source = { ...source };
    this.value = toDraft(type, held.data, currency)[field.name] ?? "";
    this.#clean = JSON.stringify([this.value, this.source]);
    const kept = find(this.#key);
    if (kept?.base && "value" in kept.draft) {
      this.base = kept.base;
      this.value = kept.draft["value"] ?? "";
      if (typeof kept.draft["source"] === "string") this.source = JSON.parse(kept.draft["source"]) as Source;
      this.restored = kept.at;
    }
  }
  get dirty(): boolean {
    return JSON.stringify([this.value, this.source]) !== this.#clean;
  }
  /** Call in an effect: what is typed outlives a reload and a wrong click. */
  keep(): void {
    if (this.dirty) keep(this.#key, { draft: { value: this.value, source: JSON.stringify(this.source) }, base: this.base, at: new Date().toISOString() });
    else forget(this.#key);
  }
  forget(): void {
    forget(this.#key);
  }
  #read(): Record<string, FieldValue> | null {
    const read = fromDraft(this.type, { ...toDraft(this.type, this.base.data, this.#currency), [this.field.name]: this.value }, this.base.data);
    this.faults = read.faults;
    return read.faults.length === 0 ? read.data : null;
  }
  /** True when it is stored. */
  async save(): Promise<boolean> {
    if (this.#stored === JSON.stringify(this.value)) return true;
    const fields = this.#read();
    return fields !== null && this.send(fields, this.base.etag);
  }
  async send(fields: Record<string, FieldValue>, etag: string): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    const value = JSON.stringify(this.value);
    try {
      this.base = await api.update(this.type.name, this.base.data.id, fields, etag);
      this.conflict = null;
      this.#stored = value;
      return true;
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (thrown instanceof ApiProblem && problem.status === 412) await this.#meet(problem, fields);
      else if (thrown instanceof ApiProblem && problem.errors.length > 0) this.faults = faultsFrom(problem, this.type);
      else this.problem = problem;
      return false;
    } finally {
      this.busy = false;
    }
  }
  async #meet(problem: Problem, yours: Record<string, FieldValue>): Promise<void> {
    const now = problem.current ? { data: problem.current, etag: `"${problem.current.version}"` } : await api.record(this.type.name, this.base.data.id).catch(() => null);
    if (now) this.conflict = { theirs: now.data, etag: now.etag, yours };
    else this.problem = problem;
  }
  /** Who gave it, as a record of its own. */
  async saveSource(record: string | null, title: string, initiative: string, input: string, effect: string | null): Promise<boolean> {
    this.busy = true;
    try {
      const own = { given_by: this.source.given_by || null, given_on: this.source.given_on || null, basis: this.source.basis };
      if (record !== null) {
        const held = await api.record("assumption", record);
        const kept = Object.fromEntries(Object.entries(held.data).filter(([name]) => !["id", "created_at", "updated_at", "version"].includes(name)));
        if (text(held.data["given_by"]) === this.source.given_by && text(held.data["given_on"]) === this.source.given_on && text(held.data["basis"]) === this.source.basis) return true;
        await api.update("assumption", record, { ...kept, ...own }, held.etag);
      } else if (this.source.given_by !== "" || this.source.basis.trim() !== "") {
        await api.create("assumption", { name: title, initiative, input, ...(effect === null ? {} : { effect }), ...own });
      }
      return true;
    } catch (thrown) {
      this.problem = problemOf(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

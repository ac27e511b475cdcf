// The minutes of one meeting while they are written: what stands in the form, kept in this tab until
// it is saved, and how it is saved without overwriting what somebody else wrote meanwhile.

import { api, ApiProblem, problemOf } from "@tiebeam/api/client";
import type { FieldValue, Problem, RecordData } from "@tiebeam/model";
import { draftKey, find, forget, keep } from "@tiebeam/records/kept";

export const parts = ["good", "bad", "ugly"] as const;
export type Part = (typeof parts)[number];
const text = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");
const list = (value: FieldValue | undefined): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []);

/** What a write sends: the whole record without what the store keeps. */
export function fieldsOf(record: RecordData): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !["id", "created_at", "updated_at", "version"].includes(name)));
}
/** Lines of a text area as a list, empty ones left out. */
export function linesOf(typed: string): string[] {
  return typed.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

export class Minutes {
  words: Record<Part, string> = $state({ good: "", bad: "", ugly: "" });
  asks = $state("");
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  conflict: { theirs: RecordData; yours: Record<string, FieldValue> } | null = $state.raw(null);
  base: RecordData = $state.raw({ id: "", name: "", version: 0 });
  restoredAt: string | null = $state(null);
  readonly #key: string;

  constructor(org: string, meeting: RecordData) {
    this.#key = draftKey(org, "meeting", meeting.id);
    const held = find(this.#key);
    this.take(held?.base?.data.id === meeting.id ? held.base.data : meeting);
    if (held) {
      for (const part of parts) this.words[part] = text(held.draft[part] as FieldValue);
      this.asks = text(held.draft["asks"] as FieldValue);
      this.restoredAt = this.dirty ? held.at : null;
    }
  }

  /** Begins anew with what is stored. */
  take(meeting: RecordData): void {
    this.base = meeting;
    for (const part of parts) this.words[part] = text(meeting[part]);
    this.asks = list(meeting["asks"]).join("\n");
  }
  get dirty(): boolean {
    return parts.some((part) => this.words[part] !== text(this.base[part])) || linesOf(this.asks).join("\n") !== list(this.base["asks"]).join("\n");
  }
  /** Call in an effect: what is typed outlives a reload and a wrong click. */
  keep(): void {
    if (this.dirty) keep(this.#key, { draft: { ...this.words, asks: this.asks }, base: { data: this.base, etag: `"${this.base.version}"` }, at: new Date().toISOString() });
    else forget(this.#key);
  }
  discard(): void {
    this.take(this.base);
    this.restoredAt = null;
    forget(this.#key);
  }
  #fields(more: Record<string, FieldValue>): Record<string, FieldValue> {
    return { ...fieldsOf(this.base), good: this.words.good || null, bad: this.words.bad || null, ugly: this.words.ugly || null, asks: linesOf(this.asks), ...more };
  }
  /** True when it is stored. `more`: further fields that are written with it. */
  async save(more: Record<string, FieldValue> = {}): Promise<boolean> {
    if (!this.dirty && Object.keys(more).length === 0) return true;
    return this.send(this.#fields(more), `"${this.base.version}"`);
  }
  async send(fields: Record<string, FieldValue>, etag: string): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      const stored = await api.update("meeting", this.base.id, fields, etag);
      this.take(stored.data);
      this.conflict = null;
      this.restoredAt = null;
      forget(this.#key);
      return true;
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (thrown instanceof ApiProblem && problem.status === 412 && problem.current) this.conflict = { theirs: problem.current, yours: fields };
      else this.problem = problem;
      return false;
    } finally {
      this.busy = false;
    }
  }
}

// Names of records that others refer to by id. Asked once for a page, many at a time.
import { api } from "@tiebeam/api/client";
import type { FieldInfo, RecordData } from "@tiebeam/model";
import { isEmpty, isList } from "./values";

const few = 4;

export class Names {
  #held: ReadonlyMap<string, string> = $state.raw(new Map());
  readonly #asked = new Set<string>();

  of(type: string, id: string): string | null {
    return this.#held.get(`${type}/${id}`) ?? null;
  }

  /** Asks for what is not yet known; ids that do not exist keep their id as their name. */
  ask(type: string, ids: Iterable<string>): void {
    const missing = [...new Set(ids)].filter((id) => id !== "" && !this.#asked.has(`${type}/${id}`));
    if (type === "" || missing.length === 0) return;
    for (const id of missing) this.#asked.add(`${type}/${id}`);
    void this.#load(type, missing);
  }

  askFor(fields: readonly FieldInfo[], records: readonly RecordData[]): void {
    for (const field of fields) {
      if (field.refers_to === null) continue;
      this.ask(field.refers_to, records.flatMap((record) => {
        const value = record[field.name];
        if (isEmpty(value)) return [];
        return isList(value) ? value : typeof value === "string" ? [value] : [];
      }));
    }
  }

  async #load(type: string, ids: readonly string[]): Promise<void> {
    const found = new Map<string, string>();
    if (ids.length > few) {
      const page = await api.records(type, { limit: 500 }).catch(() => null);
      for (const record of page?.records ?? []) found.set(`${type}/${record.id}`, record.name);
    }
    const left = ids.filter((id) => !found.has(`${type}/${id}`)).slice(0, 50);
    // Asked as lists: a record that was removed is then no error, just not there.
    const each = await Promise.allSettled(left.map((id) => api.records(type, { filters: { id }, limit: 1 })));
    for (const one of each) if (one.status === "fulfilled") for (const record of one.value.records) found.set(`${type}/${record.id}`, record.name);
    this.#held = new Map([...this.#held, ...found]);
  }
}

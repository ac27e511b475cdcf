// What a list shows is in its address: search, order, filters, columns, page.
import type { FieldInfo, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { isEmpty, isLong } from "./values";

export const pageSize = 50;
const reserved = new Set(["q", "sort", "page", "columns", "as-of", "from", "to", "team", "example"]);

export interface ListState {
  readonly q: string;
  readonly sort: { readonly field: string; readonly down: boolean };
  readonly page: number; // from 1
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly string[] | null; // null: chosen for the reader
}

export function filterFields(type: RecordTypeInfo): FieldInfo[] {
  return type.fields.filter((field) => !field.kept && !reserved.has(field.name) && ["choice", "reference", "boolean"].includes(field.kind));
}

export function readState(query: URLSearchParams, type: RecordTypeInfo): ListState {
  const names = new Set(type.fields.map((field) => field.name));
  const sort = query.get("sort") ?? "name";
  const down = sort.startsWith("-");
  const field = down ? sort.slice(1) : sort;
  const filters: Record<string, string> = {};
  for (const { name } of filterFields(type)) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  const page = Number(query.get("page") ?? "1");
  const columns = query.get("columns");
  return {
    q: query.get("q") ?? "",
    sort: names.has(field) ? { field, down } : { field: "name", down: false },
    page: Number.isInteger(page) && page > 0 ? page : 1,
    filters,
    columns: columns === null ? null : columns.split(",").filter((name) => names.has(name) && name !== "name"),
  };
}

/** What the API is asked for. */
export function request(state: ListState): { q?: string; sort: string; offset: number; limit: number; filters: Record<string, string> } {
  return {
    ...(state.q === "" ? {} : { q: state.q }),
    sort: (state.sort.down ? "-" : "") + state.sort.field,
    offset: (state.page - 1) * pageSize,
    limit: pageSize,
    filters: { ...state.filters },
  };
}

/** The next order when a column head is pressed: up, then down, then by name again. */
export function nextSort(sort: ListState["sort"], field: string): string | null {
  if (sort.field !== field) return field;
  if (!sort.down) return `-${field}`;
  return null;
}

export function isSortable(field: FieldInfo): boolean {
  return !["estimate", "references", "list"].includes(field.kind) && !isLong(field);
}

/** Columns worth their width: the name, then fields that this page fills, those of the type first. */
export function chosenColumns(type: RecordTypeInfo, records: readonly RecordData[], state: ListState, most = 5): FieldInfo[] {
  const byName = new Map(type.fields.map((field) => [field.name, field]));
  if (state.columns) return state.columns.flatMap((name) => byName.get(name) ?? []);
  const filled = (field: FieldInfo): number => records.filter((record) => !isEmpty(record[field.name]) && record[field.name] !== record.name).length;
  const differs = (field: FieldInfo): boolean => {
    const seen = new Set(records.map((record) => JSON.stringify(record[field.name] ?? null)));
    return records.length < 2 || seen.size > 1;
  };
  const own = type.fields.filter((field) => !["id", "name", "notes", "created_at", "version", "updated_at", "tags"].includes(field.name) && !isLong(field));
  // Those that tell rows apart first, then the fullest.
  const worth = own.filter((field) => filled(field) > 0).sort((a, b) => Number(differs(b)) - Number(differs(a)) || filled(b) - filled(a));
  const order = worth.slice(0, most);
  const shown = order.length > 0 ? order : own.slice(0, most);
  return type.fields.filter((field) => shown.includes(field) && field.name !== "owner").concat(shown.filter((field) => field.name === "owner"));
}

/** Smallest and largest value of a column of ranges, so that their bars share one scale. */
export function extent(ranges: readonly { low: number; high: number }[]): readonly [number, number] | null {
  if (ranges.length === 0) return null;
  const low = Math.min(...ranges.map((range) => range.low));
  const high = Math.max(...ranges.map((range) => range.high));
  const from = low >= 0 ? 0 : low;
  return high > from ? [from, high] : null;
}

/** Addresses of one record and of its pages, below the organisation. */
export function recordPath(type: string, id?: string, page?: "edit" | "history"): string {
  return `/records/${encodeURIComponent(type)}${id === undefined ? "" : `/${encodeURIComponent(id)}`}${page ? `/${page}` : ""}`;
}

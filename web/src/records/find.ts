// Records found by a few letters, for fields that refer to them.
import { api } from "@tiebeam/api/client";

export interface Option {
  readonly id: string; // "ann-berg", or "person/ann-berg" among several types
  readonly name: string;
  readonly detail: string;
}
const most = 12;

/** Records of one type by name. */
export function findIn(type: string): (q: string) => Promise<Option[]> {
  return async (q) => {
    const page = await api.records(type, { ...(q === "" ? {} : { q }), sort: "name", limit: most });
    return page.records.map((record) => ({ id: record.id, name: record.name, detail: record.id }));
  };
}

/** Records of several types; ids are "type/id". */
export function findAmong(types: readonly string[], title: (type: string) => string, except: string): (q: string) => Promise<Option[]> {
  return async (q) => {
    const pages = await Promise.all(types.map((type) => findIn(type)(q).then((found) => found.map((option) => ({
      id: `${type}/${option.id}`, name: option.name, detail: types.length > 1 ? `${title(type)}, ${option.id}` : option.id,
    })))));
    return pages.flat().filter((option) => option.id !== except);
  };
}

// What was typed outlives a reload, a closed server and a wrong click, until it is saved or thrown away.
import type { RecordData } from "@tiebeam/model";
import type { Draft } from "./draft";

export interface Kept {
  readonly draft: Draft;
  readonly base: { readonly data: RecordData; readonly etag: string } | null; // what it began with; null: a new record
  readonly at: string;
}
const prefix = "tiebeam.draft.";

export function draftKey(org: string, type: string, id: string | undefined): string {
  return `${prefix}${org}/${type}/${id ?? "new"}`;
}

export function keep(key: string, kept: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage must not stop anyone from typing.
  }
}

export function find(key: string): Kept | null {
  try {
    const text = sessionStorage.getItem(key);
    if (text === null) return null;
    const held: unknown = JSON.parse(text);
    return typeof held === "object" && held !== null && "draft" in held && "base" in held ? (held as Kept) : null;
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}

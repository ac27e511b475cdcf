// What changed since somebody last looked: the last entry of the journal they saw is kept in their
// browser, and what came after it is said in words, one line a record.

import type { HistoryEntry, RecordTypeInfo } from "@tiebeam/model";
import { fieldLabel, inSentence, words } from "@tiebeam/records/words";

export interface Seen {
  readonly seq: number;
  readonly at: string;
}
export interface Change {
  readonly type: string;
  readonly id: string;
  readonly name: string | null; // null: it has to be asked for
  readonly did: "added" | "changed" | "removed" | "imported";
  readonly what: string; // "priority: weight, owner"
  readonly seq: number; // of the newest entry
  readonly at: string;
}
const prefix = "tiebeam.seen.";

export function lastSeen(org: string): Seen | null {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(prefix + org) ?? "null");
    return typeof held === "object" && held !== null && "seq" in held && typeof held.seq === "number" ? (held as Seen) : null;
  } catch {
    return null; // no storage, or not ours: as if they had never looked
  }
}
export function saveSeen(org: string, seen: Seen): void {
  try {
    localStorage.setItem(prefix + org, JSON.stringify(seen));
  } catch {
    // Without storage everything is new next time; nobody is kept from reading.
  }
}

/** Entries after `seq`, newest first, one line a record. What came with an import is said by its file. */
export function changesSince(entries: readonly HistoryEntry[], seq: number, types: readonly RecordTypeInfo[]): Change[] {
  const groups = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    if (entry.seq <= seq || (entry.command.startsWith("import.") && entry.type !== "import")) continue;
    const key = `${entry.type}/${entry.id}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((group) => changeOf(group, types)).filter((one) => one !== null).sort((a, b) => b.seq - a.seq);
}
function changeOf(group: readonly HistoryEntry[], types: readonly RecordTypeInfo[]): Change | null {
  const sorted = [...group].sort((a, b) => a.seq - b.seq);
  const first = sorted[0], last = sorted.at(-1);
  if (!first || !last || (first.op === "add" && last.op === "remove")) return null; // came and went
  const names = sorted.flatMap((entry) => entry.fields.filter((field) => field.field === "name" && typeof (field.after ?? field.before) === "string").map((field) => String(field.after ?? field.before)));
  const title = inSentence(types.find((type) => type.name === first.type)?.title ?? words(first.type));
  const did = last.op === "remove" ? "removed" : first.op === "add" ? (first.type === "import" ? "imported" : "added") : "changed";
  const fields = [...new Set(sorted.flatMap((entry) => entry.fields.map((field) => field.field)))].map((field) => inSentence(fieldLabel(field)));
  const few = 4;
  const said = fields.slice(0, few).join(", ") + (fields.length > few ? " and more" : "");
  return { type: first.type, id: first.id, name: names.at(-1) ?? null, did, what: did === "changed" ? `${title}: ${said}` : title, seq: last.seq, at: last.at };
}

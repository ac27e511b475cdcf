// What can be taken back: the newest entry of the journal on a record.
import { api } from "@tiebeam/api/client";
import { toast } from "@tiebeam/design/toasts.svelte";
import type { RecordTypeInfo } from "@tiebeam/model";
import { href } from "@tiebeam/router.svelte";
import { recordPath } from "./listQuery";

/** Takes back the newest change of a record; nothing when the journal does not show one. */
export async function undoLatest(type: string, id: string): Promise<(() => Promise<void>) | undefined> {
  // A removed record may answer no more: the journal still knows its last change.
  const own = type === "import" ? null : await api.history(type, id).catch(() => null); // imports have no page of their own
  const entries = own && own.entries.length > 0 ? own.entries : (await api.journal({ limit: 50 }).catch(() => ({ entries: [] }))).entries;
  const newest = entries.filter((entry) => entry.type === type && entry.id === id).sort((a, b) => b.seq - a.seq)[0];
  if (!newest) return undefined;
  return async () => {
    await api.undo(newest.seq);
  };
}

/** Says what was done, with the way back. */
export async function sayDone(text: string, type: string, id: string): Promise<void> {
  const undo = await undoLatest(type, id);
  toast(undo ? { text, undo } : { text });
}

/** Types that are written by people, one by one. */
export function canAdd(type: { readonly name: string; readonly derived: boolean }): boolean {
  return !type.derived && type.name !== "organisation";
}

/** Where to look when a record is not there. */
export function allOf(name: string, type: RecordTypeInfo | undefined): { label: string; href: string } {
  return type ? { label: `All ${type.plural}`, href: href(recordPath(name)) } : { label: "All records", href: href("/records") };
}

/** Where a record is best seen: work has a life line, others have their page. */
export const lifeLine = { type: "work_item", path: "/flow/cycle-time", param: "item" } as const;

/** "work_item/inc1" -> its two parts. */
export function parseSubject(subject: string): { type: string; id: string } {
  const slash = subject.indexOf("/");
  return slash < 0 ? { type: subject, id: "" } : { type: subject.slice(0, slash), id: subject.slice(slash + 1) };
}
export function subjectPath(subject: { readonly type: string; readonly id: string }): string {
  return subject.type === "organisation" ? "/settings" : recordPath(subject.type, subject.id);
}

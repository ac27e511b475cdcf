// Where a record named in evidence, a finding or the journal is shown.

import { href } from "../router.svelte";
import { rooms } from "../rooms";

const itemPage = rooms.some((room) => room.id === "flow" && room.views.some((view) => view.id === "cycle-time"));

export function subjectHref(type: string, id: string): string {
  if (type === "work_item" && itemPage) return href("/flow/cycle-time", { item: id });
  if (type === "organisation") return href("/settings");
  if (type === "import") return href("/sources");
  return href(`/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}`);
}
/** "work_item/INC0000045" */
export function subjectOf(text: string): { type: string; id: string } {
  const cut = text.indexOf("/");
  return cut < 0 ? { type: "", id: text } : { type: text.slice(0, cut), id: text.slice(cut + 1) };
}

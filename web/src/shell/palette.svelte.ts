// What can be found by typing: pages, rooms, kinds of records and what can be written. Records and
// figures are asked from the server.

import type { SearchHit } from "../api/client";
import { subjectHref } from "../figure/subject";
import type { RecordTypeInfo } from "../model";
import { href } from "../router.svelte";
import { capital } from "../records/words";
import { rooms } from "../rooms";

class Palette {
  isOpen = $state(false);
  open(): void {
    this.isOpen = true;
  }
}
export const palette = new Palette();

export interface Choice {
  readonly id: string;
  readonly group: "Pages" | "Records and figures" | "Write";
  readonly title: string;
  readonly detail: string;
  readonly href?: string;
  readonly figure?: string; // opens in the drawer
}

const fixed: readonly (readonly [string, string, string])[] = [
  ["/", "The Table", "Are we getting what we agreed?"],
  ["/findings", "Findings", "What somebody should look at"],
  ["/records", "Records", "What is written down"],
  ["/journal", "Journal", "Who changed what"],
  ["/sources", "Sources", "Where the numbers come from"],
  ["/sources/import", "Import files", "Bring in the export of your ticket system"],
  ["/settings", "Settings", "Colours, keys, this organisation"],
];

export function pageChoices(types: readonly RecordTypeInfo[]): readonly Choice[] {
  const page = (path: string, title: string, detail: string): Choice => ({ id: `page${path}`, group: "Pages", title, detail, href: href(path) });
  return [
    ...fixed.map(([path, title, detail]) => page(path, title, detail)),
    ...rooms.flatMap((room) =>
      room.views.filter((view) => view.hidden !== true).map((view) =>
        view.id === "" ? page(`/${room.id}`, room.title, room.question) : page(`/${room.id}/${view.id}`, view.title, room.title))),
    ...types.map((type) => page(`/records/${type.name}`, capital(type.plural), "Records")),
    ...types.filter((type) => !type.derived).map((type): Choice => ({
      id: `new/${type.name}`, group: "Write", title: `New ${type.title.toLowerCase()}`, detail: type.help, href: href(`/records/${type.name}/new`),
    })),
  ];
}

export function hitChoice(hit: SearchHit): Choice {
  const base = { id: `${hit.kind}/${hit.type}/${hit.id}`, group: "Records and figures", title: hit.title, detail: hit.detail } as const;
  if (hit.kind === "figure") return { ...base, figure: hit.id };
  return { ...base, href: hit.kind === "page" ? href(hit.id) : subjectHref(hit.type, hit.id) };
}

/** How well `text` answers `asked`: every word must begin a word of it; lower is better, null is no. */
function rank(choice: Choice, words: readonly string[]): number | null {
  const title = choice.title.toLowerCase(), all = `${title} ${choice.detail.toLowerCase()}`;
  let score = 0;
  for (const word of words) {
    if (title.startsWith(word)) continue;
    if (title.includes(` ${word}`)) score += 1;
    else if (all.includes(` ${word}`)) score += 3;
    else return null;
  }
  return score;
}

export function matching(choices: readonly Choice[], asked: string): readonly Choice[] {
  const words = asked.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return choices.filter((choice) => choice.group === "Pages" && choice.detail !== "Records");
  return choices
    .flatMap((choice) => {
      const score = rank(choice, words);
      return score === null ? [] : [{ choice, score }];
    })
    .sort((a, b) => a.score - b.score)
    .slice(0, 12)
    .map(({ choice }) => choice);
}

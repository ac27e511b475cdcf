// What GET /orgs/{org}/briefing/table answers.

import type { DayText, Figure, Finding, Money } from "@tiebeam/model";

export interface Piece {
  readonly text: string;
  readonly figure: string | null; // shown in its place, from `figures`
}
export interface Sentence {
  readonly role: "answer" | "volume" | "value" | "good" | "bad" | "ask";
  readonly pieces: readonly Piece[];
}
export interface Slot {
  readonly kind: "value" | "speed" | "reliability" | "risk" | "alignment";
  readonly title: string;
  readonly figure: Figure | null; // null: no room publishes one yet
  readonly before: Figure | null; // a week earlier
  readonly wanted: "up" | "down";
  readonly fills: string; // what would fill it
  readonly make: string | null; // page to begin with, below the organisation
}
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}
export interface Priority {
  readonly id: string;
  readonly name: string;
  readonly statement: string;
  readonly horizon: string;
  readonly business_owner: Owner | null;
  readonly it_owner: Owner | null;
  readonly ties: Readonly<Record<string, number>>; // records tied to it, by type
}
/** A question that waits for an answer; the dearest week of waiting comes first. */
export interface WaitingDecision {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly decider: Owner | null;
  readonly needed_by: DayText | null;
  readonly is_late: boolean;
  readonly age_days: number | null;
  readonly cost_of_delay_a_week: Money | null;
}
export interface Decisions {
  readonly waiting: Figure | null; // how many there are
  readonly cost_a_week: Figure | null; // of all of them
  readonly rows: readonly WaitingDecision[]; // the first few
}
export interface TableAnswer {
  readonly as_of: string;
  readonly before_as_of: string;
  readonly sentences: readonly Sentence[];
  readonly figures: readonly Figure[];
  readonly slots: readonly Slot[];
  readonly priorities: readonly Priority[];
  readonly decisions: Decisions;
  readonly findings: readonly Finding[];
}

/** Two letters for a person: "M. Aalto" is MA. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => word !== "");
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words[words.length - 1]?.[0] ?? "") : "")).toUpperCase();
}

/** One of a few quiet colours, always the same for the same person. */
export function tint(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum % 6;
}

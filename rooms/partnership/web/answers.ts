// What GET /orgs/{org}/partnership/engagements and /review answer.

import type { DayText, Figure, Finding, InstantText, Money, RecordData } from "@tiebeam/model";

export interface PersonRef {
  readonly id: string;
  readonly name: string;
  readonly role?: string;
}
export interface EngagementRow {
  readonly id: string;
  readonly name: string;
  readonly partner: PersonRef | null;
  readonly owner: PersonRef | null;
  readonly cadence: string;
  readonly last_held: DayText | null;
  readonly next: DayText | null;
  readonly silent: boolean;
  readonly planned: number;
  readonly held: number;
  readonly figure: Figure;
  readonly open_actions: number;
  readonly overdue_actions: number;
  readonly meeting_open: boolean;
}
export interface EngagementsAnswer {
  readonly as_of: InstantText;
  readonly figures: readonly Figure[];
  readonly engagements: readonly EngagementRow[];
  readonly findings: readonly Finding[];
  readonly recompute: string;
}

export type Trend = "unknown" | "same" | "unclear" | "better" | "worse" | "moved";
export type Matters = "no" | "somewhat" | "yes";
export interface Chosen {
  readonly chosen: string; // key as it stands in the engagement
  readonly figure: Figure;
  readonly before: Figure | null;
  readonly wanted: "neither" | "up" | "down";
  readonly trend: Trend;
  readonly matters: Matters | null;
  readonly asked_on: DayText | null;
}
export interface Point {
  readonly text: string;
  readonly type: string | null; // of the record it is about
  readonly id: string | null;
  readonly figure: string | null; // key of the chosen figure it is about
}
export interface PromiseRow {
  readonly id: string;
  readonly name: string;
  readonly owner: PersonRef | null;
  readonly to: PersonRef | null;
  readonly due: DayText | null;
  readonly moved_to: DayText | null;
  readonly closed_on: DayText | null;
  readonly fate: string;
  readonly says: string;
  readonly ours: boolean;
}
export interface ActionRow {
  readonly id: string;
  readonly name: string;
  readonly owner: PersonRef | null;
  readonly due: DayText | null;
  readonly overdue: boolean;
}
export interface DecisionRow {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly decider: PersonRef | null;
  readonly raised_at: DayText | null;
  readonly needed_by: DayText | null;
  readonly decided_at: DayText | null;
  readonly chosen: string | null;
  readonly age_days: number | null;
  readonly cost_of_delay_a_week: Money | null;
  readonly cost_so_far: Money | null;
  readonly past_needed: boolean;
}
export interface ChangeRow {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly new: boolean;
  readonly at: InstantText;
}
export interface ReviewAnswer {
  readonly as_of: InstantText;
  readonly today: DayText;
  readonly since: DayText;
  readonly first: boolean;
  readonly engagement: {
    readonly id: string;
    readonly name: string;
    readonly partner: PersonRef | null;
    readonly owner: PersonRef | null;
    readonly cadence: string;
    readonly next_on: DayText | null;
    readonly priorities: readonly PersonRef[];
  };
  readonly last: RecordData | null; // the meeting that was closed last
  readonly meeting: RecordData | null; // the one that is planned or being held
  readonly chosen: readonly Chosen[];
  readonly good: readonly Point[];
  readonly bad: readonly Point[];
  readonly ugly: readonly Point[];
  readonly asks: readonly string[];
  readonly promises: { readonly kept: readonly PromiseRow[]; readonly missed: readonly PromiseRow[]; readonly open: readonly PromiseRow[] };
  readonly actions: readonly ActionRow[];
  readonly waiting: readonly DecisionRow[];
  readonly decided: readonly DecisionRow[];
  readonly changes: readonly ChangeRow[];
  readonly relevance: { readonly figure: Figure; readonly target: number; readonly asked: number; readonly reported_not_valued: readonly string[]; readonly valued_not_reported: readonly string[] };
  readonly rhythm: { readonly held: Figure; readonly meetings: readonly { readonly id: string; readonly name: string; readonly planned_on: DayText | null; readonly held_on: DayText | null; readonly closed: boolean }[] };
  readonly findings: readonly Finding[];
  readonly recompute: string;
}

export const cadences: Readonly<Record<string, string>> = { monthly: "every month", two_weekly: "every two weeks", quarterly: "every quarter" };
export const cadenceDays: Readonly<Record<string, number>> = { monthly: 30, two_weekly: 14, quarterly: 91 };

const numberWords = ["less than one", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** "not met in six weeks although every month": how long ago the last time was, against the rhythm that was agreed. */
export function notMetWords(row: Pick<EngagementRow, "last_held" | "cadence">, asOf: InstantText): string {
  const weeks = Math.floor((Date.parse(asOf) - Date.parse(`${row.last_held ?? ""}T00:00:00Z`)) / (7 * 86_400_000));
  return `not met in ${numberWords[weeks] ?? weeks} ${weeks === 1 ? "week" : "weeks"} although ${(cadences[row.cadence] ?? row.cadence).replace("every month", "monthly").replace("every quarter", "quarterly")}`;
}

/** "2026-11-22" and a number of days later. */
export function daysLater(day: DayText, days: number): DayText {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

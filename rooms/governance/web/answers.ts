// What GET /orgs/{org}/governance/latency and /saydo answer.

import type { DayText, Figure, Finding, InstantText, Money } from "@tiebeam/model";

export interface PersonRef {
  readonly id: string;
  readonly name: string;
}
export interface DecisionRow {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly level: string;
  readonly decider: PersonRef | null;
  readonly raised_at: DayText | null;
  readonly needed_by: DayText | null;
  readonly cost_of_delay_a_week: Money | null;
  readonly initiative: string | null;
  readonly priority: string | null;
}
export interface WaitingRow extends DecisionRow {
  readonly age_days: number | null;
  readonly cost_so_far: Money | null;
  readonly past_needed: boolean;
}
export interface TakenRow extends DecisionRow {
  readonly decided_at: DayText | null;
  readonly chosen: string | null;
  readonly why: string | null;
  readonly days: number | null;
  readonly in_time: boolean | null;
}
interface Answer {
  readonly as_of: InstantText;
  readonly figures: readonly Figure[];
  readonly findings: readonly Finding[];
  readonly recompute: string;
}
export interface LatencyAnswer extends Answer {
  readonly waiting: readonly WaitingRow[];
  readonly taken: readonly TakenRow[];
}

export type Fate = "not_due" | "undated" | "kept" | "told_early" | "told_late" | "kept_late" | "broken" | "overdue";
export interface PromiseRow {
  readonly id: string;
  readonly name: string;
  readonly promise: string;
  readonly owner: PersonRef | null;
  readonly to: PersonRef | null;
  readonly side: "business" | "it" | "vendor" | null;
  readonly made_on: DayText | null;
  readonly due: DayText | null;
  readonly closed_on: DayText | null;
  readonly told_on: DayText | null;
  readonly moved_to: DayText | null;
  readonly confidence: number | null;
  readonly fate: Fate;
  readonly says: string;
}
export interface SideRow {
  readonly side: string;
  readonly due: number;
  readonly kept: number;
  readonly told_early: number;
  readonly told_late: number;
  readonly kept_late: number;
  readonly broken: number;
  readonly overdue: number;
}
export interface BandRow {
  readonly low: number;
  readonly high: number;
  readonly due: number;
  readonly kept: number;
  readonly said: number | null; // null: too few
  readonly observed: number | null;
}
export interface SayDoAnswer extends Answer {
  readonly promises: readonly PromiseRow[];
  readonly sides: readonly SideRow[];
  readonly bands: readonly BandRow[];
}

/** What needs somebody first: broken and silent ones, then those due next, then the rest by day. */
export function inOrder(rows: readonly PromiseRow[]): PromiseRow[] {
  const rank: Readonly<Record<Fate, number>> = { overdue: 0, not_due: 1, undated: 2, broken: 3, told_late: 4, kept_late: 4, told_early: 5, kept: 6 };
  const day = (row: PromiseRow): string => row.due ?? "9999";
  return [...rows].sort((a, b) => rank[a.fate] - rank[b.fate] || (rank[a.fate] < 3 ? day(a).localeCompare(day(b)) : day(b).localeCompare(day(a))) || a.id.localeCompare(b.id));
}

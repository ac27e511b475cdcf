// What the flow room answers, as the API gives it, and its numbers as figures.

import type { BarColumn, StateClass } from "@tiebeam/charts/spec";
import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import type { Figure, Finding, InstantText, Interval } from "@tiebeam/model";
import type { AskRow } from "./ages";
import type { BottleneckRow } from "./bottlenecks";
import type { DemandRow, TeamRow } from "./demand";
import type { DeliveryMonthRow, ServiceRow } from "./delivery";
import type { AreaRow } from "./people";
import type { HiddenTeams, LoadLimits, LoadMonthRow, TeamLoadRow } from "./load";
import type { UnplannedRow } from "./unplanned";
import type { HandoverWorstRow, PartyAnswer, PartyRow } from "./waiting";

export interface Column {
  readonly label: string;
  readonly unit: string;
  readonly formula: string;
  readonly method: string;
}
export interface WeekRow {
  readonly week: string;
  readonly full: boolean;
  readonly arrivals: number;
  readonly finishes: number;
  readonly wip_at_end: number;
  readonly p50: number | null;
  readonly p85: number | null;
}
export interface MonthRow {
  readonly month: string;
  readonly full: boolean;
  readonly arrivals: number;
  readonly finishes: number;
  readonly p50: number | null;
  readonly p85: number | null;
  readonly efficiency: number | null;
}
export interface StateRow {
  readonly state: string;
  readonly class: StateClass;
  readonly visits: number;
  readonly now: number;
  readonly dwell: { readonly p50: number | null; readonly p85: number | null; readonly p95: number | null; readonly unfinished: number };
  readonly share: number | null;
  readonly growth: number | null;
}
export interface AgingRow {
  readonly item: string;
  readonly state: string;
  readonly class: StateClass;
  readonly team: string | null;
  readonly value_stream: string;
  readonly age_days: number;
  readonly state_age_days: number;
  readonly percentile: number | null; // of the times that finished work took
  readonly past_85: boolean;
  readonly state_percentile: number | null; // of the stays in its state
  readonly state_line_days: number | null; // 85 of 100 stays there end by then
  readonly past_state_line: boolean;
  readonly longest_ended_days: number | null; // where that line is not reached: of the stays that ended
  readonly past_all_ended: boolean;
  readonly promised_days: number | null;
}
export interface HandoverRow {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly share: number;
  readonly mean_wait_days: number | null;
}
export interface WaitRow {
  readonly state: string;
  readonly class: StateClass;
  readonly party: string | null;
  readonly days: number;
  readonly share: number;
}
export interface TypeRow {
  readonly type: string;
  readonly finished: number;
  readonly share: number | null;
  readonly active_share: number | null;
}
export interface StreamRow {
  readonly value_stream: string;
  readonly name: string;
  readonly items: number;
  readonly now: number;
  readonly finished: number;
  readonly arrival_a_week: number | null;
  readonly throughput_a_week: number | null;
  readonly throughput_interval: Interval | null;
  readonly past_expectation: number;
}
export interface Metrics {
  readonly as_of: InstantText;
  readonly from: InstantText;
  readonly to: InstantText;
  readonly figures: readonly Figure[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  readonly recompute: string; // a command line that gives the same answer
  readonly weeks: readonly WeekRow[];
  readonly months: readonly MonthRow[];
  readonly states: readonly StateRow[];
  readonly aging: readonly AgingRow[];
  readonly handover: readonly HandoverRow[];
  readonly waits: readonly WaitRow[];
  readonly types: readonly TypeRow[];
  readonly streams: readonly StreamRow[];
  readonly bottlenecks: readonly BottleneckRow[];
  readonly parties: readonly PartyRow[];
  readonly party_answer: PartyAnswer;
  readonly ask_today: readonly AskRow[];
  readonly handover_worst: readonly HandoverWorstRow[];
  readonly demand: readonly DemandRow[];
  readonly teams: readonly TeamRow[];
  readonly areas: readonly AreaRow[];
  readonly unplanned: readonly UnplannedRow[];
  readonly team_load: readonly TeamLoadRow[];
  readonly load_limits: LoadLimits;
  readonly team_load_hidden: HiddenTeams;
  readonly people_months: readonly LoadMonthRow[];
  readonly dora_services: readonly ServiceRow[];
  readonly dora_months: readonly DeliveryMonthRow[];
  readonly columns: Readonly<Record<string, { readonly row: string; readonly columns: Readonly<Record<string, Column>> }>>;
}
export interface CycleTimes {
  readonly as_of: InstantText;
  readonly from: InstantText;
  readonly to: InstantText;
  readonly n: number;
  readonly items: readonly string[];
  readonly finish: readonly number[]; // microseconds since 1970
  readonly days: readonly number[];
  readonly type: readonly number[];
  readonly team: readonly number[];
  readonly stream: readonly number[];
  readonly types: readonly string[];
  readonly teams: readonly string[];
  readonly streams: readonly { readonly id: string; readonly name: string }[];
  readonly measure: "flow.cycle_time" | "flow.lead_time"; // lead: tickets do not say when work began
  readonly formula: string;
  readonly method: string;
  readonly recompute: string;
}
export interface CumulativeFlow {
  readonly as_of: InstantText;
  readonly from: InstantText;
  readonly to: InstantText;
  readonly times: readonly InstantText[];
  readonly states: readonly { readonly state: string; readonly class: StateClass }[];
  readonly occupancy: readonly (readonly number[])[];
  readonly stages: readonly string[];
  readonly reached: readonly (readonly number[])[];
  readonly formula: string;
  readonly method: string;
  readonly recompute: string;
}
export interface Stretch {
  readonly state: string;
  readonly class: StateClass;
  readonly team: string;
  readonly assignee: string; // a pseudonym
  readonly from: InstantText;
  readonly to: InstantText | null;
  readonly days: number | null; // null where it stays for good
  readonly file: string;
  readonly line: number;
}
export interface ItemLife {
  readonly key: string;
  readonly type: string;
  readonly value_stream: string;
  readonly created: InstantText | null;
  readonly commit: InstantText | null;
  readonly finish: InstantText | null;
  readonly cancelled: InstantText | null;
  readonly standing: string;
  readonly cycle_days: number | null;
  readonly age_days: number | null;
  readonly is_truncated: boolean; // its beginning is older than the source
  readonly as_of: InstantText;
  readonly stretches: readonly Stretch[];
  readonly formula: string;
  readonly method: string;
  readonly recompute: string;
}

/** One number of an array of the answer: `flow.states[Active].dwell.p85`. */
export function cell(metrics: Metrics, array: string, row: string, column: string, value: number | null): CellFigure {
  const said = metrics.columns[array]?.columns[column];
  return cellFigure(`flow.${array}[${row}].${column}`, value, {
    label: `${said?.label ?? column}: ${row}`,
    unit: said?.unit ?? "",
    formula: said?.formula ?? column,
    method: said?.method ?? "docs/method/flow-time.md",
    as_of: metrics.as_of,
    recompute: metrics.recompute,
  });
}
/** A column of a table: its words from the answer, unless the page says them shorter. */
export function columnOf(metrics: Pick<Metrics, "columns">, array: string, id: string, own: Partial<BarColumn> = {}): BarColumn {
  const said = metrics.columns[array]?.columns[id];
  return { id, label: said?.label ?? id, unit: said?.unit ?? "", bar: false, ...(said ? { formula: said.formula, method: said.method } : {}), ...own };
}
/** A number the page counts or sums from the rows of the answer. */
export function counted(metrics: Pick<Metrics, "as_of" | "recompute">, key: string, value: number | null, label: string, unit: string, formula: string, method = "docs/method/flow-time.md"): CellFigure {
  return cellFigure(key, value, { label, unit, formula, method, as_of: metrics.as_of, recompute: metrics.recompute });
}
export const figureOf = (figures: readonly Figure[], key: string): Figure | null => figures.find((figure) => figure.key === key) ?? null;
/** Nothing was ever on record: sources may be, with none of their work left. */
export const noWork = (answer: Pick<Metrics, "figures">): boolean => (valueOf(answer.figures, "flow.items") ?? 0) === 0;
export const noneCounted = (answer: Pick<CumulativeFlow, "occupancy">): boolean => answer.occupancy.every((row) => row.every((count) => count === 0));
export const valueOf = (figures: readonly Figure[], key: string): number | null => {
  const value = figureOf(figures, key)?.value;
  return typeof value === "number" ? value : null;
};

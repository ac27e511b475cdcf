// What comes against what gets finished, stream by stream; how busy teams are beside how well work flows.

import type { BarColumn, ScatterSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import type { Interval } from "@tiebeam/model";
import { columnOf, type Metrics } from "./answers";

export interface DemandTypeRow {
  readonly type: string;
  readonly arrival_a_week: number;
  readonly share: number;
}
export interface DemandRow {
  readonly value_stream: string; // "": work in no stream
  readonly name: string;
  readonly weeks: number;
  readonly arrival_a_week: number | null;
  readonly arrival_interval: Interval | null;
  readonly throughput_a_week: number | null;
  readonly throughput_interval: Interval | null;
  readonly given_up_a_week: number | null;
  readonly net_a_week: number | null;
  readonly net_interval: Interval | null;
  readonly now: number;
  readonly waiting: number;
  readonly months: number | null; // of work waiting, at the present speed
  readonly months_interval: Interval | null;
  readonly verdict: "grows" | "shrinks" | "steady" | "too_few";
  readonly forecast: "doubled" | "cleared" | null;
  readonly forecast_weeks: number | null;
  readonly forecast_interval: { readonly low: number; readonly high: number | null; readonly level: number } | null;
  readonly stop_a_week: number | null;
  readonly stop_interval: Interval | null;
  readonly types: readonly DemandTypeRow[];
  readonly reason: string | null;
}
export interface TeamRow {
  readonly team: string;
  readonly people: number;
  readonly weeks: number;
  readonly utilisation: number | null;
  readonly utilisation_interval: Interval | null;
  readonly at_once: number | null;
  readonly efficiency: number | null;
  readonly efficiency_interval: Interval | null;
  readonly items: number;
  readonly more_load: { readonly wait_factor_low: number; readonly wait_factor_high: number; readonly days_low: number; readonly days_high: number } | null;
  readonly reason: string | null;
  readonly efficiency_reason: string | null;
  readonly load_reason: string | null;
}

export const verdictWords: Readonly<Record<DemandRow["verdict"], string>> = {
  grows: "the pile grows", shrinks: "the pile shrinks", steady: "no change", too_few: "too few weeks to say",
};
export const streamName = (row: { readonly value_stream: string; readonly name: string }): string => row.name || row.value_stream || "no value stream";

const method = "docs/method/demand.md";
const source = (answer: Metrics, key: string, formula: string, n: number | null, from = method) => ({ key, formula, method: from, as_of: answer.as_of, n, recompute: answer.recompute });

/** Streams where the two cannot be told apart say so once, below the table. */
export const isSaidOnce = (row: DemandRow): boolean => row.verdict === "steady";
/** Begun and finished a week on one scale, and what the difference does to the pile. */
export function demandTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "demand", id, own);
  return {
    kind: "table", id: "demand", label: "Arrivals against throughput by value stream", row: "Value stream",
    columns: [
      column("arrival_a_week", { label: "Comes in a week", unit: "items", bar: true, range: true, scale: "week" }),
      column("throughput_a_week", { label: "Finished a week", unit: "items", bar: true, range: true, scale: "week" }),
      column("given_up_a_week", { label: "Given up a week", unit: "items" }),
      column("net_a_week", { label: "More each week", unit: "items", range: true }),
      column("verdict", { label: "So", unit: "" }),
    ],
    rows: answer.demand.map((row) => ({
      id: row.value_stream, name: streamName(row), ...(row.reason === null || isSaidOnce(row) ? {} : { note: row.reason }),
      cells: [row.arrival_a_week, row.throughput_a_week, row.given_up_a_week, row.net_a_week, verdictWords[row.verdict]],
      intervals: [row.arrival_interval, row.throughput_interval, null, row.net_interval, null],
      amiss: [null, null, null, row.verdict === "grows" ? "more comes than gets finished" : null, null],
    })),
    source: source(answer, "flow.demand", "items begun and finished in complete weeks, a week", answer.demand.length),
  };
}

/** How much work waits, and what to leave so that it does not become more. */
export function pileTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "demand", id, own);
  const forecast = (row: DemandRow): string => (row.forecast === "doubled" ? "doubles in" : row.forecast === "cleared" ? "is gone in" : row.verdict === "steady" ? "stays" : "not yet known");
  const steady = (row: DemandRow, words: string): string | null => (row.verdict === "steady" ? words : null);
  const closed = (row: DemandRow): Interval | null => {
    const known = row.forecast_interval;
    return known === null || known.high === null ? null : { ...known, high: known.high };
  };
  return {
    kind: "table", id: "pile", label: "The pile of work by value stream, and what becomes of it", row: "Value stream",
    columns: [
      column("now", { label: "In progress", unit: "items", bar: true, scale: "pile" }),
      column("waiting", { label: "Not begun", unit: "items", bar: true, scale: "pile" }),
      column("months", { label: "Months of work", unit: "months", range: true }),
      column("forecast", { label: "The pile", unit: "" }),
      column("forecast_weeks", { label: "At this pace", unit: "weeks", range: true }),
      column("stop_a_week", { label: "To leave out, a week", unit: "items", range: true }),
    ],
    rows: answer.demand.map((row) => ({
      id: row.value_stream, name: streamName(row),
      ...(row.forecast_interval !== null && row.forecast_interval.high === null ? { note: "With some chance there is no end in sight." } : {}),
      cells: [row.now, row.waiting, row.months, forecast(row), row.forecast_weeks ?? steady(row, "–"), row.stop_a_week ?? steady(row, "nothing")],
      intervals: [null, null, row.months_interval, null, closed(row), row.stop_interval],
    })),
    source: source(answer, "flow.demand", "work there is, against what gets finished in complete weeks", answer.demand.length),
  };
}

/** What the work that comes is made of, by stream. */
export function typesTable(answer: Metrics): TableBarsSpec {
  const rows = answer.demand.flatMap((row) => row.types.map((type) => ({ row, type })));
  const many = answer.demand.length > 1;
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "demand", `types.${id}`, { ...own, id });
  return {
    kind: "table", id: "demand-types", label: "What comes, by type", row: "Type",
    columns: [column("arrival_a_week", { label: "Comes in a week", unit: "items", bar: true }), column("share", { label: "Of what comes", unit: "share" })],
    rows: rows.map(({ row, type }) => ({ id: `${row.value_stream}>${type.type}`, name: type.type, ...(many ? { note: streamName(row) } : {}), cells: [type.arrival_a_week, type.share] })),
    source: source(answer, "flow.demand_types", "items begun in complete weeks by type, a week", rows.length),
  };
}

/** Teams that anything can be said of: those too small stand in a sentence. */
export const told = (answer: Metrics): TeamRow[] => answer.teams.filter((row) => row.utilisation !== null || row.efficiency !== null);
export const untold = (answer: Metrics): TeamRow[] => answer.teams.filter((row) => row.utilisation === null && row.efficiency === null);

const second = 1 / 86_400; // of a day: an estimate of less is none
const added = (days: number | undefined): number | string | null => (days === undefined ? null : days > 0 && days < second ? "hardly any" : days);
/** Why something of the team is not known. */
const why = (row: TeamRow): string | null => row.reason ?? row.efficiency_reason ?? row.load_reason;

export function teamsTable(answer: Metrics, most: number | null): TableBarsSpec {
  const utilisation = "docs/method/utilisation.md";
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "teams", id, own);
  const rows = [...told(answer)].sort((a, b) => (b.utilisation ?? -1) - (a.utilisation ?? -1)).slice(0, most ?? undefined);
  return {
    kind: "table", id: "teams", label: "Utilisation and flow efficiency by team", row: "Team",
    columns: [
      column("utilisation", { label: "People busy", unit: "share", bar: true, range: true, scale: "share" }),
      column("efficiency", { label: "Work worked on", unit: "share", bar: true, range: true, scale: "share" }),
      column("at_once", { label: "At once", unit: "items" }),
      column("more_load.days_low", { label: "10% more adds", unit: "days" }),
      column("more_load.days_high", { label: "up to", unit: "days" }),
    ],
    rows: rows.map((row) => ({
      id: row.team, name: row.team, ...(why(row) === null ? {} : { note: why(row) ?? "" }),
      cells: [row.utilisation, row.efficiency, row.at_once, added(row.more_load?.days_low), added(row.more_load?.days_high)],
      intervals: [row.utilisation_interval, row.efficiency_interval, null, null, null],
    })),
    source: source(answer, "flow.teams", "as its columns", rows.length, utilisation),
  };
}

/** Each team a point: how busy against how well its work flows. */
export function contrast(answer: Metrics): ScatterSpec {
  const both = answer.teams.filter((row) => row.utilisation !== null && row.efficiency !== null);
  return {
    kind: "scatter", id: "contrast", row: "Team", label: "Teams by how busy they are and how much of their work's time is worked on", height: 250,
    x: { id: "utilisation", label: "Share of people's time busy", unit: "share", scale: "number", min: 0 },
    y: { id: "efficiency", label: "Share of the work's time worked on", unit: "share", scale: "number" },
    points: { x: both.map((row) => row.utilisation ?? 0), y: both.map((row) => row.efficiency ?? 0), ids: both.map((row) => row.team), intervals: both.map((row) => [row.utilisation_interval, row.efficiency_interval] as const) },
    lines: [],
    source: source(answer, "flow.teams", "as its columns", both.length, "docs/method/utilisation.md"),
  };
}

// What work asks of teams: out of hours, at once, and carried by one person alone. By team, never by person.

import type { BarColumn, LineSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import type { Interval } from "@tiebeam/model";
import { columnOf, type Metrics } from "./answers";

export type Limit = "out_of_hours" | "concurrent" | "single_holder";
export type LoadLimits = Readonly<Record<Limit, number>>;
export interface HiddenTeams {
  readonly teams: number;
  readonly least_people: number;
}
export interface LoadMonthRow {
  readonly month: string;
  readonly full: boolean;
  readonly people: number | null; // null: too few, nothing is told
  readonly events: number | null;
  readonly out_of_hours: number | null;
  readonly concurrent: number | null;
}
export interface TeamLoadRow {
  readonly team: string;
  readonly people: number;
  readonly events: number;
  readonly out_of_hours: number | null;
  readonly out_of_hours_interval: Interval | null;
  readonly concurrent: number | null;
  readonly single_holder: number | null;
  readonly over: readonly Limit[];
  readonly months: readonly LoadMonthRow[];
}

const method = "docs/method/load-on-people.md";
export const limits: readonly { readonly id: Limit; readonly label: string; readonly unit: string; readonly says: string }[] = [
  { id: "out_of_hours", label: "Out of hours", unit: "share", says: "of events out of hours" },
  { id: "concurrent", label: "At once, a person", unit: "items", says: "at once for a person" },
  { id: "single_holder", label: "Rests on one person", unit: "share", says: "of the work resting on one person" },
];

export function loadTable(answer: Metrics, most: number | null): TableBarsSpec {
  const rows = answer.team_load.slice(0, most ?? undefined);
  const column = (id: string, label: string, unit: string, own: Partial<BarColumn> = {}): BarColumn => columnOf(answer, "team_load", id, { label, unit, ...own });
  return {
    kind: "table", id: "team-load", label: "Load on teams", row: "Team",
    columns: [
      ...limits.map(({ id, label, unit }) => column(id, label, unit, { bar: true, ...(id === "out_of_hours" ? { range: true } : {}) })),
      column("people", "People", "people"),
    ],
    rows: rows.map((row) => ({
      id: row.team, name: row.team,
      cells: [row.out_of_hours, row.concurrent, row.single_holder, row.people],
      intervals: [row.out_of_hours_interval, null, null, null],
      amiss: [...limits.map(({ id }) => (row.over.includes(id) ? "over the limit" : null)), null],
    })),
    source: { key: "flow.team_load", formula: "as its columns", method, as_of: answer.as_of, n: rows.reduce((sum, row) => sum + row.events, 0), recompute: answer.recompute },
  };
}

/** One measure month by month, complete months only: of a team, or of all. */
export function loadMonths(answer: Metrics, team: TeamLoadRow | null, measure: "out_of_hours" | "concurrent"): LineSpec {
  const months = (team?.months ?? answer.people_months).filter((one) => one.full);
  const said = limits.find(({ id }) => id === measure);
  return {
    kind: "line", id: "load-months", label: `${said?.label ?? measure} each month: ${team?.team ?? "all teams"}`, height: 200, unit: said?.unit ?? "", y: said?.label ?? measure,
    times: months.map((one) => Date.parse(one.month)),
    series: [{ id: measure, name: team?.team ?? "All teams", look: "actual", values: months.map((one) => one[measure]) }],
    lines: [{ label: "Limit", value: answer.load_limits[measure], look: "guard" }],
    source: { key: team === null ? "flow.people_months" : `flow.team_load[${team.team}].months`, formula: "as its columns, by month", method, as_of: answer.as_of, n: months.reduce((sum, one) => sum + (one.events ?? 0), 0), recompute: answer.recompute },
  };
}

// Which state costs the most flow time, and what that time would be without it.

import type { BarColumn, StateClass, TableBarsSpec } from "@tiebeam/charts/spec";
import { numberOf } from "@tiebeam/format";
import type { Interval, Money } from "@tiebeam/model";
import { columnOf, valueOf, type Metrics } from "./answers";

export type Constraint = "people" | "automation" | "timing" | "dependency" | "unclear";
export interface Effect {
  readonly now: number | null;
  readonly then: number | null; // days, without the stays in the state
  readonly saved: number | null;
  readonly low: number | null; // of what is saved
  readonly high: number | null;
}
export interface BottleneckRow {
  readonly state: string;
  readonly class: StateClass;
  readonly constraint: Constraint;
  readonly because: string; // how the constraint is known
  readonly team: string | null;
  readonly items: number;
  readonly days: number;
  readonly share: number;
  readonly share_interval: Interval | null;
  readonly mean: Effect;
  readonly p50: Effect;
  readonly p85: Effect;
  readonly growth: number | null;
  readonly rank: number | null;
  readonly tied: boolean; // these items cannot tell it from the first
  readonly cost: Money | null;
}

export const constraintWords: Readonly<Record<Constraint, string>> = {
  people: "people", automation: "automation", timing: "timing", dependency: "dependency", unclear: "not clear",
};
const waits: readonly StateClass[] = ["wait", "blocked", "backlog"];
const level = 0.9;
const around = ({ low, high }: Effect): Interval | null => (low === null || high === null ? null : { low, high, level });

/** What a row comes to in money, when any does: its column, else none. */
export function costColumn<Row extends { readonly cost: Money | null }>(answer: Metrics, array: string, rows: readonly Row[], label: string) {
  const currency = rows.find((row) => row.cost !== null)?.cost?.currency;
  return currency === undefined ? [] : [columnOf(answer, array, "cost", { label, unit: currency })];
}

/** `link` leads to the work that waited in a state; in those that are worked in nothing waits. */
export function bottlenecksTable(answer: Metrics, link: (state: string) => string): TableBarsSpec {
  const rows = answer.bottlenecks;
  const cost = costColumn(answer, "bottlenecks", rows, "Cost");
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "bottlenecks", id, own);
  return {
    kind: "table", id: "bottlenecks", label: "States by what flow time would lose without them", row: "State, and how its kind is known",
    columns: [
      column("share", { label: "Share of flow time", unit: "share", bar: true, range: true }),
      column("constraint", { label: "Kind of constraint", unit: "" }),
      column("mean.saved", { label: "Saved on average", unit: "days", bar: true, range: true }),
      column("p50.then", { label: "Half would finish within", unit: "days" }),
      column("p85.then", { label: "85 of 100 within", unit: "days" }),
      ...cost,
    ],
    rows: rows.map((row) => ({
      id: row.state, name: row.state, state: row.class, ...(waits.includes(row.class) ? { href: link(row.state) } : {}),
      note: [row.because, row.team === null || row.because.includes(row.team) ? "" : `${row.team} takes most of it.`, row.tied ? "These items cannot tell it from the first." : ""].filter((part) => part !== "").join(" "),
      cells: [row.share, constraintWords[row.constraint], row.mean.saved, row.p50.then, row.p85.then, ...cost.map(() => numberOf(row.cost))],
      intervals: [row.share_interval, null, around(row.mean), null, null, ...cost.map(() => null)],
    })),
    source: {
      key: "flow.bottlenecks", formula: "flow times of the finished items without their stays in the state, item by item", method: "docs/method/bottlenecks.md",
      as_of: answer.as_of, n: valueOf(answer.figures, "flow.finished"), recompute: answer.recompute,
    },
  };
}

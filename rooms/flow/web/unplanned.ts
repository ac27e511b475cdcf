// How much of what is begun was urgent and not foreseen, against what each stream plans for.

import type { BarColumn, LineSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import type { Interval } from "@tiebeam/model";
import { columnOf, type Metrics } from "./answers";
import { streamName } from "./demand";

export interface UnplannedMonthRow {
  readonly month: string;
  readonly full: boolean;
  readonly entered: number;
  readonly unplanned: number;
  readonly share: number | null;
}
export interface UnplannedRow {
  readonly value_stream: string;
  readonly name: string;
  readonly entered: number;
  readonly unplanned: number;
  readonly share: number | null;
  readonly interval: Interval | null;
  readonly target_low: number | null;
  readonly target_high: number | null;
  readonly verdict: "within" | "above" | "unclear" | "too_few" | "no_target" | "not_measurable";
  readonly months: readonly UnplannedMonthRow[];
}

export const unplannedWords: Readonly<Record<UnplannedRow["verdict"], string>> = {
  within: "within its target", above: "above its target", unclear: "may be on either side", too_few: "too few to say",
  no_target: "made for incidents, no target", not_measurable: "no type and no priority named",
};
const method = "docs/method/unplanned.md";

export function unplannedTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, label: string, unit: string, own: Partial<BarColumn> = {}): BarColumn => columnOf(answer, "unplanned", id, { label, unit, ...own });
  const rows = answer.unplanned;
  return {
    kind: "table", id: "unplanned", label: "Unplanned share of what was begun, by value stream", row: "Value stream",
    columns: [
      column("share", "Unplanned", "share", { bar: true, range: true, scale: "share" }),
      column("target_high", "Planned for, at most", "share", { bar: true, scale: "share" }),
      column("entered", "Begun", "items"),
      column("verdict", "So", ""),
    ],
    rows: rows.map((row) => ({
      id: row.value_stream, name: streamName(row),
      cells: [row.share, row.target_high, row.entered, unplannedWords[row.verdict]],
      intervals: [row.interval, null, null, null],
      amiss: [row.verdict === "above" ? "above what is planned for" : null, null, null, null],
    })),
    source: { key: "flow.unplanned", formula: "items that entered active work within 24 hours of being asked for, of a type or priority that is urgent / all that entered", method, as_of: answer.as_of, n: rows.reduce((sum, row) => sum + row.entered, 0), recompute: answer.recompute },
  };
}

/** Month by month, complete months only, with the target as a line. */
export function unplannedMonths(answer: Metrics, row: UnplannedRow): LineSpec {
  const months = row.months.filter((one) => one.full);
  return {
    kind: "line", id: "unplanned-months", label: `Unplanned share of what was begun each month: ${streamName(row)}`, height: 200, unit: "share", y: "Share of what was begun",
    times: months.map((one) => Date.parse(one.month)),
    series: [{ id: "share", name: "Unplanned", look: "actual", values: months.map((one) => one.share) }],
    lines: row.target_high === null ? [] : [{ label: "Planned for", value: row.target_high, look: "guard" }],
    source: { key: `flow.unplanned[${row.value_stream}].months`, formula: "unplanned / entered, by the month in which work was begun", method, as_of: answer.as_of, n: months.reduce((sum, one) => sum + one.entered, 0), recompute: answer.recompute },
  };
}

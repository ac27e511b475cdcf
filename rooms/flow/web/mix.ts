// What kind of work was finished, as charts.

import type { BarsSpec, Look, TableBarsSpec } from "@tiebeam/charts/spec";
import { valueOf, type CycleTimes, type Metrics } from "./answers";

const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthName = (month: string): string => `${names[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;
const source = (answer: Metrics, key: string, formula: string, n: number | null) => ({ key, formula, method: "docs/method/flow-time.md", as_of: answer.as_of, n, recompute: answer.recompute });

export function typesTable(answer: Metrics): TableBarsSpec {
  const columns = ["share", "finished", "active_share"] as const;
  const rows = [...answer.types].sort((a, b) => b.finished - a.finished);
  return {
    kind: "table", id: "types", label: "Finished work by type", row: "Type",
    columns: columns.map((id) => ({ id, label: id, unit: "items", bar: id === "share", ...answer.columns["types"]?.columns[id] })),
    rows: rows.map((row) => ({ id: row.type, name: row.type === "unmapped" ? "of no known type" : row.type, cells: columns.map((column) => row[column]) })),
    source: source(answer, "flow.types", "count of items of the type / finished items", valueOf(answer.figures, "flow.finished")),
  };
}

const looks: readonly Look[] = ["actual", "previous", "plan", "forecast", "quiet"];
/** Finished items of each month by type: the four most frequent types, the rest together. */
export function typeMonths(times: CycleTimes, answer: Metrics): BarsSpec {
  const months = answer.months.map((row) => row.month.slice(0, 7));
  const counts = times.types.map(() => months.map(() => 0));
  times.finish.forEach((micros, i) => {
    const month = months.indexOf(new Date(micros / 1000).toISOString().slice(0, 7));
    const row = counts[times.type[i] ?? 0];
    if (row && month >= 0) row[month] = (row[month] ?? 0) + 1;
  });
  const total = (row: readonly number[]): number => row.reduce((sum, count) => sum + count, 0);
  const order = times.types.map((name, t) => ({ name: name === "" ? "of no known type" : name, values: counts[t] ?? [] })).filter((one) => total(one.values) > 0).sort((a, b) => total(b.values) - total(a.values));
  const kept = order.length > looks.length ? order.slice(0, looks.length - 1) : order;
  const rest = order.slice(kept.length);
  if (rest.length > 0) kept.push({ name: "other types", values: months.map((_, m) => rest.reduce((sum, one) => sum + (one.values[m] ?? 0), 0)) });
  return {
    kind: "bars", id: "type-months", label: "Items finished in each month, by type", height: 250, unit: "items", y: "Items finished", row: "Month", mode: "stacked",
    categories: answer.months.map((row) => monthName(row.month)),
    ids: answer.months.map((row) => row.month),
    series: kept.map((one, s) => ({ ...one, look: looks[s] ?? "quiet" })),
    open: answer.months.flatMap((row, m) => (row.full ? [] : [m])),
    source: source(answer, "flow.cycle_time.by_month_and_type", "count of finished items by month of the finish (UTC) and type", times.n),
  };
}

export function monthsTable(answer: Metrics): TableBarsSpec {
  const columns = ["arrivals", "finishes", "p85"] as const;
  return {
    kind: "table", id: "months", label: "Begun, finished and cycle time of each month", row: "Month",
    columns: columns.map((id) => ({ id, label: id, unit: id === "p85" ? "days" : "items", bar: true, ...answer.columns["months"]?.columns[id] })),
    rows: answer.months.map((row) => ({ id: row.month, name: monthName(row.month), ...(row.full ? {} : { note: "not complete" }), cells: columns.map((column) => row[column]) })),
    source: source(answer, "flow.months", "by month of the value stream", null),
  };
}

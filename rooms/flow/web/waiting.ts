// Where work waits, as tables with bars.

import type { BarColumn, TableBarsSpec } from "@tiebeam/charts/spec";
import { valueOf, type Metrics } from "./answers";

const method = "docs/method/flow-time.md";
const source = (answer: Metrics, key: string, formula: string, n: number | null) => ({ key, formula, method, as_of: answer.as_of, n, recompute: answer.recompute });

export function statesTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, bar: boolean): BarColumn => ({ id, label: id, unit: "days", bar, ...answer.columns["states"]?.columns[id] });
  const rows = answer.states.filter((row) => row.class !== "done" && row.class !== "cancelled").sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  return {
    kind: "table", id: "states", label: "States by their share of the time", row: "State",
    columns: [column("share", true), column("dwell.p50", false), column("dwell.p85", true), column("dwell.p95", false), column("now", true), column("growth", false)],
    rows: rows.map((row) => ({ id: row.state, name: row.state, state: row.class, cells: [row.share, row.dwell.p50, row.dwell.p85, row.dwell.p95, row.now, row.growth] })),
    source: source(answer, "flow.states", "as its columns", valueOf(answer.figures, "flow.items")),
  };
}

/** Days waited, summed by the party that a state waits for. */
export function parties(answer: Metrics): TableBarsSpec {
  const sums = new Map<string, { days: number; states: string[] }>();
  for (const row of answer.waits) {
    const name = row.party ?? "nobody named";
    const sum = sums.get(name) ?? { days: 0, states: [] };
    sums.set(name, { days: sum.days + row.days, states: [...sum.states, row.state] });
  }
  const total = answer.waits.reduce((sum, row) => sum + row.days, 0);
  const rows = [...sums].sort(([, a], [, b]) => b.days - a.days);
  return {
    kind: "table", id: "parties", label: "Waiting by who is waited for", row: "Waited for",
    columns: [
      { id: "days", label: "Days waited", unit: "days", bar: true, formula: "sum of flow.waits days of the states that wait for this party" },
      { id: "share", label: "Share of the waiting", unit: "share", bar: false, formula: "days of this party / days of all" },
    ],
    rows: rows.map(([name, sum]) => ({ id: name, name, note: sum.states.join(", "), cells: [sum.days, total > 0 ? sum.days / total : null] })),
    source: source(answer, "flow.waits.by_party", "sum of days in states of class wait or blocked", null),
  };
}

/** Pairs of teams by the days waited after a handover, the worst first. */
export function handovers(answer: Metrics, most: number | null): TableBarsSpec {
  const rows = answer.handover
    .map((row) => ({ ...row, waited: row.mean_wait_days === null ? null : row.count * row.mean_wait_days }))
    .sort((a, b) => (b.waited ?? 0) - (a.waited ?? 0))
    .slice(0, most ?? undefined);
  const said = answer.columns["handover"]?.columns;
  return {
    kind: "table", id: "handovers", label: "Handovers between teams by days waited", row: "From and to",
    columns: [
      { id: "waited", label: "Days waited in all", unit: "days", bar: true, formula: "count * mean_wait_days" },
      { id: "count", label: "Times", unit: "handoffs", bar: false, ...said?.["count"] },
      { id: "mean_wait_days", label: "Wait after each", unit: "days", bar: false, ...said?.["mean_wait_days"] },
    ],
    rows: rows.map((row) => ({ id: `${row.from}>${row.to}`, name: `${row.from} → ${row.to}`, cells: [row.waited, row.count, row.mean_wait_days] })),
    source: source(answer, "flow.handover", "count of direct successions of two teams", answer.handover.reduce((sum, row) => sum + row.count, 0)),
  };
}

// Open work set against the stays of others in the same state.

import type { AgeingColumn } from "@tiebeam/charts/spec";
import type { AgingRow, Metrics } from "./answers";
import { inFlowOrder } from "./order";

export interface OpenItem extends AgingRow {
  readonly column: number;
  readonly late: boolean; // longer in its state than 85 of 100 stay there
}

export function ageing(metrics: Metrics, stages: readonly string[]): { readonly columns: AgeingColumn[]; readonly items: OpenItem[] } {
  const held = new Set(metrics.aging.map((row) => row.state));
  const known = metrics.states.filter((state) => held.has(state.state));
  const order = inFlowOrder(known, stages);
  const columns = order.map((state) => ({ name: state.state, p50: state.dwell.p50, p85: state.dwell.p85, p95: state.dwell.p95 }));
  const place = new Map(columns.map((column, c) => [column.name, c]));
  const items = metrics.aging.flatMap((row): OpenItem[] => {
    const column = place.get(row.state);
    if (column === undefined) return [];
    const limit = columns[column]?.p85 ?? null;
    return [{ ...row, column, late: limit !== null && row.state_age_days > limit }];
  });
  return { columns, items: items.sort((a, b) => b.age_days - a.age_days) };
}

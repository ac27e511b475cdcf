// Open work set against the stays of others in the same state.

import type { AgeingColumn, StateClass } from "@tiebeam/charts/spec";
import type { AgingRow, Metrics } from "./answers";
import { inFlowOrder } from "./order";

/** What to ask about today; `why` says it in words. */
export interface AskRow {
  readonly item: string;
  readonly state: string;
  readonly class: StateClass;
  readonly team: string | null;
  readonly value_stream: string;
  readonly age_days: number;
  readonly state_age_days: number;
  readonly state_percentile: number | null;
  readonly state_line_days: number | null;
  readonly promised_days: number | null;
  readonly surprise: number;
  readonly why: string;
}
export interface OpenItem extends AgingRow {
  readonly column: number;
  readonly late: boolean; // longer in its state than 85 of 100 stay there, or than all that ended
}
export interface Choices {
  readonly state: string | null;
  readonly team: string | null;
  readonly stream: string | null;
}

export function ageing(metrics: Metrics, stages: readonly string[]): { readonly columns: AgeingColumn[]; readonly items: OpenItem[] } {
  const held = new Set(metrics.aging.map((row) => row.state));
  const known = metrics.states.filter((state) => held.has(state.state));
  const order = inFlowOrder(known, stages);
  const columns = order.map((state) => ({ name: state.state, p50: state.dwell.p50, p85: state.dwell.p85, p95: state.dwell.p95 }));
  const place = new Map(columns.map((column, c) => [column.name, c]));
  const items = metrics.aging.flatMap((row): OpenItem[] => {
    const column = place.get(row.state);
    return column === undefined ? [] : [{ ...row, column, late: row.past_state_line || row.past_all_ended }];
  });
  return { columns, items: items.sort((a, b) => b.age_days - a.age_days) };
}

export function chosen<Row extends { readonly state: string; readonly team: string | null; readonly value_stream: string }>(rows: readonly Row[], { state, team, stream }: Choices): Row[] {
  return rows.filter((one) => (!team || one.team === team) && (!stream || one.value_stream === stream) && (!state || one.state === state));
}

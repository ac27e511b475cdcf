// Deployments and incidents: how fast and how safely changes reach those who use them.

import type { BarColumn, BarsSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import type { Interval } from "@tiebeam/model";
import { columnOf, type Metrics } from "./answers";

export interface ServiceRow {
  readonly service: string;
  readonly deployments: number;
  readonly a_week: number | null;
  readonly days_a_week: number | null;
  readonly lead_p50: number | null;
  readonly lead_p85: number | null;
  readonly failed: number;
  readonly failure_share: number | null;
  readonly failure_interval: Interval | null;
  readonly recovery_p50: number | null;
  readonly recovery_p85: number | null;
  readonly open_incidents: number;
  readonly rework_share: number | null;
}
export interface DeliveryMonthRow {
  readonly month: string;
  readonly full: boolean;
  readonly deployments: number;
  readonly days: number;
  readonly failed: number;
  readonly failure_share: number | null;
  readonly incidents: number;
  readonly rework: number;
}

const method = "docs/method/dora.md";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** "2024-01-01" as "Jan 2024". */
export const monthName = (day: string): string => `${months[Number(day.slice(5, 7)) - 1] ?? ""} ${day.slice(0, 4)}`;

export function servicesTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, label: string, unit: string, own: Partial<BarColumn> = {}): BarColumn => columnOf(answer, "dora_services", id, { label, unit, ...own });
  return {
    kind: "table", id: "dora-services", label: "Speed and stability by service", row: "Service",
    columns: [
      column("a_week", "Deployments a week", "deployments", { bar: true }),
      column("lead_p50", "Half of changes within", "days"),
      column("lead_p85", "85 of 100 within", "days"),
      column("failure_share", "Failed", "share", { bar: true, range: true }),
      column("recovery_p50", "Half recovered within", "days"),
      column("recovery_p85", "85 of 100 within", "days"),
      column("rework_share", "Only to repair", "share"),
      column("open_incidents", "Open incidents", "incidents"),
    ],
    rows: answer.dora_services.map((row) => ({
      id: row.service, name: row.service || "no service named",
      cells: [row.a_week, row.lead_p50, row.lead_p85, row.failure_share, row.recovery_p50, row.recovery_p85, row.rework_share, row.open_incidents],
      intervals: [null, null, null, row.failure_interval, null, null, null, null],
    })),
    source: { key: "flow.dora_services", formula: "as its columns", method, as_of: answer.as_of, n: answer.dora_services.reduce((sum, row) => sum + row.deployments, 0), recompute: answer.recompute },
  };
}

export function deliveryMonths(answer: Metrics): BarsSpec {
  const rows = answer.dora_months.slice(-13); // a year, and the month it began with
  return {
    kind: "bars", id: "dora-months", label: "Deployments each month, and how many failed", height: 230, unit: "deployments", y: "Deployments", row: "Month", mode: "beside",
    categories: rows.map((row) => monthName(row.month)), ids: rows.map((row) => row.month), ticks: rows.map((row) => monthName(row.month).slice(0, 3)), years: rows.map((row) => row.month.slice(0, 4)),
    series: [
      { id: "deployments", name: "Deployments", look: "actual", values: rows.map((row) => row.deployments) },
      { id: "failed", name: "Failed", look: "previous", values: rows.map((row) => row.failed) },
      { id: "rework", name: "Only to repair", look: "plan", values: rows.map((row) => row.rework) },
    ],
    line: { id: "incidents", name: "Incidents", values: rows.map((row) => row.incidents) },
    open: rows.flatMap((row, i) => (row.full ? [] : [i])),
    source: { key: "flow.dora_months", formula: "count of deployments, failed ones, repairs and incidents, by month", method, as_of: answer.as_of, n: rows.reduce((sum, row) => sum + row.deployments, 0), recompute: answer.recompute },
  };
}

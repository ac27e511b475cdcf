// The list of scenarios: what is found, and the scale of its bars.

import { numberOf } from "@tiebeam/format";
import type { ScenarioRow } from "./answers";

/** Those that hold every word in their name, sentence, owner or service. */
export function found(rows: readonly ScenarioRow[], q: string, service: string): readonly ScenarioRow[] {
  const words = q.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const textOf = (row: ScenarioRow): string => [row.name, row.id, row.sentence, row.service?.name ?? "", typeof row.owner === "string" ? row.owner : (row.owner?.name ?? ""), ...row.goals.map((goal) => goal.name)].join(" ").toLowerCase();
  return rows.filter((row) => (service === "" || row.service?.id === service) && words.every((word) => textOf(row).includes(word)));
}
export const largest = (rows: readonly ScenarioRow[]): number => Math.max(1e-9, ...rows.map((row) => numberOf(row.mean.value) ?? 0));

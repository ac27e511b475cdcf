// The answer about cumulative flow as bands of a chart.

import type { AreaBand, StackedAreaSpec } from "@tiebeam/charts/spec";
import type { CumulativeFlow } from "./answers";
import { approximateWaits, inFlowOrder } from "./order";

export function bandsOf(answer: CumulativeFlow, view: "states" | "states-and-done" | "reached"): StackedAreaSpec {
  const times = answer.times.map((time) => Date.parse(time));
  const column = (rows: readonly (readonly number[])[], at: number): number[] => rows.map((row) => row[at] ?? 0);
  const first = column(answer.reached, 0);
  const last = column(answer.reached, answer.stages.length - 1);
  const waits = answer.stages.length > 1 ? approximateWaits(times, first, last) : times.map(() => null);
  const inProgress = answer.occupancy.map((row) => row.reduce((sum, count, s) => (["wait", "active", "blocked"].includes(answer.states[s]?.class ?? "") ? sum + count : sum), 0));
  const asides = [
    { says: "In progress", unit: "items", values: inProgress },
    { says: "Wait of what finishes then, about", unit: "days", values: waits },
  ];
  const classes = new Map(answer.states.map((one) => [one.state, one.class]));

  let bands: AreaBand[];
  if (view === "reached") {
    // Boundaries: those who came furthest lie lowest.
    bands = answer.stages.map((stage, s): AreaBand => ({ name: stage, state: classes.get(stage) ?? "unknown", values: column(answer.reached, s) })).reverse();
  } else {
    const placed = answer.states.map((one, s) => ({ ...one, values: column(answer.occupancy, s) }));
    const shown = placed.filter((one) => one.values.some((count) => count > 0) && (view === "states-and-done" || (one.class !== "done" && one.class !== "cancelled" && one.class !== "backlog")));
    bands = inFlowOrder(shown, answer.stages).reverse().map((one): AreaBand => ({ name: one.state === "" ? "not in a state yet" : one.state, state: one.class, values: one.values }));
  }
  return {
    kind: "stacked-area", id: `cumulative-${view}`, label: view === "reached" ? "Items that have reached each stage, by day" : "Items in each state, by day",
    height: 520, unit: "items", y: "Items", times, bands, stacked: view !== "reached", asides,
    source: { key: view === "reached" ? "flow.cumulative.reached" : "flow.cumulative.occupancy", formula: answer.formula, method: answer.method, as_of: answer.as_of, n: null, recompute: answer.recompute },
  };
}

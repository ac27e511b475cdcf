import type { BarsSpec } from "@tiebeam/charts/spec";
import { dayText } from "@tiebeam/format";
import { valueOf, type Metrics } from "./answers";

/** Begun and finished each week, with what is in progress at its end; the last `most` weeks, or all. */
export function weeksSpec(answer: Metrics, most: number | null, height = 300): BarsSpec {
  const weeks = most === null ? answer.weeks : answer.weeks.slice(-most);
  return {
    kind: "bars", id: "weeks", label: "Begun and finished each week, with work in progress at its end", height,
    unit: "items", y: "Items", row: "Week", mode: "beside",
    categories: weeks.map((row) => `Week of ${dayText(row.week)}`),
    ids: weeks.map((row) => row.week),
    ticks: weeks.map((row) => dayText(row.week).slice(0, -5)),
    years: weeks.map((row) => row.week.slice(0, 4)),
    series: [
      { id: "arrivals", name: "Begun", look: "previous", values: weeks.map((row) => row.arrivals) },
      { id: "finishes", name: "Finished", look: "actual", values: weeks.map((row) => row.finishes) },
    ],
    line: { id: "wip_at_end", name: "In progress", values: weeks.map((row) => row.wip_at_end) },
    open: weeks.flatMap((row, i) => (row.full ? [] : [i])),
    source: { key: "flow.weeks", formula: "count of items begun, finished and in progress, by ISO week of the value stream", method: "docs/method/flow-time.md", as_of: answer.as_of, n: valueOf(answer.figures, "flow.items"), recompute: answer.recompute },
  };
}

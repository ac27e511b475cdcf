// One scenario as charts and tables.

import type { ExceedanceSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import { numberOf } from "@tiebeam/format";
import { method, type Curve, type Preview, type ScenarioAnswer } from "./answers";

function curveSpec(curve: Curve, name: string, currency: string, source: ExceedanceSpec["source"], height: number): ExceedanceSpec {
  return {
    kind: "exceedance", id: "scenario", label: `Chance that ${name} costs more than an amount in a year`, height, unit: currency, y: "Chance of losing more in a year", scale: "plain",
    losses: curve.loss, curves: [{ id: curve.id, name: "Today", look: "actual", values: curve.probability, ...(curve.low && curve.high ? { low: curve.low, high: curve.high } : {}) }],
    agreed: [], agreedName: "Appetite", source,
  };
}
export const recomputeOf = (answer: ScenarioAnswer): string => answer.recompute ?? `tiebeam risk scenario ${answer.scenario.id} --json`;
export function scenarioCurve(answer: ScenarioAnswer, curve: Curve): ExceedanceSpec {
  const spec = curveSpec(curve, answer.scenario.name, answer.currency, { key: `risk.scenarios[${answer.scenario.id}].curve`, formula: "share of the simulated years in which it costs more", method, as_of: answer.as_of, n: null, recompute: recomputeOf(answer) }, 250);
  const bare = answer.curve_without;
  return bare && bare.loss.length === curve.loss.length ? { ...spec, curves: [...spec.curves, { id: "bare", name: "Without any control", look: "previous", values: bare.probability, ...(bare.low && bare.high ? { low: bare.low, high: bare.high } : {}) }] } : spec;
}
/** Of a scenario that is being written: nothing of it is on record. */
export function previewCurve(preview: Preview, currency: string): ExceedanceSpec {
  const curve = preview.curve ?? { id: "today", label: "", loss: [], probability: [] };
  const spec = curveSpec(curve, "it", currency, { key: "risk.preview.curve", formula: "share of the simulated years in which it costs more", method, as_of: preview.as_of ?? "", n: null, recompute: preview.recompute ?? "tiebeam risk simulate" }, 170);
  return { ...spec, curves: spec.curves.map((one) => ({ ...one, name: "A year costs more" })) };
}

/** What each control takes off this scenario: the year without it, and with it. */
export function controlTable(answer: ScenarioAnswer, href: (id: string) => string): TableBarsSpec {
  const status = { proposed: "proposed", planned: "planned", in_place: "in place", retired: "retired" };
  const unit = answer.currency;
  return {
    kind: "table", id: "scenario-controls", label: "Controls of this scenario", row: "Control",
    columns: [
      { id: "what", label: "Takes away", unit: "", bar: false },
      { id: "without", label: "A year without it", unit, bar: true, scale: "year" },
      { id: "with", label: "A year with it", unit, bar: true, scale: "year" },
      { id: "avoided", label: "Avoids", unit, bar: false },
    ],
    rows: (answer.controls ?? []).map((one) => ({
      id: one.id, name: one.name, href: href(one.id), note: status[one.status],
      cells: [one.by, numberOf(one.without.value), numberOf(one.with.value), numberOf(one.avoided.value)],
      intervals: [null, one.without.interval, one.with.interval, one.avoided.interval],
    })),
    source: { key: `risk.scenarios[${answer.scenario.id}].controls`, formula: "mean of the same simulated years without the control and with it", method, as_of: answer.as_of, n: null, recompute: recomputeOf(answer) },
  };
}

// What the switches say before the server has confirmed it: from the drawn years, as figures.

import { numberOf } from "@tiebeam/format";
import type { Figure } from "@tiebeam/model";
import { curveOf, figureOf, madeHere, type Curve, type Exposure } from "./answers";
import { costOf, lossesWith, measure, movedCurve, movedMean, movedQuantile, type Measured, type Years } from "./draws";
import { inPlace, sameSet } from "./exposure";

export interface Quick {
  readonly curve: Curve;
  readonly mean: Figure;
  readonly p90: Figure;
  readonly p95: Figure;
  readonly cost: Figure;
}

const today = new WeakMap<Years, { readonly names: string; readonly measured: Measured }>();
function measuredToday(years: Years, answer: Exposure): Measured {
  const on = inPlace(answer.controls);
  const names = [...on].sort().join();
  const known = today.get(years);
  if (known?.names === names) return known.measured;
  const measured = measure(lossesWith(years, on));
  today.set(years, { names, measured });
  return measured;
}

/** Null where nothing is to be told: the switches stand as they are in place, or no curve is known. */
export function quickLook(years: Years, answer: Exposure, on: ReadonlySet<string>): Quick | null {
  const from = curveOf(answer, "today");
  if (!from || sameSet(on, inPlace(answer.controls))) return null;
  const before = measuredToday(years, answer);
  const after = measure(lossesWith(years, on));
  const valueOf = (key: string): number | null => numberOf(figureOf(answer.figures, key)?.value ?? null);
  const told = (key: string, value: number | null, label: string): Figure =>
    madeHere(answer, `risk.quick.${key}`, value, {
      label, unit: answer.currency, formula: "the figure of today, moved by what the switched controls change in the same drawn years",
      notes: ["A quick look, from years drawn beforehand; the server confirms it with all years."],
    });
  const quantile = (share: number, key: string): number | null => {
    const now = valueOf(key);
    return now === null ? null : movedQuantile(now, share, before, after);
  };
  const mean = valueOf("risk.loss.mean");
  return {
    curve: { id: "chosen", label: "With chosen controls", loss: from.loss, probability: movedCurve(from, before, after) },
    mean: told("loss.mean", mean === null ? null : movedMean(mean, before, after), "Mean a year with the chosen controls"),
    p90: told("loss.p90", quantile(0.9, "risk.loss.p90"), "1 year in 10 costs more, with the chosen controls"),
    p95: told("loss.p95", quantile(0.95, "risk.loss.p95"), "1 year in 20 costs more, with the chosen controls"),
    cost: told("cost", costOf(years, on), "What the chosen controls cost a year"),
  };
}

/** Whether two figures differ by more than people would notice: a fiftieth. */
export function apart(a: Figure | null, b: Figure | null): boolean {
  const [x, y] = [numberOf(a?.value ?? null), numberOf(b?.value ?? null)];
  if (x === null || y === null) return false;
  return Math.abs(x - y) > 0.02 * Math.max(Math.abs(x), Math.abs(y));
}

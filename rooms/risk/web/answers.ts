// What the risk room answers, as the API gives it, and its numbers as figures.

import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import { numberOf } from "@tiebeam/format";
import type { DayText, Figure, FieldValue, Finding, InstantText, Interval, Money, RecordData } from "@tiebeam/model";

export const method = "docs/method/risk.md";
export type Verdict = "within" | "breach" | "undecided";
export interface Column {
  readonly label: string;
  readonly unit: string;
  readonly formula: string;
  readonly method: string;
}
export interface Named {
  readonly id: string;
  readonly name: string;
}
/** Chances of a year above each loss; curves of one answer stand over the same losses. */
export interface Curve {
  readonly id: "today" | "bare" | "chosen" | string;
  readonly label: string;
  readonly loss: readonly number[];
  readonly probability: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}
export interface AppetitePoint {
  readonly id: string;
  readonly name: string;
  readonly probability: number;
  readonly loss: Money;
  readonly set_by: Named | string | null;
  readonly set_on: DayText | null;
  readonly chance: Figure;
  readonly verdict: Verdict;
}
export interface ScenarioRow {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  readonly service: Named | null;
  readonly goals: readonly Named[];
  readonly treatment: string;
  readonly owner: Named | string | null;
  readonly review_on: DayText | null;
  readonly mean: Figure;
  readonly p90: Figure;
  readonly tail_share: Figure | null;
  readonly controls: readonly string[];
  readonly age_days?: number | null;
}
export interface ControlRow {
  readonly id: string;
  readonly name: string;
  readonly status: "proposed" | "planned" | "in_place" | "retired";
  readonly on: boolean;
  readonly cost: Figure;
  readonly avoided: Figure;
  readonly per_euro: Figure;
  readonly p_worth: Figure | null;
  readonly tested_at: DayText | null;
  readonly test_passed: boolean | null;
  readonly scenarios?: readonly string[];
}
export interface ExposureRow {
  readonly id: string;
  readonly name: string;
  readonly tier?: string | null;
  readonly mean: Figure;
  readonly p90: Figure;
  readonly scenarios: readonly string[];
  readonly disruption_a_day?: Figure | null;
}
export interface BestSet {
  readonly budget: number | Money;
  readonly controls: readonly string[];
  readonly proven: boolean;
  readonly avoided: Figure;
  readonly cost: Figure;
}
/** What other controls than those in place would leave; then `appetite` is told for them. */
export interface Chosen {
  readonly controls: readonly string[];
  readonly figures: readonly Figure[]; // risk.chosen.mean, .p90, .avoided, .cost
}
export interface Exposure {
  readonly as_of: InstantText;
  readonly currency: string;
  readonly trials: number;
  readonly seed: number;
  readonly recompute: string;
  readonly status: "ok" | "empty" | "unfinished";
  readonly figures: readonly Figure[];
  readonly curves: readonly Curve[];
  readonly appetite: readonly AppetitePoint[];
  readonly scenarios: readonly ScenarioRow[];
  readonly controls: readonly ControlRow[];
  readonly chosen?: Chosen;
  readonly best: BestSet | null;
  readonly by_service: readonly ExposureRow[];
  readonly by_priority: readonly ExposureRow[];
  readonly unfinished: readonly LeftOut[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  readonly columns?: Readonly<Record<string, { readonly row: string; readonly columns: Readonly<Record<string, Column>> }>>;
}
export interface Quantities {
  readonly words: string;
  readonly quantiles: readonly (readonly [number, number])[];
}
export interface ScenarioControl {
  readonly id: string;
  readonly name: string;
  readonly status: ControlRow["status"];
  readonly factor: "frequency" | "magnitude";
  readonly by: string; // "40 % to 80 % fewer events"
  readonly without: Figure;
  readonly with: Figure;
  readonly avoided: Figure;
}
export interface InsuranceLayer {
  readonly deductible: number; // in the answer's currency
  readonly limit: number;
}
export interface LeftOut {
  readonly type?: string;
  readonly id: string;
  readonly name: string;
  readonly missing: readonly string[]; // what is not said, or cannot be meant as it is
}
export interface ScenarioAnswer {
  readonly as_of: InstantText;
  readonly currency: string;
  readonly scenario: RecordData;
  readonly sentence?: string; // these four: of a scenario that is finished
  readonly figures?: readonly Figure[];
  readonly curve?: Curve | null;
  readonly curve_without?: Curve; // with none of the controls that are in place
  readonly controls?: readonly ScenarioControl[];
  readonly frequency: Quantities | null;
  readonly loss: Quantities | null;
  readonly insurance: readonly InsuranceLayer[];
  readonly basis: string | null;
  readonly starter: string | Readonly<Record<string, FieldValue>> | null;
  readonly calibration: { readonly person?: Named | null; readonly figure?: Figure | null; readonly words?: string } | null;
  readonly unfinished?: LeftOut | null;
  readonly findings: readonly Finding[];
  readonly recompute?: string;
}
export interface Preview {
  readonly figures: readonly Figure[];
  readonly sentence: string;
  readonly curve: Curve | null;
  readonly errors: readonly { readonly field: string; readonly found: string; readonly hint: string }[];
  readonly as_of?: InstantText;
  readonly currency?: string;
  readonly recompute?: string;
}

export const figureOf = (figures: readonly Figure[] | undefined, key: string): Figure | null => figures?.find((figure) => figure.key === key) ?? null;
/** The figure whose key ends so: "mean" of risk.scenarios[x].mean as of risk.loss.mean. */
export const figureEnding = (figures: readonly Figure[] | undefined, end: string): Figure | null => figures?.find((figure) => figure.key === end || figure.key.endsWith(`.${end}`)) ?? null;
/** The first bad year that costs anything: one in ten, else rarer; null where even 1 in 100 costs nothing or is not known. */
export function badYearOf(figures: readonly Figure[] | undefined): { readonly years: string; readonly figure: Figure } | null {
  for (const [name, years] of [["p90", "ten"], ["p95", "twenty"], ["p99", "a hundred"]] as const) {
    const figure = figureEnding(figures, name);
    if (figure && (numberOf(figure.value) ?? 0) > 0) return { years, figure };
  }
  return null;
}
export const curveOf = (answer: Pick<Exposure, "curves">, id: string): Curve | null => answer.curves.find((one) => one.id === id) ?? null;
export const amountOf = (money: Money): number => numberOf(money) ?? 0;
export const nameOf = (one: Named | string | null): string | null => (one === null || one === "" ? null : typeof one === "string" ? one : one.name);
/** Whether anybody could lose anything: a register without a scenario that is finished has no curve. */
export const hasCurve = (answer: Exposure): boolean => answer.status === "ok" && answer.curves.length > 0;

/** A number that the page itself worked out of what the answer holds. */
export function madeHere(answer: Pick<Exposure, "as_of" | "recompute">, key: string, value: number | null, says: { label: string; unit: string; formula: string; notes?: readonly string[]; interval?: Interval | null }): CellFigure {
  return cellFigure(key, value, { label: says.label, unit: says.unit, formula: says.formula, method, as_of: answer.as_of, recompute: answer.recompute, ...(says.notes ? { notes: says.notes } : {}) }, { interval: says.interval ?? null });
}

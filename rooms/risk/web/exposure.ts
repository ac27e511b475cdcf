// The front of the room as charts and tables, and which controls are on.

import type { BarInterval, BarRow, ChartSource, ExceedanceSpec, TableBarsSpec } from "@tiebeam/charts/spec";
import { chanceAt } from "@tiebeam/charts/layout/exceedance";
import { numberOf, unitOf } from "@tiebeam/format";
import type { Figure } from "@tiebeam/model";
import { amountOf, curveOf, madeHere, method, type AppetitePoint, type ControlRow, type Curve, type Exposure, type ExposureRow, type ScenarioRow } from "./answers";
import { readMoney } from "./ranges";

// ---- which controls are on: in the address ---------------------------------------------------

/** Those that are in place, unless the address says otherwise: "backup,mfa"; "" is none. */
export function switchedOn(query: URLSearchParams, controls: readonly ControlRow[]): ReadonlySet<string> {
  const said = query.get("controls");
  if (said === null) return inPlace(controls);
  const known = new Set(controls.map((control) => control.id));
  return new Set(said.split(",").filter((id) => known.has(id)));
}
/** Controls that the address names and that are no longer there, and what is left of the address without them:
    as it is today where nothing is. */
export function goneFrom(said: string, controls: readonly ControlRow[]): { readonly gone: readonly string[]; readonly left: string | null } {
  const known = new Set(controls.map((control) => control.id));
  const ids = said.split(",").filter((id) => id !== "");
  const kept = ids.filter((id) => known.has(id));
  return { gone: ids.filter((id) => !known.has(id)), left: kept.length === 0 ? null : addressOf(new Set(kept), controls) };
}
export const inPlace = (controls: readonly ControlRow[]): ReadonlySet<string> => new Set(controls.filter((control) => control.status === "in_place").map((control) => control.id));
/** What would be on with these bought: a budget buys beside what is in place, it takes nothing away. */
export const withBought = (bought: readonly string[], controls: readonly ControlRow[]): ReadonlySet<string> => new Set([...inPlace(controls), ...bought]);
export const sameSet = (a: Iterable<string>, b: Iterable<string>): boolean => [...a].sort().join() === [...b].sort().join();
/** The words of the address for a set; null where it is what is in place anyway. */
export function addressOf(on: ReadonlySet<string>, controls: readonly ControlRow[]): string | null {
  if (sameSet(on, inPlace(controls))) return null;
  return controls.filter((control) => on.has(control.id)).map((control) => control.id).join(",");
}
/** A budget as it is typed: any amount above 0. */
export function budgetOf(text: string | null): number | null {
  const value = readMoney(text ?? "");
  return value !== null && value > 0 && value < 1e15 ? value : null;
}

// ---- what is said -----------------------------------------------------------------------------

/** How many times as likely as agreed a loss above the point is. */
export const timesAgreed = (point: AppetitePoint): number => (numberOf(point.chance.value) ?? 0) / Math.max(1e-12, point.probability);
/** Of the agreed points that are missed the one that is missed by most. */
export function worstPoint(answer: Pick<Exposure, "appetite">): AppetitePoint | null {
  const missed = answer.appetite.filter((point) => point.verdict === "breach");
  return [...missed].sort((a, b) => timesAgreed(b) - timesAgreed(a))[0] ?? null;
}
export type Standing = "empty" | "unfinished" | "unset" | "breach" | "within" | "undecided";
export function standingOf(answer: Exposure): Standing {
  if (answer.status !== "ok") return answer.status;
  if (answer.appetite.length === 0) return "unset";
  if (answer.appetite.some((point) => point.verdict === "breach")) return "breach";
  return answer.appetite.every((point) => point.verdict === "within") ? "within" : "undecided";
}

/** A difference as people say it: its size, and whether it is less. Null where it is none. */
export function movedBy(answer: Pick<Exposure, "as_of" | "recompute">, figure: Figure): { readonly figure: Figure; readonly isLess: boolean } | null {
  const value = numberOf(figure.value);
  if (value === null || value === 0) return null;
  if (value > 0) return { figure, isLess: false };
  const range = figure.interval;
  return { isLess: true, figure: madeHere(answer, `${figure.key}.less`, -value, { label: "What the chosen controls avoid less than those of today", unit: unitOf(figure), formula: "what the controls of today avoid - what the chosen ones avoid", interval: range ? { ...range, low: -range.high, high: -range.low } : null }) };
}

// ---- charts and tables ------------------------------------------------------------------------

export function sourceOf(answer: Pick<Exposure, "as_of" | "trials" | "recompute" | "columns">, key: string, formula: string): ChartSource {
  return { key, formula, method, as_of: answer.as_of, n: answer.trials, recompute: answer.recompute };
}
const looks: Readonly<Record<string, "actual" | "previous" | "chosen">> = { today: "actual", bare: "previous", chosen: "chosen" };
const names: Readonly<Record<string, string>> = { today: "Today", bare: "Without any control", chosen: "With chosen controls" };

/** The curve over these losses; where it stands over others, straight between its own. */
function over(curve: Curve, losses: readonly number[]): Curve {
  if (curve.loss.length === losses.length && curve.loss.every((loss, i) => loss === losses[i])) return curve;
  return { id: curve.id, label: curve.label, loss: losses, probability: losses.map((loss) => chanceAt(curve.loss, curve.probability, loss)) };
}

export const agreedOf = (points: readonly AppetitePoint[]): ExceedanceSpec["agreed"] =>
  points.map((point) => ({ id: point.id, loss: amountOf(point.loss), probability: point.probability })).sort((a, b) => a.loss - b.loss);

/** How likely a year is to cost more than each loss. `chosen` is what the switches say now, where it is not today. */
export function exceedance(answer: Exposure, chosen: Curve | null, options: { scale?: "plain" | "rare"; height?: number; bare?: boolean; called?: ExceedanceSpec["called"] } = {}): ExceedanceSpec {
  const today = curveOf(answer, "today");
  const bare = options.bare === false ? null : curveOf(answer, "bare");
  const same = bare && today && bare.probability.every((chance, i) => chance === today.probability[i]);
  const shown = [today, same ? null : bare, chosen].filter((one) => one !== null).map((one) => over(one, today?.loss ?? []));
  return {
    kind: "exceedance", id: "exposure", label: "Chance of losing more than an amount in a year", height: options.height ?? 320, unit: answer.currency, y: "Chance of losing more in a year", scale: options.scale ?? "plain",
    losses: today?.loss ?? [],
    curves: shown.map((one) => ({ id: one.id, name: names[one.id] ?? one.label, look: looks[one.id] ?? "actual", values: one.probability, ...(one.low && one.high ? { low: one.low, high: one.high } : {}) })),
    agreed: agreedOf(answer.appetite), agreedName: "Appetite", called: options.called ?? null,
    source: sourceOf(answer, "risk.curve", answer.columns?.["curves"]?.columns["probability"]?.formula ?? "share of the simulated years that cost more"),
  };
}
/** The dot that says the loss of one year in ten. */
export function oneInTen(answer: Exposure, text: string): ExceedanceSpec["called"] {
  const figure = answer.figures.find((one) => one.key === "risk.loss.p90");
  const loss = figure ? numberOf(figure.value) : null;
  return loss !== null && loss > 0 ? { loss, probability: 0.1, text } : null;
}

const cell = (figure: Figure | null | undefined): number | string | null => {
  if (!figure) return null;
  const value = numberOf(figure.value);
  return value ?? (figure.status === "too_few" ? "too few to say" : figure.status === "not_measurable" ? "not measurable" : null);
};
const interval = (figure: Figure | null | undefined): BarInterval => figure?.interval ?? null;
function rowOf(id: string, name: string, href: string | undefined, figures: readonly (Figure | null | undefined)[], more: Partial<BarRow> = {}): BarRow {
  return { id, name, ...(href === undefined ? {} : { href }), cells: figures.map(cell), intervals: figures.map(interval), ...more };
}

/** The dearest scenarios, the largest mean first, with what each adds to the worst years. */
export function scenarioTable(answer: Exposure, href: (id: string) => string, most: number): TableBarsSpec {
  const rows: readonly ScenarioRow[] = answer.scenarios.slice(0, most);
  return {
    kind: "table", id: "scenarios", label: "Scenarios by what they cost a year on average", row: "Scenario",
    columns: [
      { id: "mean", label: "Mean a year", unit: answer.currency, bar: true, formula: "mean of the simulated years" },
      { id: "tail_share", label: "Of the worst years", unit: "share", bar: false, formula: "its part of the mean of the worst 5 of 100 years" },
    ],
    rows: rows.map((row) => rowOf(row.id, row.name, href(row.id), [row.mean, row.tail_share])),
    source: sourceOf(answer, "risk.scenarios", "each scenario by itself in the simulated years"),
  };
}
/** Exposure of what the business runs on, or wants: by service or by priority. */
export function exposureTable(answer: Exposure, kind: "services" | "priorities", href: (id: string) => string, most = Infinity): TableBarsSpec {
  const rows: readonly ExposureRow[] = (kind === "services" ? answer.by_service : answer.by_priority).slice(0, most);
  const day = kind === "services" && rows.some((row) => row.disruption_a_day);
  return {
    kind: "table", id: kind, label: kind === "services" ? "Exposure by service" : "Exposure by priority", row: kind === "services" ? "Service" : "Priority",
    columns: [
      { id: "mean", label: "Mean a year", unit: answer.currency, bar: true, formula: "mean of the summed losses of its scenarios" },
      { id: "p90", label: "1 year in 10 above", unit: answer.currency, bar: false, formula: "90 of 100 simulated years of its scenarios together cost no more" },
      ...(day ? [{ id: "disruption_a_day", label: "A day without it", unit: answer.currency, bar: false, formula: "what a day of disruption costs, as the service says" }] : []),
    ],
    rows: rows.map((row) => rowOf(row.id, row.name, row.id === "" ? undefined : href(row.id), [row.mean, row.p90, ...(day ? [row.disruption_a_day] : [])])),
    source: sourceOf(answer, `risk.${kind}`, "the scenarios that hit it, summed year by year"),
  };
}
/** Controls as they are read best: what returns most for each euro first, then what costs nothing. */
export function ranked(controls: readonly ControlRow[]): readonly ControlRow[] {
  const worth = (row: ControlRow): number => numberOf(row.per_euro.value) ?? (numberOf(row.avoided.value) ?? 0) * 1e-12 - 1;
  return [...controls].sort((a, b) => worth(b) - worth(a) || a.name.localeCompare(b.name));
}

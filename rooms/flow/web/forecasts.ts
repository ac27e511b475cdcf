// What the flow room answers about the future, and how the page asks it. The question stands in the
// address: items (a number or a range, one for each stream), or by (a day); stream; split.

import type { BarsSpec, ChartSource, FanSpec, LineSpec, RangesSpec, ReferenceLine } from "@tiebeam/charts/spec";
import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import { dayText } from "@tiebeam/format";
import type { DayText, Figure, FigureStatus, InstantText } from "@tiebeam/model";
import { valueOf, type Metrics, type StreamRow } from "./answers";

export interface ForecastStep {
  readonly week: number;
  readonly date: DayText;
  readonly shutdown: boolean;
  readonly p_done: number | null;
  readonly q05: number;
  readonly q15: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q85: number;
  readonly q95: number;
}
export interface PastForecast {
  readonly at: DayText;
  readonly until: DayText;
  readonly p50: number;
  readonly p85: number;
  readonly p95: number;
  readonly q05: number;
  readonly q95: number;
  readonly came: number;
  readonly held_p85: boolean;
  readonly held_p95: boolean;
  readonly inside_90: boolean;
}
export interface CardRow {
  readonly horizon_weeks: number;
  readonly status: "calibrated" | "uncalibrated";
  readonly count: number;
  readonly held_p85: number | null;
  readonly held_p95: number | null;
  readonly coverage_90: number | null;
  readonly crps_ratio: number | null;
  readonly skill: number | null;
}
export interface HistoryWeek {
  readonly from: DayText;
  readonly to: DayText;
  readonly finishes: number;
  readonly reason?: string;
}
export interface StreamForecast {
  readonly value_stream: string;
  readonly name: string;
  readonly items: string | null;
  readonly p50: DayText | number | null;
  readonly p85: DayText | number | null;
  readonly p95: DayText | number | null;
  readonly status: FigureStatus;
  readonly reason: string | null;
  readonly weeks: number;
  readonly a_week: number | null;
  readonly finished: number;
}
export interface Forecast {
  readonly p50: DayText | number | null;
  readonly p85: DayText | number | null;
  readonly p95: DayText | number | null;
  readonly question: "when" | "how_many";
  readonly scope: { readonly text: string; readonly low: number; readonly high: number; readonly split: number; readonly mean: number } | null;
  readonly by: DayText | null;
  readonly as_of: InstantText;
  readonly status: FigureStatus;
  readonly reason: string | null;
  readonly open: number;
  readonly figures: readonly Figure[];
  readonly warnings: readonly string[];
  readonly report_card: CardRow & { readonly reason: string | null; readonly needed: number; readonly against: string; readonly rows: readonly CardRow[]; readonly origins: readonly PastForecast[] };
  readonly history: { readonly from: DayText | null; readonly to: DayText | null; readonly zone: string; readonly count: number; readonly needed: number; readonly weeks: readonly HistoryWeek[]; readonly left_out: readonly HistoryWeek[] };
  readonly steps: readonly ForecastStep[];
  readonly streams: readonly StreamForecast[];
  readonly recompute: string;
}

export const quantiles = ["p50", "p85", "p95"] as const;
export type QuantileName = (typeof quantiles)[number];
export const inHundred: Readonly<Record<QuantileName, string>> = { p50: "50", p85: "85", p95: "95" };
export const method = "docs/method/forecast.md";

// ---- the question ----------------------------------------------------------------------------

const dayMs = 864e5;
export const dayAfter = (day: DayText, days: number): DayText => new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** "30" or "20-40": what may be typed as a number of items. */
export const isItems = (text: string): boolean => {
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  if (!match) return false;
  const low = Number(match[1]);
  return low >= 1 && (match[2] === undefined || Number(match[2]) >= low);
};
/** As people type a range: "20 to 40", "20 – 40". */
export const asItems = (text: string): string => text.trim().replace(/\s*(?:-|–|—|to|bis)\s*/i, "-");

/** A share as typed in percent, and back: "0.2" and 20. */
export function percentOf(share: string | null): string {
  const value = Math.round(Number(share ?? "") * 1e8) / 1e6;
  return share === null || share === "" || Number.isNaN(value) ? "" : String(value);
}
export function shareOf(percent: number): string | null {
  const value = Math.round(percent * 1e6) / 1e8;
  return value > 0 ? String(value) : null;
}

export interface Question {
  readonly asks: "when" | "how_many";
  readonly streams: readonly string[];
  readonly items: readonly string[]; // one for each stream, or one for all work; empty where by is asked
  readonly by: DayText | null;
  readonly split: string | null;
  readonly isGiven: boolean; // false: nothing was typed, so the open work (or four weeks) is asked for
}

/** Streams that have work. */
export const withWork = (streams: readonly StreamRow[]): StreamRow[] => streams.filter((one) => one.items > 0);

/** The open work of a stream; of all work where none is named. */
export function openWork(metrics: Pick<Metrics, "figures" | "streams">, stream: string | null): number {
  if (stream === null) return valueOf(metrics.figures, "flow.load.now") ?? 0;
  return metrics.streams.find((one) => one.value_stream === stream)?.now ?? 0;
}

/** The question of the address. Without one: when is the open work done; without open work: how many in four weeks. */
export function questionOf(query: URLSearchParams, metrics: Pick<Metrics, "figures" | "streams" | "as_of">): Question {
  const streams = (query.get("stream") ?? "").split(",").filter((one) => one !== "");
  const [typed, by, split] = [query.get("items"), query.get("by"), query.get("split")];
  const rest = { streams, split };
  if (by !== null && by !== "") return { ...rest, asks: "how_many", items: [], by, isGiven: true };
  const given = (typed ?? "").split(",").map((one) => one.trim());
  const asked = streams.length === 0 ? [null] : streams;
  const items = asked.map((stream, i) => {
    const own = given[i] ?? (given.length === 1 ? given[0] : "") ?? "";
    return own === "" ? String(openWork(metrics, stream)) : own;
  });
  if (items.every((one) => one === "0")) return { ...rest, asks: "how_many", items: [], by: dayAfter(metrics.as_of, 28), isGiven: false };
  return { ...rest, asks: "when", items, by: null, isGiven: given.some((one) => one !== "") };
}

/** The same, for the API. */
export function paramsOf(question: Question): Record<string, string> {
  return {
    ...(question.asks === "when" ? { items: question.isGiven ? question.items.join(",") : "open" } : { by: question.by ?? "" }),
    ...(question.streams.length > 0 ? { stream: question.streams.join(",") } : {}),
    ...(question.split !== null && question.split !== "" && question.asks === "when" ? { split: question.split } : {}),
  };
}

// ---- the answer ------------------------------------------------------------------------------

/** Numbers of the answer open by themselves, without asking the server again. */
export const asCell = (answer: Pick<Forecast, "recompute">, figure: Figure): CellFigure => ({ ...figure, cell: { recompute: answer.recompute } });

/** The answer at 50, 85 or 95 of 100, and the day it stands for where it is one. */
export function said(answer: Forecast, name: QuantileName): { readonly figure: Figure; readonly day: DayText | null } | null {
  const figure = answer.figures.find((one) => /^flow\.forecast\[.*\]\./.test(one.key) && one.key.endsWith(`.${name}`));
  if (!figure) return null;
  const value = answer[name];
  return { figure: asCell(answer, figure), day: typeof value === "string" ? value : null };
}
/** A number of the card that speaks for this question; the registered figure where that is the same one. */
export function cardFigure(answer: Forecast, name: keyof typeof cardNames): Figure {
  const card = answer.report_card;
  const value = card[name];
  const registered = answer.figures.find((one) => one.key === `flow.forecast.card.${cardNames[name].key}`);
  if (registered && card.horizon_weeks === 4 && isAllWork(answer)) return registered;
  return forecastCell(answer, `flow.forecast.rows[${card.horizon_weeks}].${name}`, value, `${cardNames[name].label}, ${card.horizon_weeks} weeks ahead`, name === "count" ? "forecasts" : "share", cardNames[name].formula);
}
export const isAllWork = (answer: Pick<Forecast, "streams">): boolean => answer.streams.length === 1 && answer.streams[0]?.value_stream === "";
export const cardNames = {
  held_p85: { key: "held_p85", label: "Past promises of 85 of 100 that were kept", formula: "share of past forecasts with at least the 15 % quantile finished" },
  coverage_90: { key: "coverage", label: "Past ranges of 9 in 10 that held what came", formula: "share of past forecasts with what came between 5 and 95 %" },
  skill: { key: "skill", label: "Closer than drawing from the last 12 weeks", formula: "1 - CRPS / CRPS of the weekly bootstrap of the last 12 weeks" },
  count: { key: "origins", label: "Past forecasts that do not overlap", formula: "count of past forecasts that do not overlap" },
} as const;

/** The day that the forecast looks ahead from, on the clocks of its streams. */
export const today = (answer: Pick<Forecast, "as_of" | "history">): DayText => answer.history.to ?? answer.as_of.slice(0, 10);
const time = (day: DayText): number => Date.parse(`${day}T00:00:00Z`);
function source(answer: Forecast, key: string, formula: string, n: number | null): ChartSource {
  return { key, formula, method, as_of: answer.as_of, n, recompute: answer.recompute };
}
export function forecastCell(answer: Forecast, key: string, value: number | null, label: string, unit: string, formula: string): CellFigure {
  return cellFigure(key, value, { label, unit, formula, method, as_of: answer.as_of, recompute: answer.recompute });
}

/** Chance that it is done by each day, with the three days. */
export function curveOf(answer: Forecast): LineSpec {
  const start = time(today(answer));
  const shares = { p50: 0.5, p85: 0.85, p95: 0.95 };
  const lines = quantiles.map((name): ReferenceLine => {
    const day = answer[name];
    const look = name === "p85" ? "main" : "quiet";
    return typeof day === "string" ? { label: dayText(day), value: shares[name], look, at: time(day) } : { label: "not reached", value: shares[name], look };
  });
  return {
    kind: "line", id: "chance", label: "Chance to be done by each day", height: 240, unit: "share", y: "Chance to be done", upTo: 1,
    times: [start, ...answer.steps.map((step) => time(step.date))],
    series: [{ id: "p_done", name: "Chance", look: "forecast", values: [0, ...answer.steps.map((step) => step.p_done)] }],
    lines,
    source: source(answer, "flow.forecast.steps", "P(finished by the day >= items)", answer.history.count),
  };
}

/** How many are finished by each day, after the weeks before it. */
export function fanOf(answer: Forecast): FanSpec {
  const start = time(today(answer));
  const last = answer.by === null ? -1 : answer.steps.findIndex((step) => step.date >= (answer.by ?? ""));
  const steps = last < 0 ? answer.steps : answer.steps.slice(0, last + 1); // no further than was asked
  const known = answer.history.weeks.slice(-Math.max(6, Math.min(26, steps.length)));
  // Counted back from the as-of: the end of the last week is zero, and the start of each lies its finishes lower.
  const past = known.map((week, i) => ({ time: Math.min(time(week.from), start), value: -known.slice(i).reduce((sum, one) => sum + one.finishes, 0) }));
  const of = (name: keyof Pick<ForecastStep, "q05" | "q15" | "q25" | "q50" | "q75" | "q85" | "q95">): number[] => steps.map((step) => step[name]);
  const lines = answer.question === "how_many"
    ? quantiles.flatMap((name): ReferenceLine[] => {
        const value = answer[name];
        return typeof value === "number" ? [{ label: `${inHundred[name]}%`, value, look: name === "p85" ? "main" : "quiet", ...(answer.by === null ? {} : { at: time(answer.by) }) }] : [];
      })
    : [];
  return {
    kind: "fan", id: "fan", label: "Items finished by each day, as forecast", height: 240, unit: "items", y: `Items finished from ${dayText(today(answer))} on; before it, counted back`,
    start,
    past: { id: "past", name: "Finished", times: past.map((one) => one.time), values: past.map((one) => one.value) },
    times: steps.map((step) => time(step.date)),
    middle: { id: "q50", name: "Half of the cases", values: of("q50") },
    bands: [
      { name: "9 in 10", lowId: "q05", highId: "q95", low: of("q05"), high: of("q95") },
      { name: "7 in 10", lowId: "q15", highId: "q85", low: of("q15"), high: of("q85") },
      { name: "5 in 10", lowId: "q25", highId: "q75", low: of("q25"), high: of("q75") },
    ],
    lines,
    source: source(answer, "flow.forecast.steps", "quantiles of the items finished from the as-of to the day", answer.history.count),
  };
}

/** Past forecasts, each with what came. */
export function originsOf(answer: Forecast): RangesSpec {
  const { origins } = answer.report_card;
  const of = (name: "q05" | "q95" | "p85" | "came"): number[] => origins.map((one) => one[name]);
  return {
    kind: "ranges", id: "past-forecasts", label: "Past forecasts and what came", height: 190, unit: "items", y: "Items finished after each forecast", row: "Forecast of",
    ids: origins.map((one) => one.at),
    names: { low: "Said, from", high: "To", promise: "85 of 100: at least", came: "Came" },
    columns: { low: "q05", high: "q95", promise: "p85", came: "came" },
    low: of("q05"), high: of("q95"), promise: of("p85"), came: of("came"), kept: origins.map((one) => one.held_p85),
    source: source(answer, "flow.forecast.origins", "each forecast from the weeks before it alone, against the weeks after it", origins.length),
  };
}

/** The weeks that it stands on; those left out are paler. */
export function historyOf(answer: Forecast): BarsSpec {
  const { weeks, left_out } = answer.history;
  const all = [...weeks.map((week) => ({ ...week, out: false })), ...left_out.map((week) => ({ ...week, out: true }))].sort((a, b) => (a.from < b.from ? -1 : 1));
  return {
    kind: "bars", id: "history", label: "Items finished in each week of the history", height: 150, unit: "items", y: "Items finished", row: "Week", mode: "beside",
    categories: all.map((week) => `Week from ${dayText(week.from)}`),
    ids: all.map((week) => week.from),
    ticks: all.map((week) => dayText(week.from)),
    series: [{ id: "finishes", name: "Finished", look: "actual", values: all.map((week) => week.finishes) }],
    open: all.flatMap((week, i) => (week.out ? [i] : [])),
    source: source(answer, "flow.forecast.history", "count of items finished in each 7 days, counted back from the as-of", weeks.reduce((sum, week) => sum + week.finishes, 0)),
  };
}

/** Reasons for weeks left out, each with its weeks. */
export function leftOut(answer: Forecast): { readonly reason: string; readonly weeks: readonly DayText[] }[] {
  const found = new Map<string, DayText[]>();
  for (const week of answer.history.left_out) found.set(week.reason ?? "not said", [...(found.get(week.reason ?? "not said") ?? []), week.from]);
  return [...found].map(([reason, weeks]) => ({ reason, weeks }));
}


/** Whole days from the as-of to a day of the answer, as the answer counts them. */
export const daysUntil = (answer: Pick<Forecast, "as_of" | "history">, day: DayText): number => Math.round((time(day) - time(today(answer))) / dayMs);

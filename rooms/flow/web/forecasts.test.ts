import { describe, expect, it } from "vitest";
import { problemsOf } from "@tiebeam/charts/spec";
import type { Figure } from "@tiebeam/model";
import type { StreamRow } from "./answers";
import { sentence } from "@tiebeam/records/words";
import { asItems, cardFigure, curveOf, dayAfter, daysUntil, fanOf, historyOf, isItems, leftOut, openWork, originsOf, paramsOf, percentOf, questionOf, said, shareOf, withWork, type Forecast } from "./forecasts";

const as_of = "2026-02-02T09:30:00Z";
const figure = (key: string, value: number | null, unit: string): Figure => ({ key, label: key, value, unit, interval: null, n: 118, as_of, status: value === null ? "not_reached" : "ok", reason: null, trail: { formula: "f", method: "m", version: 1, seed: null, inputs: [] } });
const stream = (value_stream: string, items: number, now: number): StreamRow => ({ value_stream, name: value_stream, items, now, finished: items - now, arrival_a_week: 1, throughput_a_week: 1, throughput_interval: null, past_expectation: 0 });
const metrics = { as_of, figures: [figure("flow.load.now", 41, "items")], streams: [stream("orders", 100, 28), stream("invoices", 60, 13), stream("idle", 0, 0)] };
const ask = (text: string) => questionOf(new URLSearchParams(text), metrics);
const week = (from: string, finishes: number) => ({ from, to: dayAfter(from, 7), finishes });
const step = (number: number, p_done: number | null) => ({ week: number, date: dayAfter("2026-02-02", 7 * number), shutdown: false, p_done, q05: 4 * number, q15: 7 * number, q25: 8 * number, q50: 12 * number, q75: 15 * number, q85: 17 * number, q95: 21 * number });
const answer: Forecast = {
  p50: "2026-02-16", p85: "2026-02-23", p95: null, question: "when", scope: { text: "30", low: 30, high: 30, split: 0, mean: 30 }, by: null, as_of, status: "not_reached", reason: "The 95 line lies beyond what can be forecast.", open: 41,
  figures: [figure("flow.forecast[items=30].p50", 14, "days"), figure("flow.forecast[items=30].p85", 21, "days"), figure("flow.forecast[items=30].p95", null, "days"), figure("flow.forecast.card.held_p85", 0.5, "share")],
  warnings: [],
  report_card: {
    status: "uncalibrated", reason: "2 of 20", needed: 20, horizon_weeks: 4, count: 2, held_p85: null, held_p95: null, coverage_90: null, crps_ratio: null, skill: null, against: "weekly bootstrap of the last 12 weeks", rows: [],
    origins: [
      { at: "2025-11-03", until: "2025-12-01", p50: 48, p85: 37, p95: 31, q05: 31, q95: 68, came: 45, held_p85: true, held_p95: true, inside_90: true },
      { at: "2025-12-01", until: "2025-12-29", p50: 48, p85: 37, p95: 31, q05: 31, q95: 68, came: 20, held_p85: false, held_p95: false, inside_90: false },
    ],
  },
  history: { from: "2025-12-15", to: "2026-02-02", zone: "Europe/Berlin", count: 6, needed: 12, weeks: ["2025-12-15", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"].map((from, i) => week(from, 10 + i)), left_out: [{ ...week("2025-12-22", 0), reason: "no working day" }, { ...week("2025-12-29", 0), reason: "no working day" }] },
  steps: [step(1, 0.1), step(2, 0.6), step(3, 0.9)], streams: [], recompute: "tiebeam flow forecast --items 30",
};

describe("the question", () => {
  it("is the open work when nothing is asked, of all work or of a stream", () => {
    expect(ask("")).toMatchObject({ asks: "when", items: ["41"], by: null, isGiven: false });
    expect(ask("stream=orders")).toMatchObject({ items: ["28"], isGiven: false });
    expect(openWork(metrics, "invoices")).toBe(13);
  });
  it("is four weeks when nothing is open", () => {
    expect(questionOf(new URLSearchParams(), { ...metrics, figures: [figure("flow.load.now", 0, "items")] })).toMatchObject({ asks: "how_many", by: "2026-03-02", items: [], isGiven: false });
  });
  it("leaves the open work to the server, which asks each stream at its own pace", () => {
    expect(paramsOf(ask(""))).toEqual({ items: "open" });
    expect(paramsOf(ask("stream=orders,invoices"))).toEqual({ items: "open", stream: "orders,invoices" });
  });
  it("stands in the address, and goes to the server as it stands there", () => {
    expect(paramsOf(ask("items=30&split=0.2"))).toEqual({ items: "30", split: "0.2" });
    expect(paramsOf(ask("by=2026-03-30&split=0.2"))).toEqual({ by: "2026-03-30" }); // a split is of items
    expect(paramsOf(ask("stream=orders,invoices&items=30,20-40"))).toEqual({ items: "30,20-40", stream: "orders,invoices" });
  });
  it("has items for each stream: those typed, else its open work; one number stands for all", () => {
    expect(ask("stream=orders,invoices&items=30,").items).toEqual(["30", "13"]);
    expect(ask("stream=orders,invoices&items=12").items).toEqual(["12", "12"]);
    expect(ask("stream=orders,invoices")).toMatchObject({ items: ["28", "13"], isGiven: false });
  });
  it("knows a number and a range from other text", () => {
    expect(["1", "30", "20-40", "20-20"].every(isItems)).toBe(true);
    expect(["", "0", "-3", "40-20", "many", "3.5", "1-2-3", "9999999"].some(isItems)).toBe(false);
    expect(["20 to 40", " 20 – 40 ", "20-40", "30"].map(asItems)).toEqual(["20-40", "20-40", "20-40", "30"]);
  });
  it("takes a split in percent, there and back", () => {
    expect(percentOf("0.2")).toBe("20");
    expect(percentOf(null)).toBe("");
    expect(shareOf(Number(percentOf("0.07")))).toBe("0.07");
    expect(shareOf(0)).toBeNull();
    expect(shareOf(Number.NaN)).toBeNull();
  });
  it("offers streams that have work", () => {
    expect(withWork(metrics.streams).map((one) => one.value_stream)).toEqual(["orders", "invoices"]);
  });
});

describe("the answer", () => {
  it("is a day where a day is asked for, and opens with its command", () => {
    expect(said(answer, "p85")).toMatchObject({ day: "2026-02-23", figure: { value: 21, cell: { recompute: "tiebeam flow forecast --items 30" } } });
    expect(said(answer, "p95")).toMatchObject({ day: null, figure: { value: null, status: "not_reached" } });
    expect(daysUntil(answer, "2026-02-23")).toBe(21);
  });
  it("is drawn as a chance that starts at nothing, with a line at 50, 85 and 95 that ends at its day", () => {
    const spec = curveOf(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.series[0]?.values).toEqual([0, 0.1, 0.6, 0.9]);
    expect(spec.lines.map((line) => [line.value, line.at])).toEqual([[0.5, Date.UTC(2026, 1, 16)], [0.85, Date.UTC(2026, 1, 23)], [0.95, undefined]]);
    expect(spec.lines[2]?.label).toBe("not reached");
  });
  it("is drawn as a fan that the weeks before it lead up to", () => {
    const spec = fanOf(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.past.values).toEqual([-60, -50, -39, -27, -14]); // what was finished from the week's first day on
    expect(spec.lines).toEqual([]);
    const asked = fanOf({ ...answer, question: "how_many", by: "2026-02-12", p50: 20, p85: 10, p95: 6 });
    expect(asked.times).toHaveLength(2); // to the end of the week that holds the day
    expect(asked.lines.map((line) => line.at)).toEqual([0, 0, 0].map(() => Date.UTC(2026, 1, 12)));
    expect(fanOf({ ...answer, question: "how_many", p50: 36, p85: 21, p95: 12 }).lines.map((line) => line.value)).toEqual([36, 21, 12]);
  });
});

describe("lines of the program", () => {
  it("become sentences", () => {
    expect(["too few weeks", "Done.", ""].map(sentence)).toEqual(["Too few weeks.", "Done.", ""]);
  });
});

describe("the report card", () => {
  const at = (horizon_weeks: number, value_stream: string): Forecast => ({
    ...answer, streams: [{ value_stream, name: "", items: "30", p50: null, p85: null, p95: null, status: "ok", reason: null, weeks: 6, a_week: 1, finished: 9 }],
    report_card: { ...answer.report_card, horizon_weeks, held_p85: 0.9 },
  });
  it("is the registered one only for four weeks of all work; any other names its row", () => {
    expect(cardFigure(at(4, ""), "held_p85")).toMatchObject({ key: "flow.forecast.card.held_p85", value: 0.5 });
    expect(cardFigure(at(8, ""), "held_p85")).toMatchObject({ key: "flow.forecast.rows[8].held_p85", value: 0.9 });
    expect(cardFigure(at(4, "orders"), "held_p85")).toMatchObject({ key: "flow.forecast.rows[4].held_p85", value: 0.9 });
  });
});

describe("what it stands on", () => {
  it("shows weeks that are left out in their place, apart from the others, with the reason", () => {
    const spec = historyOf(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.ids?.slice(0, 4)).toEqual(["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05"]);
    expect(spec.open).toEqual([1, 2]);
    expect(leftOut(answer)).toEqual([{ reason: "no working day", weeks: ["2025-12-22", "2025-12-29"] }]);
  });
  it("shows past forecasts, kept or not", () => {
    const spec = originsOf(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.kept).toEqual([true, false]);
  });
});

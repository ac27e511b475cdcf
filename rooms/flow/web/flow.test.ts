import { describe, expect, it } from "vitest";
import { layBars } from "@tiebeam/charts/layout/bars";
import { problemsOf } from "@tiebeam/charts/spec";
import { cellFigure } from "@tiebeam/figure/cells";
import { ageing, chosen } from "./ages";
import { noneCounted, noWork, type CumulativeFlow, type CycleTimes, type Stretch } from "./answers";
import { bandsOf } from "./bands";
import { typeMonths } from "./mix";
import { approximateWaits, byName, inFlowOrder } from "./order";
import { layLanes } from "./parts/lanes";
import { finishTimes, linesOf, litOf, manyGivenUp, oldestOf, partOf, present, queryOf, within } from "./times";
import { metrics, states } from "./testdata";
import { weeksSpec } from "./weeks";

const day = 864e5;
const start = Date.parse("2016-03-01T00:00:00Z");
const times: CycleTimes = {
  as_of: "2016-05-01T00:00:00Z", from: "2016-03-01T00:00:00Z", to: "2016-05-01T00:00:00Z", n: 4,
  items: ["A", "B", "C", "D"], finish: [0, 1, 2, 40].map((d) => (start + d * day) * 1000), days: [3, 30, 7, 12], type: [1, 1, 0, 1], team: [0, 1, 1, 0], stream: [0, 0, 0, 0],
  types: ["feature", "incident", "risk"], teams: ["", "Group 20"], streams: [{ id: "incidents", name: "Incidents" }],
  measure: "flow.cycle_time", formula: "finish - commit", method: "docs/method/flow-time.md", recompute: "tiebeam flow metrics --json",
};
const stages = ["New", "Active", "Resolved", "Closed"];

describe("finished work", () => {
  it("is chosen by type, team and stream together", () => {
    expect(litOf(times, { type: null, team: null, stream: null })).toBeNull();
    expect([...(litOf(times, { type: "incident", team: "Group 20", stream: "incidents" }) ?? [])]).toEqual([0, 1, 0, 0]);
    expect([...(litOf(times, { type: "no such", team: null, stream: null }) ?? [])]).toEqual([0, 0, 0, 0]);
  });
  it("is listed by what it took, within the part and the choice", () => {
    expect([...within(times, null, null)]).toEqual([1, 3, 2, 0]);
    expect([...within(times, null, { x0: start, x1: start + 3 * day, y0: 5, y1: Infinity })]).toEqual([1, 2]);
    expect([...within(times, Uint8Array.from([1, 0, 1, 1]), { x0: start, x1: start + 3 * day, y0: 0, y1: Infinity })]).toEqual([2, 0]);
  });
  it("keeps its part in the address, there and back", () => {
    const query = new URLSearchParams({ "done-from": "2016-03-02", "done-to": "2016-03-03", least: "5", most: "29.9" });
    const part = partOf(query, times);
    expect(part && [...within(times, null, part)]).toEqual([2]);
    expect(queryOf(part)).toEqual({ "done-from": "2016-03-02", "done-to": "2016-03-03", least: "5", most: "29.9" });
    expect(partOf(new URLSearchParams("least=x"), times)).toBeNull();
    expect([...within(times, null, partOf(new URLSearchParams("least=10"), times))]).toEqual([1, 3]);
  });
  it("has its times in milliseconds, made once", () => {
    expect(finishTimes(times)[3]).toBe(start + 40 * day);
    expect(finishTimes(times)).toBe(finishTimes(times));
  });
  it("offers what it has", () => {
    expect(present(times.types, times.type)).toEqual(["feature", "incident"]);
    expect(present(times.teams, times.team)).toEqual(["Group 20"]);
    expect(["Group 20", "Group 9"].sort(byName)).toEqual(["Group 9", "Group 20"]);
  });
});

describe("order", () => {
  it("is that of the flow; blocked states stand after the work they stop", () => {
    expect(inFlowOrder(states, stages).map((one) => one.state)).toEqual(["New", "Active", "Awaiting Vendor", "Resolved", "Closed"]);
  });
  it("does without stages", () => {
    expect(inFlowOrder(states, []).at(-1)?.state).toBe("Closed");
  });
});

describe("cumulative flow", () => {
  const answer: CumulativeFlow = {
    as_of: "", from: "", to: "", times: [0, 1, 2, 3].map((d) => new Date(start + d * day).toISOString()), states: [...states],
    occupancy: [[0, 1, 0, 1, 2], [1, 1, 0, 2, 1], [2, 1, 1, 1, 2], [4, 0, 1, 1, 0]], stages,
    reached: [[4, 2, 0, 0], [6, 4, 1, 1], [8, 6, 4, 2], [8, 8, 6, 4]], formula: "count", method: "", recompute: "tiebeam",
  };
  it("is empty only where nothing was ever counted", () => {
    expect(noneCounted(answer)).toBe(false);
    expect(noneCounted({ occupancy: [[0], [0]] })).toBe(true);
    expect(noneCounted({ occupancy: [] })).toBe(true);
    expect(noWork({ figures: [] })).toBe(true);
  });
  it("says how long ago what finishes was begun, only where that is known", () => {
    const at = [0, 1, 2, 3, 4].map((d) => d * day);
    const waits = approximateWaits(at, [10, 20, 30, 40, 50], [0, 5, 10, 20, 35]);
    expect(waits.slice(0, 3)).toEqual([null, null, null]);
    expect(waits[3]).toBeCloseTo(2, 9);
    expect(waits[4]).toBeCloseTo(1.5, 9);
  });
  it("has bands that add up to the items in progress, done left out", () => {
    const spec = bandsOf(answer, "states");
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.bands.map((band) => band.name)).toEqual(["Resolved", "Awaiting Vendor", "Active", "New"]);
    expect(spec.bands.reduce((sum, band) => sum + (band.values[2] ?? 0), 0)).toBe(5);
    expect(bandsOf(answer, "states-and-done").bands[0]?.name).toBe("Closed");
  });
  it("has boundaries with the furthest stage lowest", () => {
    const spec = bandsOf(answer, "reached");
    expect(spec.stacked).toBe(false);
    for (let i = 0; i < 4; ++i) for (let b = 1; b < spec.bands.length; ++b) expect(spec.bands[b]?.values[i] ?? 0).toBeGreaterThanOrEqual(spec.bands[b - 1]?.values[i] ?? 0);
  });
});

describe("open work", () => {
  it("is late past the 85% line of its own state, never where that is not known", () => {
    const { columns, items } = ageing(metrics, stages);
    expect(columns.map((column) => column.name)).toEqual(["New", "Active"]);
    expect(items.map((one) => [one.item, one.late])).toEqual([["Z", false], ["Y", false], ["X", true]]);
  });
  it("is narrowed by state, team and stream together", () => {
    expect(chosen(metrics.aging, { state: null, team: "T", stream: "s" }).map((one) => one.item)).toEqual(["X", "Y"]);
    expect(chosen(metrics.ask_today, { state: "New", team: null, stream: null })).toEqual([]);
    expect(chosen(metrics.ask_today, { state: null, team: null, stream: null })).toHaveLength(1);
  });
});

describe("the mix", () => {
  it("counts every finished item of a month once", () => {
    const spec = typeMonths(times, metrics);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.series.map((one) => [one.name, one.values])).toEqual([["incident", [2, 1]], ["feature", [1, 0]]]);
  });
});

describe("the life of an item", () => {
  const stretch = (team: string, from: number, to: number | null): Stretch => ({ state: "Active", class: "active", team, assignee: "", from: new Date(start + from * day).toISOString(), to: to === null ? null : new Date(start + to * day).toISOString(), days: to === null ? null : to - from, file: "f.csv", line: 2 });
  it("has a lane for each team and a line for each handover", () => {
    const laid = layLanes([stretch("A", 0, 2), stretch("B", 2, 3), stretch("A", 3, null)], start + 5 * day, 600);
    expect(laid.lanes.map((lane) => lane.name)).toEqual(["A", "B"]);
    expect(laid.handoffs).toHaveLength(2);
    expect(laid.bars.at(-1)?.x).toBeGreaterThan(laid.bars[0]?.x ?? 0);
    for (const bar of laid.bars) expect(bar.x + bar.w).toBeLessThanOrEqual(600);
  });
});

describe("where 85 of 100 are not reached", () => {
  const of = (key: string, value: number | null, status: "ok" | "not_reached" = "ok") => ({ ...cellFigure(key, value, { label: key, unit: "days", formula: "", method: "", as_of: "", recompute: "" }), status });
  const finished = [of("flow.cycle_time.p50", 2.6), of("flow.cycle_time.p85", 5.3), of("flow.cycle_time.p95", 13)];
  const times = { measure: "flow.cycle_time" } as CycleTimes;
  it("draws no line that would promise them", () => {
    expect(linesOf([...finished, of("flow.cycle_time.km.p85", 6.7)], times).map((line) => [line.label, line.look])).toEqual([["50%", "quiet"], ["85%", "main"], ["95%", "quiet"]]);
    expect(linesOf([...finished, of("flow.cycle_time.km.p85", null, "not_reached")], times).map((line) => line.label)).toEqual(["50%"]);
  });
  it("knows what is to blame: too much that is given up, or what is open longest", () => {
    expect([0.3, 0.15, 0.1499, null].map(manyGivenUp)).toEqual([true, true, false, false]);
    expect(oldestOf(metrics.aging)?.item).toBe("Z");
    expect(oldestOf([])).toBeNull();
  });
});

describe("an axis of weeks", () => {
  it("names a year where it begins, and not before", () => {
    const weeks = ["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05", "2026-01-12"].map((week) => ({ week, full: true, arrivals: 1, finishes: 1, wip_at_end: 1, p50: null, p85: null }));
    const ticks = (of: typeof weeks) => layBars(weeksSpec({ ...metrics, weeks: of }, null), 900).ticks.map((tick) => tick.text.replaceAll("\u00a0", " "));
    expect(ticks(weeks)).toEqual(["15 Dec", "22 Dec", "29 Dec", "5 Jan 2026", "12 Jan"]);
    expect(ticks(weeks.slice(3))).toEqual(["5 Jan", "12 Jan"]);
  });
});

import { describe, expect, it } from "vitest";
import { levelAxis, place, textSize, uprightAxis, valueAt } from "./axis";
import { binsOf, endOf, histogramOf } from "./bins";
import { discKernel, paint, splat, toneTable } from "./density";
import { makeGrid, nearest } from "./grid";
import { chanceAt, layExceedance, lossesOf, pairAt } from "./layout/exceedance";
import { spread, thin } from "./labels";
import { lay } from "./lay";
import { layAgeing } from "./layout/ageing";
import { boundsOf } from "./layout/area";
import { drawnValues } from "./layout/bars";
import { columnsOf, layDots } from "./layout/dots";
import { layFan } from "./layout/fan";
import { layTornado } from "./layout/tornado";
import { valuesOf, layScatter } from "./layout/scatter";
import { problemsOf, type AgeingSpec, type BarsSpec, type ChartSource, type DotsSpec, type ExceedanceSpec, type FanSpec, type HistogramSpec, type LineSpec, type RangesSpec, type ScatterSpec, type SparklineSpec, type StackedAreaSpec, type TableBarsSpec, type TornadoSpec } from "./spec";
import { summaryOf } from "./summary";
import { longestBars } from "./rows";
import { csvOf, tableOf } from "./table";
import { fitText, textWidth, timeTexts, wrapText } from "./text";

const source: ChartSource = { key: "flow.x", formula: "count", method: "docs/method/flow-time.md", as_of: "2016-05-01T00:00:00Z", n: 4, recompute: "tiebeam flow metrics --json" };
const day = 864e5;
const start = Date.parse("2016-03-01T00:00:00Z");

const scatter: ScatterSpec = {
  kind: "scatter", id: "s", label: "Days", source, height: 300,
  x: { label: "Finished", unit: "", scale: "time" }, y: { label: "Days taken", unit: "days", scale: "number" },
  points: { x: [start, start + day, start + 5 * day, start + 30 * day], y: [3, 12, 7, 20], ids: ["A", "B", "C", "D"] },
  lines: [{ label: "50%", value: 7, look: "quiet" }, { label: "85%", value: 7.5, look: "main" }],
};
const area: StackedAreaSpec = {
  kind: "stacked-area", id: "a", label: "Items", source, unit: "items", y: "Items", stacked: true, times: [start, start + day, start + 2 * day],
  bands: [{ name: "Closed", state: "done", values: [0, 2, 5] }, { name: "Active", state: "active", values: [3, 4, 1] }],
};
const bars: BarsSpec = {
  kind: "bars", id: "b", label: "Weeks", source, unit: "items", y: "Items", row: "Week", mode: "stacked", categories: ["w1", "w2"],
  series: [{ name: "Begun", look: "previous", values: [3, 5] }, { name: "Finished", look: "actual", values: [1, 5] }],
};
const ages: AgeingSpec = {
  kind: "ageing", id: "g", label: "Open", source, unit: "days", y: "Days", columns: [{ name: "New", p50: 1, p85: 3, p95: 9 }, { name: "Active", p50: null, p85: null, p95: null }],
  items: [{ id: "A", column: 0, value: 4, late: true, note: "" }, { id: "B", column: 1, value: 2, late: false, note: "" }],
};
const line: LineSpec = { kind: "line", id: "l", label: "Line", source, unit: "days", y: "Days", times: [start, start + day], series: [{ name: "Now", look: "actual", values: [4, null] }], band: { name: "9 in 10", low: [3, 3], high: [5, 6] }, lines: [] };
const spark: SparklineSpec = { kind: "sparkline", id: "k", label: "Spark", source, unit: "days", names: ["w1", "w2"], values: [1, 3] };
const table: TableBarsSpec = { kind: "table", id: "t", label: "Table", source, row: "State", columns: [{ id: "n", label: "Now", unit: "items", bar: true }], rows: [{ id: "New", name: "New", cells: [3] }] };
const histogram: HistogramSpec = { kind: "histogram", id: "h", label: "Histogram", source, x: scatter.y, y: "Items", unit: "items", edges: [0, 5, 10], counts: [3, 1], lines: [] };
const fan: FanSpec = {
  kind: "fan", id: "f", label: "Fan", source, unit: "items", y: "Items", start: start + 2 * day, past: { id: "past", name: "Finished", times: [start, start + day], values: [-9, -4] }, times: [start + 3 * day, start + 4 * day],
  middle: { id: "q50", name: "Half", values: [5, 11] }, bands: [{ name: "9 in 10", lowId: "q05", highId: "q95", low: [1, 4], high: [9, 20] }, { name: "5 in 10", lowId: "q25", highId: "q75", low: [3, 8], high: [7, 14] }],
  lines: [{ label: "50%", value: 11, look: "quiet" }, { label: "85%", value: 10, look: "main" }],
};
const ranges: RangesSpec = {
  kind: "ranges", id: "r", label: "Ranges", source, unit: "items", y: "Items", row: "Forecast of", ids: ["2016-03-01", "2016-03-29"], names: { low: "From", high: "To", promise: "At least", came: "Came" }, columns: { low: "q05", high: "q95", promise: "p85", came: "came" },
  low: [3, 4], high: [9, 12], promise: [5, 6], came: [7, 2], kept: [true, false],
};

const exceedance: ExceedanceSpec = {
  kind: "exceedance", id: "e", label: "Chance of more", source, unit: "EUR", y: "Chance", scale: "plain", losses: [1e5, 2e5, 5e5, 1e6, 2e6, 5e6], agreedName: "Appetite", agreed: [{ id: "bad", loss: 4e5, probability: 0.3 }, { id: "worst", loss: 3e6, probability: 0.02 }],
  curves: [{ id: "today", name: "Today", look: "actual", values: [0.9, 0.7, 0.4, 0.2, 0.06, 0.002], low: [0.89, 0.69, 0.39, 0.19, 0.05, 0.001], high: [0.91, 0.71, 0.41, 0.21, 0.07, 0.003] }, { id: "bare", name: "Without any control", look: "previous", values: [0.95, 0.8, 0.6, 0.4, 0.15, 0.01] }],
};

describe("open work by state", () => {
  const names = ["Waiting for requester", "In progress", "Ready to build"];
  const many: AgeingSpec = {
    ...ages, columns: names.map((name) => ({ name, p50: 1, p85: 3, p95: 9 })),
    items: Array.from({ length: 60 }, (_, i) => ({ id: `I${i}`, column: i % 3, value: 1 + (i % 5), late: i % 5 > 2, note: "" })),
  };
  it("has smaller names before it cuts them", () => {
    const drawing = layAgeing(many, 220);
    expect(drawing.nameSize).toBeLessThan(layAgeing(many, 1000).nameSize);
    expect(drawing.columns.map((column) => column.name.join(" "))).toEqual(names);
  });
  it("says its percentiles over no mark", () => {
    for (const width of [220, 320, 500, 800, 1200]) {
      const { steps, dots } = layAgeing(many, width);
      const covered = steps.filter((step) => step.text !== "" && dots.some((dot) => dot.x + 2 > step.right - textWidth(step.text, textSize) && dot.x - 2 < step.right && dot.y + 2 > step.textY - 8 && dot.y - 2 < step.textY));
      expect(covered).toEqual([]);
    }
    expect(layAgeing(many, 1200).steps.map((step) => step.text)).toEqual(["50%", "85%", "95%", "50%", "85%", "95%", "50%", "85%", "95%"]);
  });
  it("has rows where columns would be too narrow, and nothing lies over anything", () => {
    const laid = lay(many, 140);
    if (laid.kind !== "ageing-rows") throw new Error(laid.kind);
    const { states, dots, bars } = laid.drawing;
    expect(lay(many, 300).kind).toBe("ageing");
    expect(states.every((state, s) => state.bottom < (states[s + 1]?.top ?? Infinity))).toBe(true);
    expect(dots.every((dot) => { const state = states[many.items[dot.item]?.column ?? 0]; return state !== undefined && dot.y > state.top + 12 && dot.y < state.bottom; })).toBe(true);
    expect(dots.length + bars.length).toBeGreaterThan(0);
    expect(laid.drawing.hit(dots[0]?.x ?? 0, dots[0]?.y ?? 0)?.id).toBe("I0");
  });
  it("draws heaps that are too high for dots as bars that say how many", () => {
    const heap = { ...many, items: many.items.concat(Array.from({ length: 90 }, (_, i) => ({ id: `H${i}`, column: 1, value: 2, late: false, note: "" }))) };
    const laid = lay(heap, 140);
    if (laid.kind !== "ageing-rows") throw new Error(laid.kind);
    const said = laid.drawing.bars.map((bar) => bar.says.join(", "));
    expect(said.join("; ")).toMatch(/In progress, 94\sitems, about 2\sdays/);
    expect(laid.drawing.marks().length).toBe(laid.drawing.dots.length + laid.drawing.bars.length);
  });
});

describe("a curve of what may be lost", () => {
  const drawing = layExceedance(exceedance, 560);
  it("is drawn over the logarithm, the rarer below", () => {
    const step = place(drawing.x, 6) - place(drawing.x, 5);
    expect(place(drawing.x, Math.log10(5e6)) - place(drawing.x, Math.log10(5e5))).toBeCloseTo(step, 6);
    expect(drawing.points[0]?.y).toBeLessThan(drawing.points[1]?.y ?? 0);
    expect(chanceAt(exceedance.losses, exceedance.curves[0]?.values ?? [], Math.sqrt(5e5 * 1e6))).toBeCloseTo(0.3, 9);
    expect([0, 1e9].map((loss) => chanceAt(exceedance.losses, exceedance.curves[0]?.values ?? [], loss))).toEqual([0.9, 0.002]);
  });
  it("is tinted only where it lies above what was agreed", () => {
    expect(drawing.above).not.toBe("");
    const below = layExceedance({ ...exceedance, agreed: exceedance.agreed.map((point) => ({ ...point, probability: 0.97 - point.loss / 1e8 })) }, 560);
    const heights = [...below.above.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, , y]) => Number(y));
    expect(below.above === "" || Math.max(...heights) - Math.min(...heights) < 60).toBe(true); // only the strip of the line itself
    expect(layExceedance({ ...exceedance, agreed: exceedance.agreed.slice(0, 1) }, 560).above).toBe("");
  });
  it("has a mark for every loss and every agreed point, from left to right", () => {
    expect(lossesOf(exceedance)).toEqual([1e5, 2e5, 4e5, 5e5, 1e6, 2e6, 3e6, 5e6]);
    const marks = drawing.marks();
    expect(marks.map((mark) => mark.x)).toEqual(marks.map((mark) => mark.x).sort((a, b) => a - b));
    expect(marks.find((mark) => mark.id === "bad")?.says.join("; ")).toMatch(/More than €400k.*Today.*Appetite 30%/);
    expect(marks.find((mark) => mark.says[0]?.includes("€1m"))?.says[1]).toBe("Today 20%, 19% to 21%");
  });
  it("names its lines where nothing is covered", () => {
    for (const width of [300, 560, 900]) {
      const { names, plot } = layExceedance(exceedance, width);
      expect(names.map((name) => name.text)).toEqual(["Today", "Without any control", "Appetite"]);
      for (const name of names) {
        const left = name.anchor === "start" ? name.x : name.x - textWidth(name.text, 11);
        expect(left).toBeGreaterThanOrEqual(plot.left - 1);
        expect(left + textWidth(name.text, 11)).toBeLessThanOrEqual(width);
      }
    }
  });
  it("gives back the pair at a place, on both scales", () => {
    for (const scale of ["plain", "rare"] as const) {
      const one = layExceedance({ ...exceedance, scale }, 560);
      const [point] = one.points;
      const pair = pairAt(one, scale === "rare", point?.x ?? 0, point?.y ?? 0);
      expect(pair.loss / 4e5).toBeCloseTo(1, 1);
      expect(pair.probability / 0.3).toBeCloseTo(1, 1);
    }
  });
  it("has the same data as a table, with what was agreed", () => {
    const table = tableOf(exceedance);
    expect(table.columns.map((column) => column.id)).toEqual(["today", "bare", "agreed"]);
    expect(table.at(3)).toMatchObject({ id: "500000", cells: [0.4, 0.6, ""], intervals: [{ low: 0.39, high: 0.41, level: 0.9 }, null, null] });
    expect(table.at(2)).toMatchObject({ id: "400000", cells: ["", "", 0.3] });
    expect(csvOf(exceedance)).toContain("Today (share)");
    expect(problemsOf(exceedance)).toEqual([]);
    expect(problemsOf({ ...exceedance, losses: [1, 2] })).not.toEqual([]);
    expect(summaryOf(exceedance)).toMatch(/Today .* above .*Appetite 30% above €400k/);
  });
});

const dots: DotsSpec = {
  kind: "dots", id: "d", label: "NPV", source, unit: "EUR", x: "Net present value", height: 210,
  values: [-9, -3, -1, ...Array.from({ length: 17 }, (_, i) => 2 + 3 * i)], below: { value: 0, name: "lose money" }, lines: [{ label: "half", value: 23, look: "main" }],
};
const tornado: TornadoSpec = {
  kind: "tornado", id: "o", label: "What moves it", source, unit: "EUR", x: "Net present value", row: "Input", middle: { value: 100, name: "All as expected" },
  rows: [
    { id: "cost", name: "Cost once", unit: "EUR", low: { input: 50, value: 170 }, high: { input: 150, value: 60 } },
    { id: "adoption", name: "Adoption", unit: "share", low: { input: 0.4, value: 70 }, high: { input: 0.9, value: 130 } },
    { id: "p", name: "Chance of success", unit: "", low: { input: 0, value: 90 }, high: { input: 1, value: 95 }, ends: ["fails", "works"] },
  ],
};

describe("quantile dots", () => {
  it("stand one each in columns that fit, and those below the mark are marked", () => {
    for (const width of [260, 480, 900]) {
      const drawn = layDots(dots, width);
      expect(drawn.dots).toHaveLength(20);
      expect(drawn.dots.filter((dot) => dot.lost)).toHaveLength(3);
      for (const dot of drawn.dots) expect(dot.y - drawn.size / 2).toBeGreaterThanOrEqual(drawn.plot.top - 2);
      const places = new Set(drawn.dots.map((dot) => `${dot.x} ${dot.y}`));
      expect(places.size).toBe(20); // none hides another
      const zero = drawn.zero ?? 0;
      for (const dot of drawn.dots) expect(dot.lost ? dot.x < zero : dot.x > zero).toBe(true);
    }
  });
  it("are as tall as their fullest column", () => {
    expect(columnsOf([0, 1, 2, 11, 12, 25], 0, 10)).toEqual({ columns: [0, 0, 0, 1, 1, 2], tallest: 3 });
  });
  it("of one value only stack in one column", () => {
    const drawn = layDots({ ...dots, values: Array.from({ length: 20 }, () => 5), lines: [] }, 400);
    expect(new Set(drawn.dots.map((dot) => dot.x)).size).toBe(1);
    expect(drawn.marks()[0]?.says[0]).toBe("\u20ac5");
  });
});

describe("a tornado", () => {
  it("draws each bar from one end's result to the other's, whichever is the larger", () => {
    const drawn = layTornado(tornado, 700);
    const [cost, adoption, chance] = drawn.rows;
    expect(cost?.parts.map((part) => part.look)).toEqual(["low", "high"]);
    expect(cost?.parts[0]?.x).toBeCloseTo(drawn.middle); // the low end of a cost is the better one
    expect(adoption?.parts[1]?.x).toBeCloseTo(drawn.middle);
    expect(cost?.ends.map((end) => end.text)).toEqual(["\u20ac150", "\u20ac50"]);
    expect(adoption?.ends.map((end) => end.text)).toEqual(["40%", "90%"]);
    expect(chance?.ends.map((end) => end.text)).toEqual(["fails", "works"]);
    expect(drawn.marks().map((mark) => mark.id)).toEqual(["cost", "adoption", "p"]);
  });
  it("puts names above the bars where there is little room", () => {
    const drawn = layTornado(tornado, 340);
    expect(drawn.rows.every((row) => row.nameX === 0 && row.nameY < row.y + 1)).toBe(true);
  });
  it("is refused when its rows are not in order", () => {
    expect(problemsOf(tornado)).toEqual([]);
    expect(problemsOf({ ...tornado, rows: [...tornado.rows].reverse() })).toHaveLength(2);
  });
  it("has its ends with their own units in the table", () => {
    const row = tableOf(tornado).at(1);
    expect(row.cells).toEqual([0.4, 70, 0.9, 130, 60]);
    expect(row.units).toEqual(["share", null, "share", null, null]);
  });
});

describe("a fan with readings", () => {
  const promised: FanSpec = {
    ...fan, measured: true, past: { id: "past", name: "", times: [], values: [] }, start, times: [start + 10 * day, start + 20 * day], middle: { id: "p50", name: "Half", values: [-0.2, -0.4] },
    bands: [{ name: "9 in 10", lowId: "p05", highId: "p95", low: [-0.4, -0.8], high: [-0.1, -0.2] }], lines: [],
    readings: { id: "change", name: "Agreed", times: [start + 5 * day, start + 15 * day], values: [-0.1, -0.05] },
  };
  it("goes below zero and marks what lies outside the promise", () => {
    const drawn = layFan(promised, 500);
    expect(drawn.y.low).toBeLessThanOrEqual(-0.8);
    expect(drawn.readings.map((reading) => reading.outside)).toEqual([false, true]);
    expect(drawn.marks().some((mark) => mark.says.includes("outside 9 in 10"))).toBe(true);
  });
  it("says its amounts in the unit of its axis, however small", () => {
    const days: FanSpec = { ...promised, unit: "days", lines: [{ label: "promised", value: -0.4, look: "main" }] };
    const said = [...layFan(days, 500).names.map((name) => name.text), ...layFan(days, 500).marks().flatMap((mark) => mark.says), summaryOf(days)].join(" ");
    expect(said).toContain("promised  \u22120.4\u00a0days");
    expect(said).not.toMatch(/hour|minute/);
  });
  it("has its readings in the table", () => {
    const table = tableOf(promised);
    expect(table.count).toBe(4);
    expect(table.columns[0]?.label).toBe("Agreed");
    expect(table.at(0).cells[0]).toBe(-0.1);
  });
});

describe("axes", () => {
  it("start at zero, go up the page and turn back to values", () => {
    const axis = uprightAxis(0, 61, 280, 10, "days", false);
    expect(axis.low).toBe(0);
    expect(axis.high).toBeGreaterThanOrEqual(61);
    expect(place(axis, 0)).toBe(280);
    expect(place(axis, axis.high)).toBe(10);
    expect(valueAt(axis, place(axis, 17.3))).toBeCloseTo(17.3, 9);
  });
  it("count in whole ticks", () => {
    expect(uprightAxis(0, 2, 200, 10, "items", true).ticks.every((tick) => Number.isInteger(tick.value))).toBe(true);
  });
  it("leave out labels of time that would touch, at any width", () => {
    for (const width of [120, 300, 640, 1200]) {
      const { ticks } = levelAxis(start, start + 62 * day, 0, width, "", true);
      for (let i = 1; i < ticks.length; ++i) {
        const [a, b] = [ticks[i - 1], ticks[i]];
        if (a && b) expect(b.at - a.at).toBeGreaterThan((textWidth(a.text, 11) + textWidth(b.text, 11)) / 2);
      }
    }
  });
  it("name the year where it changes", () => {
    expect(timeTexts([Date.UTC(2015, 10, 1), Date.UTC(2015, 11, 1), Date.UTC(2016, 0, 1), Date.UTC(2016, 1, 1)])).toEqual(["Nov", "Dec", "Jan 2016", "Feb"]);
    expect(timeTexts([Date.UTC(2015, 11, 20), Date.UTC(2016, 0, 3), Date.UTC(2016, 0, 17)])).toEqual(["20 Dec", "3 Jan 2016", "17 Jan"]);
    expect(timeTexts([Date.UTC(2016, 2, 6), Date.UTC(2016, 2, 13)])).toEqual(["6 Mar", "13 Mar"]);
    expect(timeTexts([Date.UTC(2016, 2, 6, 12), Date.UTC(2016, 2, 7)])).toEqual(["12:00", "7 Mar"]);
  });
});

describe("labels", () => {
  const touch = (places: readonly number[], size: number): boolean => [...places].sort((a, b) => a - b).some((place_, i, all) => i > 0 && place_ - (all[i - 1] ?? 0) < size - 1e-9);
  it("stay where they belong when there is room", () => {
    expect(spread([{ at: 20, size: 14 }, { at: 80, size: 14 }], 0, 100)).toEqual([20, 80]);
  });
  it("are moved apart, kept in order and within the rim", () => {
    const places = spread([{ at: 50, size: 14 }, { at: 51, size: 14 }, { at: 52, size: 14 }, { at: 99, size: 14 }], 0, 100);
    expect(touch(places, 14)).toBe(false);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.max(...places)).toBeLessThanOrEqual(93);
    expect(places.slice(0, 3).reduce((sum, one) => sum + one, 0) / 3).toBeCloseTo(51, 6);
  });
  it("never overlap, whatever they are", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
    for (let round = 0; round < 200; ++round) {
      const labels = Array.from({ length: 1 + Math.floor(random() * 7) }, () => ({ at: random() * 130 - 15, size: 14 }));
      const places = spread(labels, 0, 100);
      expect(touch(places, 14)).toBe(false);
      expect(Math.min(...places)).toBeGreaterThanOrEqual(7 - 1e-9);
      expect(Math.max(...places)).toBeLessThanOrEqual(93 + 1e-9);
    }
  });
  it("of an axis are thinned evenly", () => {
    expect(thin([0, 10, 20, 30].map((at) => ({ at, size: 15 })), 2)).toEqual([true, false, true, false]);
  });
  it("are cut and wrapped to their room", () => {
    expect(fitText("Awaiting User Info", 11, 500)).toBe("Awaiting User Info");
    expect(fitText("Awaiting User Info", 11, 60)).toMatch(/…$/);
    expect(wrapText("Awaiting User Info", 11, 64, 3)).toEqual(["Awaiting", "User Info"]);
  });
});

describe("bins", () => {
  it("hold every value once, with edges from zero", () => {
    const { edges, counts } = binsOf([0, 0.5, 5, 9.99, 10], 5);
    expect(edges[0]).toBe(0);
    expect(edges.length).toBe(counts.length + 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(edges.at(-1)).toBeGreaterThan(10);
  });
  it("tell a scatter without losing a point", () => {
    const few = Float64Array.from({ length: 1000 }, (_, i) => (i % 50) + (i === 7 ? 900 : 0));
    expect(endOf(few)).toBeLessThan(100);
    const told = histogramOf({ ...scatter, points: { x: few, y: few, ids: Array.from(few, String) } }, "items");
    expect(Array.from(told.counts).reduce((sum, count) => sum + count, 0) + (told.beyond ?? 0)).toBe(1000);
    expect(told.beyond).toBe(1);
  });
});

describe("many points", () => {
  const by = { x0: 0, kx: 1, y0: 0, ky: 1, least: 0 };
  it("each add one disc, also at the rim", () => {
    const kernel = discKernel(1.7);
    const whole = kernel.weights.reduce((sum, weight) => sum + weight, 0);
    const cover = new Float32Array(40 * 40);
    expect(splat(cover, { width: 40, height: 40 }, [20, 20, 10], [20, 20, 10], by, kernel, null, 1)).toBe(3);
    expect(cover.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3 * whole, 4);
    expect(cover[20 * 40 + 20]).toBe(2);
    expect(splat(new Float32Array(1600), { width: 40, height: 40 }, [0, 39, -50], [0, 39, 20], by, kernel, null, 1)).toBe(3);
  });
  it("are drawn apart by whether they are chosen", () => {
    const cover = new Float32Array(1600);
    expect(splat(cover, { width: 40, height: 40 }, [5, 20], [5, 20], by, discKernel(1), [1, 0], 0)).toBe(1);
    expect(cover[20 * 40 + 20]).toBe(1);
    expect(cover[5 * 40 + 5]).toBe(0);
  });
  it("show one point and tell ten from a hundred", () => {
    const tones = toneTable(100, 0.3);
    expect(tones[Math.round(1023 / 100)]).toBeGreaterThan(60);
    for (let i = 1; i < tones.length; ++i) expect(tones[i]).toBeGreaterThanOrEqual(tones[i - 1] ?? 0);
    const pixels = new Uint8ClampedArray(12);
    const above = { cover: Float32Array.from([1, 0, 1]), colour: [43, 47, 54], faintest: 0.3 } as const;
    paint(new Uint32Array(pixels.buffer), { cover: Float32Array.from([0, 0, 1]), colour: [200, 200, 200], faintest: 0.3 }, above);
    expect([...pixels.slice(4, 8)]).toEqual([0, 0, 0, 0]);
    expect([...pixels.slice(0, 3)]).toEqual([43, 47, 54]);
    expect(pixels[11]).toBeGreaterThan(pixels[3] ?? 0);
    expect(pixels[8]).toBeGreaterThan(43);
  });
  it("are found by cells as by looking at all", () => {
    const n = 3000;
    const xs = Float32Array.from({ length: n }, (_, i) => (i * 7919) % 997);
    const ys = Float32Array.from({ length: n }, (_, i) => (i * 104729) % 397);
    const grid = makeGrid(xs, ys, 997, 397);
    for (const [x, y] of [[3, 4], [500, 200], [996, 396], [-20, -20]] as const) {
      let best = -1;
      let least = 14 * 14;
      for (let i = 0; i < n; ++i) {
        const apart = ((xs[i] ?? 0) - x) ** 2 + ((ys[i] ?? 0) - y) ** 2;
        if (apart <= least) [best, least] = [i, apart];
      }
      const found = nearest(grid, x, y, 14);
      if (best < 0) expect(found).toBe(-1);
      else expect(((xs[found] ?? 0) - x) ** 2 + ((ys[found] ?? 0) - y) ** 2).toBeCloseTo(least, 6);
    }
  });
});

describe("specs", () => {
  it("are plain data: they survive JSON", () => {
    for (const spec of [scatter, area, bars, ages, line, spark, table, histogram, fan, ranges, dots, tornado]) {
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
      expect(problemsOf(spec)).toEqual([]);
    }
  });
  it("say what is wrong with them", () => {
    expect(problemsOf({ ...scatter, points: { ...scatter.points, ids: ["A"] } })).toEqual(["points: 4, 4, 1 values, which should be as many"]);
    expect(problemsOf({ ...scatter, points: { ...scatter.points, y: [1, 2, Number.NaN, 4] } })[0]).toContain("value 2");
    expect(problemsOf({ ...area, times: [start, start - day, start] })[0]).toContain("goes back");
    expect(problemsOf({ ...bars, series: [{ name: "Begun", look: "actual", values: [1] }] })).toHaveLength(1);
    expect(problemsOf({ ...ages, items: [{ id: "Z", column: 9, value: 1, late: false, note: "" }] })).toEqual(["Z: there is no column 9"]);
    expect(problemsOf({ ...histogram, edges: [0, 1] })).toHaveLength(1);
    expect(problemsOf({ ...table, rows: [{ id: "New", name: "New", cells: [] }] })).toHaveLength(1);
    expect(problemsOf({ ...fan, times: [start + day, start + 4 * day] })[0]).toContain("goes back");
    expect(problemsOf({ ...fan, bands: [{ name: "9 in 10", lowId: "a", highId: "b", low: [3, 9], high: [4, 8] }] })).toEqual(["9 in 10: low lies above high"]);
    expect(problemsOf({ ...ranges, kept: [true] })).toHaveLength(1);
    expect(problemsOf({ ...scatter, source: { ...source, recompute: "" } })).toHaveLength(1);
  });
});

describe("bars in rows", () => {
  const column = (id: string, extra: object = {}) => ({ id, label: id, unit: "items", bar: true, ...extra });
  const rows = [{ id: "a", name: "a", cells: [4, 10, 1, 90] }, { id: "b", name: "b", cells: [null, 2, 3, 1], intervals: [null, { low: 1, high: 20, level: 0.9 }, null, null] }];
  it("draw the same value equally long where columns share a scale, with room for intervals", () => {
    const spec: TableBarsSpec = { ...table, columns: [column("in", { scale: "rate" }), column("out", { scale: "rate" }), column("other"), column("plain", { bar: false })], rows };
    expect(longestBars(spec)).toEqual([20, 20, 3, 0]);
  });
});

describe("the table", () => {
  it("has the points of a scatter", () => {
    const said = tableOf(scatter);
    expect(said.count).toBe(4);
    expect(said.at(1)).toEqual({ id: "B", name: "B", cells: [start + day, 12] });
  });
  it("has the values that bands are drawn from", () => {
    const said = tableOf(area);
    const bounds = boundsOf(area);
    for (let i = 0; i < said.count; ++i) {
      const sum = said.at(i).cells.reduce<number>((all, cell) => all + (typeof cell === "number" ? cell : 0), 0);
      expect(sum).toBe(bounds.at(-1)?.high[i]);
    }
  });
  it("has the values that bars are drawn from", () => {
    const laid = lay(bars, 600);
    if (laid.kind !== "bars") throw new Error("not bars");
    const scale = (laid.drawing.plot.bottom - laid.drawing.plot.top) / laid.drawing.y.high;
    const drawn = laid.drawing.bars.map((bar) => Math.round(bar.h / scale));
    expect(drawn).toEqual([0, 1].flatMap((row) => tableOf(bars).at(row).cells));
    expect(drawnValues({ ...bars, mode: "share" })).toEqual([[0.75, 0.5], [0.25, 0.5]]);
  });
  it("has what every other kind is drawn from", () => {
    expect(tableOf(ages).at(0).cells).toEqual(["New", 4, 3, "yes"]);
    expect(tableOf(line).at(1).cells).toEqual([null, 3, 6]);
    expect(tableOf(spark).at(1).cells).toEqual([3]);
    expect(tableOf(table).at(0).cells).toEqual([3]);
    expect(tableOf(histogram).at(0).cells).toEqual([0, 5, 3]);
  });
  it("has the past and the future of a fan, each empty where the other is", () => {
    const said = tableOf(fan);
    expect(said.columns.map((column) => column.id)).toEqual(["past", "q50", "q05", "q95", "q25", "q75"]);
    expect(said.at(1)).toEqual({ id: "2016-03-02", name: "2016-03-02", cells: [-4, "", "", "", "", ""] });
    expect(said.at(3).cells).toEqual(["", 11, 4, 20, 8, 14]);
    expect(tableOf(ranges).at(1)).toEqual({ id: "2016-03-29", name: "2016-03-29", cells: [4, 12, 6, 2, "no"] });
  });
  it("goes out as CSV in full precision, and never as a formula", () => {
    expect(csvOf(scatter).split("\r\n")[1]).toBe("A,2016-03-01T00:00:00.000Z,3");
    expect(csvOf({ ...table, rows: [{ id: "=1+1", name: '=1+1,"x"', cells: [0.1 + 0.2] }] }).split("\r\n")[1]).toBe('"\'=1+1,""x""",0.30000000000000004');
  });
});

describe("drawings", () => {
  it("keep every mark within the picture, at any width", () => {
    for (const width of [300, 358, 560, 1188])
      for (const spec of [scatter, area, bars, ages, line, spark, histogram, fan, ranges, dots, tornado] as const) {
        const { drawing } = lay(spec, width);
        expect(drawing.marks().length).toBeGreaterThan(0);
        for (const mark of drawing.marks()) {
          expect(mark.x + mark.w).toBeLessThanOrEqual(width + 6);
          expect(mark.says.length).toBeGreaterThan(0);
        }
        expect(drawing.plot.right).toBeGreaterThan(drawing.plot.left);
      }
  });
  it("walk at most 200 marks: beyond, bins that hold every point", () => {
    const n = 5000;
    const xs = Float64Array.from({ length: n }, (_, i) => start + ((i * 7919) % 60) * day);
    const ys = Float64Array.from({ length: n }, (_, i) => (i * 31) % 40);
    const drawing = layScatter({ ...scatter, points: { x: xs, y: ys, ids: Array.from(xs, (_, i) => `I${i}`) } }, 900);
    const marks = drawing.marks();
    expect(marks.length).toBeLessThanOrEqual(200);
    const total = marks.reduce((sum, mark) => sum + Number((mark.says[0] ?? "").replace(/[^\d]/g, "")), 0);
    expect(total).toBe(n);
    expect(drawing.hit(drawing.plot.left, drawing.plot.bottom)?.id).toMatch(/^I/);
  });
  it("give a dragged part as values", () => {
    const drawing = layScatter(scatter, 800);
    const { left, right, top, bottom } = drawing.plot;
    const part = valuesOf(drawing, left - 50, bottom + 50, right + 50, top - 50);
    expect(part.x0).toBeCloseTo(start, 0);
    expect(part.x1).toBeCloseTo(start + 30 * day, 0);
    expect(part.y0).toBeCloseTo(0, 9);
    expect(part.y1).toBe(Infinity);
  });
  it("of a fan meet at the moment it starts, at zero, and widen from there", () => {
    const laid = lay(fan, 600);
    if (laid.kind !== "fan") throw new Error("not a fan");
    const { start: origin, past, bands, names } = laid.drawing;
    expect(origin.y).toBeCloseTo(place(laid.drawing.y, 0), 1);
    expect(past.endsWith(`${origin.x},${origin.y}`)).toBe(true);
    for (const band of bands) expect(band.path.startsWith(`M${origin.x},${origin.y}`)).toBe(true);
    expect(Math.abs((names[0]?.y ?? 0) - (names[1]?.y ?? 0))).toBeGreaterThanOrEqual(13.9); // labels that would touch are moved apart
  });
  it("of ranges tell kept from not kept by more than colour", () => {
    const laid = lay(ranges, 600);
    if (laid.kind !== "ranges") throw new Error("not ranges");
    expect(laid.drawing.rows.map((row) => row.kept)).toEqual([true, false]);
    expect(laid.drawing.marks().map((mark) => mark.says.at(-1))).toEqual(["Came 7 items: kept", "Came 2 items: not kept"]);
  });
  it("of a line end a reference where it is reached", () => {
    const laid = lay({ ...line, lines: [{ label: "by then", value: 2, look: "main", at: start + day / 2 }, { label: "always", value: 3, look: "quiet" }] }, 600);
    if (laid.kind !== "line") throw new Error("not a line");
    expect(laid.drawing.lines[0]?.at).toBeCloseTo(place(laid.drawing.x, start + day / 2), 6);
    expect(laid.drawing.lines[1]?.at).toBeNull();
  });
  it("are said in one line", () => {
    for (const spec of [scatter, area, bars, ages, line, spark, table, histogram, fan, ranges, dots, tornado]) expect(summaryOf(spec)).toMatch(/^[A-Z].*\.$/);
  });
});

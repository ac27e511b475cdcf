// One chart, said as data alone: no functions, so that whatever can read JSON can draw it.
// Times are milliseconds since 1970 in UTC. Every chart says where its numbers come from.

export type Numbers = readonly number[] | Float64Array;

/** Where the numbers of a chart come from; the drawer shows it, and every cell of its table repeats it. */
export interface ChartSource {
  readonly key: string; // "flow.cycle_time": cells are named by it
  readonly formula: string;
  readonly method: string;
  readonly as_of: string;
  readonly n: number | null;
  readonly recompute: string; // a command line that gives the same values
}

/** UX section 3: solid dark, lighter, outline, hatched, and quiet for what only frames. */
export type Look = "actual" | "previous" | "plan" | "forecast" | "quiet";
export type StateClass = "backlog" | "wait" | "active" | "blocked" | "done" | "cancelled" | "unknown";

export interface AxisSpec {
  readonly id?: string; // of the column in the answer: names the cells of the table
  readonly label: string; // "Days from begun to finished"
  readonly unit: string; // "days"; "" on a time axis
  readonly scale: "time" | "number";
  readonly min?: number;
  readonly max?: number;
}

interface Base {
  readonly id: string;
  readonly label: string; // what the chart shows, for those who do not see it
  readonly source: ChartSource;
  readonly height?: number;
}

export interface ReferenceLine {
  readonly label: string; // "85%"
  readonly value: number;
  readonly look: "main" | "quiet" | "guard";
  readonly at?: number; // the time at which a line reaches it: drawn up to there, and down to the axis
}

export interface Rectangle {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

export interface ScatterSpec extends Base {
  readonly kind: "scatter";
  readonly row?: string; // what a point is; "Item" unless said
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly points: {
    readonly x: Numbers;
    readonly y: Numbers;
    readonly ids: readonly string[];
    readonly lit?: readonly number[] | Uint8Array; // 1: in the chosen part, 0: drawn lighter
    readonly intervals?: readonly (readonly [BarInterval, BarInterval])[]; // of x and y: no finer are they said in the table
  };
  readonly lines: readonly ReferenceLine[];
  readonly selection?: Rectangle | null;
  readonly picked?: string | null;
}

/** Something said beside the bands: "In progress 499 items". */
export interface Aside {
  readonly says: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
}
export interface AreaBand {
  readonly name: string;
  readonly state: StateClass;
  readonly values: Numbers;
}
export interface StackedAreaSpec extends Base {
  readonly kind: "stacked-area";
  readonly unit: string;
  readonly y: string; // title of the upright axis
  readonly times: Numbers;
  readonly bands: readonly AreaBand[]; // the first lies at the bottom
  readonly stacked: boolean; // false: the values are boundaries already, each above the next
  readonly asides?: readonly Aside[]; // more that is said of each time
}

export interface AgeingColumn {
  readonly name: string;
  readonly p50: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
}
export interface AgeingItem {
  readonly id: string;
  readonly column: number;
  readonly value: number;
  readonly late: boolean;
  readonly age?: number; // in the same unit, since it was begun
  readonly note: string;
}
export interface AgeingSpec extends Base {
  readonly kind: "ageing";
  readonly value?: string; // id of the column in the answer
  readonly unit: string;
  readonly y: string;
  readonly columns: readonly AgeingColumn[];
  readonly items: readonly AgeingItem[];
}

export interface BarSeries {
  readonly id?: string; // of the column in the answer; else the name
  readonly name: string;
  readonly look: Look;
  readonly values: readonly (number | null)[];
}
export interface BarsSpec extends Base {
  readonly kind: "bars";
  readonly unit: string;
  readonly y: string;
  readonly row: string; // "Week": what a category is
  readonly categories: readonly string[];
  readonly ids?: readonly string[]; // of the rows in the answer; else the categories
  readonly ticks?: readonly string[]; // shorter words for the axis
  readonly years?: readonly string[]; // of the categories: the axis names one where it begins
  readonly mode: "stacked" | "beside" | "share";
  readonly series: readonly BarSeries[];
  readonly line?: { readonly id?: string; readonly name: string; readonly values: readonly (number | null)[] }; // same unit, same axis
  readonly open?: readonly number[]; // categories that are not complete
}

export interface HistogramSpec extends Base {
  readonly kind: "histogram";
  readonly x: AxisSpec;
  readonly y: string;
  readonly unit: string; // of the counts
  readonly edges: Numbers; // one more than counts
  readonly counts: Numbers;
  readonly beyond?: number; // values past the last edge, said in words
  readonly lines: readonly ReferenceLine[];
}

export interface SparklineSpec extends Base {
  readonly kind: "sparkline";
  readonly unit: string;
  readonly names: readonly string[];
  readonly values: readonly (number | null)[];
}

export interface LineSeries {
  readonly id?: string; // of the column in the answer; else the name
  readonly name: string;
  readonly look: Look;
  readonly values: readonly (number | null)[];
}
export interface LineSpec extends Base {
  readonly kind: "line";
  readonly unit: string;
  readonly y: string;
  readonly times: Numbers;
  readonly upTo?: number; // the upright axis reaches at least this far
  readonly series: readonly LineSeries[];
  readonly band?: { readonly name: string; readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] };
  readonly lines: readonly ReferenceLine[];
}

export type BarInterval = { readonly low: number; readonly high: number; readonly level: number } | null;
/** What is to come, widening with time, after what was: all counted from one moment, before it backwards. */
export interface FanBand {
  readonly name: string; // "9 in 10"
  readonly lowId: string; // of the columns in the answer
  readonly highId: string;
  readonly low: Numbers;
  readonly high: Numbers;
}
export interface FanSpec extends Base {
  readonly kind: "fan";
  readonly unit: string;
  readonly y: string;
  readonly start: number; // that moment: zero
  readonly past: { readonly id: string; readonly name: string; readonly times: Numbers; readonly values: Numbers };
  readonly times: Numbers; // after it
  readonly middle: { readonly id: string; readonly name: string; readonly values: Numbers };
  readonly bands: readonly FanBand[]; // the widest first
  readonly lines: readonly ReferenceLine[]; // what is said of the last time
  readonly readings?: { readonly id: string; readonly name: string; readonly times: Numbers; readonly values: Numbers; readonly outside?: readonly boolean[]; readonly beyond?: string }; // what came instead, as far as it is known
  readonly measured?: boolean; // values between whole numbers are said too
}

/** What was said before, each with what came: a range, the line promised of it, and whether it was kept. */
export interface RangesSpec extends Base {
  readonly kind: "ranges";
  readonly unit: string;
  readonly y: string;
  readonly row: string; // "Forecast of"
  readonly ids: readonly string[]; // of the rows in the answer: days
  readonly names: { readonly low: string; readonly high: string; readonly promise: string; readonly came: string };
  readonly columns: { readonly low: string; readonly high: string; readonly promise: string; readonly came: string };
  readonly low: Numbers;
  readonly high: Numbers;
  readonly promise: Numbers;
  readonly came: Numbers;
  readonly kept: readonly boolean[];
}

/** How likely a year is to cost more than each loss, and what was agreed. UX section 6.7. */
export interface ExceedanceCurve {
  readonly id: string; // of the column in the answer
  readonly name: string; // "Today"
  readonly look: "actual" | "previous" | "chosen"; // solid, lighter, dotted
  readonly values: Numbers; // as the losses: chance of a year that costs more
  readonly low?: Numbers; // as the values: 9 in 10 of how sure they are
  readonly high?: Numbers;
}
export interface AgreedPoint {
  readonly id: string;
  readonly loss: number;
  readonly probability: number; // at most this share of years costs more
}
export interface ExceedanceSpec extends Base {
  readonly kind: "exceedance";
  readonly unit: string; // currency of the losses
  readonly y: string;
  readonly scale: "plain" | "rare"; // rare: chances by their logarithm, so that 1 in 1,000 can be told from 1 in 100
  readonly losses: Numbers; // above 0, rising
  readonly curves: readonly ExceedanceCurve[]; // the first is what is: above the agreed line it is tinted
  readonly agreed: readonly AgreedPoint[]; // the rarer the dearer
  readonly agreedName: string; // "Appetite"
  readonly called?: { readonly loss: number; readonly probability: number; readonly text: string } | null; // one point said in words
}

/** A point that was dragged or moved by an arrow key; `done` once the hand lets go. */
export type PointMoved = (id: string, to: { readonly loss: number; readonly probability: number }, done: boolean) => void;

/** What may come as a few equally likely values, a dot each, stacked where they lie close. */
export interface DotsSpec extends Base {
  readonly kind: "dots";
  readonly unit: string;
  readonly x: string; // title of the level axis
  readonly values: Numbers; // rising: quantiles at (i - 0.5) / n
  readonly below?: { readonly value: number; readonly name: string }; // dots below it are marked: "lose money"
  readonly lines: readonly ReferenceLine[];
}

/** What moves a result most: a bar for each input, from the result at its low end to that at its high end. */
export interface TornadoRow {
  readonly id: string; // of the row in the answer
  readonly name: string;
  readonly unit: string; // of the input
  readonly low: { readonly input: number; readonly value: number };
  readonly high: { readonly input: number; readonly value: number };
  readonly ends?: readonly [string, string]; // words for the two ends, where an input is not said by its number
}
export interface TornadoSpec extends Base {
  readonly kind: "tornado";
  readonly unit: string; // of the result
  readonly x: string;
  readonly row: string; // "Input"
  readonly middle: { readonly value: number; readonly name: string }; // the result with all inputs as expected
  readonly rows: readonly TornadoRow[]; // the widest first
}

export interface BarColumn {
  readonly id: string; // "dwell.p85"
  readonly label: string;
  readonly unit: string; // "" for words
  readonly bar: boolean;
  readonly scale?: string; // columns of one scale draw the same value equally long
  readonly range?: boolean; // its intervals are drawn and said beside it
  readonly formula?: string;
  readonly method?: string;
}
export interface BarRow {
  readonly id: string; // the row's name in the key of its cells
  readonly name: string;
  readonly note?: string;
  readonly href?: string;
  readonly state?: StateClass;
  readonly cells: readonly (number | string | null)[]; // as the columns
  readonly intervals?: readonly BarInterval[]; // as the cells
  readonly amiss?: readonly (string | null)[]; // as the cells: what is not as wanted, said with a mark
}
export interface TableBarsSpec extends Base {
  readonly kind: "table";
  readonly row: string; // "State"
  readonly columns: readonly BarColumn[];
  readonly rows: readonly BarRow[];
}

export type ChartSpec =
  | ScatterSpec
  | StackedAreaSpec
  | AgeingSpec
  | BarsSpec
  | HistogramSpec
  | SparklineSpec
  | LineSpec
  | FanSpec
  | RangesSpec
  | ExceedanceSpec
  | DotsSpec
  | TornadoSpec
  | TableBarsSpec;

/** Above this many points a scatter is one bitmap under its axes. */
export const bitmapFrom = 3000;
/** Arrow keys walk marks up to this many, and bins beyond. */
export const marksUpTo = 200;

/** Nothing to draw: axes without marks would say less than a line of text. */
export function isEmpty(spec: ChartSpec): boolean {
  switch (spec.kind) {
    case "scatter": return spec.points.ids.length === 0;
    case "stacked-area": return spec.times.length === 0 || spec.bands.length === 0;
    case "ageing": return spec.columns.length === 0;
    case "bars": return spec.categories.length === 0;
    case "histogram": return Array.from(spec.counts).every((count) => count === 0);
    case "sparkline": return spec.values.every((value) => value === null);
    case "line": return spec.times.length === 0 || spec.series.every((one) => one.values.every((value) => value === null));
    case "fan": return spec.times.length === 0;
    case "ranges": return spec.ids.length === 0;
    case "exceedance": return spec.losses.length === 0 || (spec.curves.length === 0 && spec.agreed.length === 0);
    case "dots": return spec.values.length === 0;
    case "tornado": return spec.rows.length === 0;
    case "table": return spec.rows.length === 0;
  }
}

function unequal(what: string, lengths: readonly number[]): string[] {
  return lengths.every((length) => length === lengths[0]) ? [] : [`${what}: ${lengths.join(", ")} values, which should be as many`];
}

function notFinite(what: string, values: ArrayLike<number | null>): string[] {
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (value !== null && !Number.isFinite(value)) return [`${what}: value ${i} is no number`];
  }
  return [];
}

function rising(what: string, values: Numbers): string[] {
  for (let i = 1; i < values.length; ++i) {
    if ((values[i] ?? 0) < (values[i - 1] ?? 0)) return [`${what}: goes back at ${i}; time and edges run left to right`];
  }
  return [];
}

/** What is wrong with a spec, one line each; nothing when it can be drawn. */
export function problemsOf(spec: ChartSpec): string[] {
  const source = spec.source.formula === "" || spec.source.recompute === "" ? ["source: formula and recompute are needed"] : [];
  switch (spec.kind) {
    case "scatter": {
      const { x, y, ids, lit } = spec.points;
      return [
        ...source,
        ...unequal("points", [x.length, y.length, ids.length, ...(lit ? [lit.length] : [])]),
        ...notFinite("x", x),
        ...notFinite("y", y),
      ];
    }
    case "stacked-area":
      return [
        ...source,
        ...unequal("bands", [spec.times.length, ...spec.bands.map((band) => band.values.length), ...(spec.asides ?? []).map((aside) => aside.values.length)]),
        ...rising("times", spec.times),
        ...spec.bands.flatMap((band) => notFinite(band.name, band.values)),
      ];
    case "ageing":
      return [
        ...source,
        ...spec.items.flatMap((item) => (spec.columns[item.column] ? [] : [`${item.id}: there is no column ${item.column}`])),
        ...notFinite("items", spec.items.map((item) => item.value)),
      ];
    case "bars":
      return [
        ...source,
        ...unequal("series", [spec.categories.length, ...spec.series.map((one) => one.values.length), ...(spec.line ? [spec.line.values.length] : [])]),
        ...spec.series.flatMap((one) => notFinite(one.name, one.values)),
      ];
    case "histogram":
      return [
        ...source,
        ...(spec.edges.length === spec.counts.length + 1 ? [] : ["edges: one more than counts is needed"]),
        ...rising("edges", spec.edges),
      ];
    case "sparkline":
      return [...source, ...unequal("values", [spec.names.length, spec.values.length])];
    case "line":
      return [
        ...source,
        ...unequal("series", [spec.times.length, ...spec.series.map((one) => one.values.length), ...(spec.band ? [spec.band.low.length, spec.band.high.length] : [])]),
        ...rising("times", spec.times),
      ];
    case "fan":
      return [
        ...source,
        ...unequal("past", [spec.past.times.length, spec.past.values.length]),
        ...(spec.readings ? [...unequal("readings", [spec.readings.times.length, spec.readings.values.length]), ...rising("readings", spec.readings.times)] : []),
        ...unequal("bands", [spec.times.length, spec.middle.values.length, ...spec.bands.flatMap((band) => [band.low.length, band.high.length])]),
        ...rising("times", [...spec.past.times, spec.start, ...spec.times]),
        ...spec.bands.flatMap((band) => (Array.from(band.low).some((low, i) => low > (band.high[i] ?? 0)) ? [`${band.name}: low lies above high`] : [])),
      ];
    case "ranges":
      return [...source, ...unequal("ranges", [spec.ids.length, spec.low.length, spec.high.length, spec.promise.length, spec.came.length, spec.kept.length])];
    case "exceedance":
      return [
        ...source,
        ...unequal("curves", [spec.losses.length, ...spec.curves.flatMap((one) => [one.values, one.low, one.high].flatMap((values) => (values ? [values.length] : [])))]),
        ...rising("losses", spec.losses),
        ...((spec.losses[0] ?? 1) > 0 ? [] : ["losses: above 0 is needed"]),
        ...spec.curves.flatMap((one) => notFinite(one.name, one.values)),
      ];
    case "dots":
      return [...source, ...rising("values", spec.values), ...notFinite("values", spec.values)];
    case "tornado": {
      const swing = ({ low, high }: TornadoRow): number => Math.abs(high.value - low.value);
      return [
        ...source,
        ...spec.rows.flatMap((row) => notFinite(row.id, [row.low.value, row.high.value])),
        ...spec.rows.flatMap((row, i) => (i > 0 && swing(row) > swing(spec.rows[i - 1] ?? row) * (1 + 1e-9) ? [`${row.id}: swings wider than the row before it; the widest comes first`] : [])),
      ];
    }
    case "table":
      return [...source, ...spec.rows.flatMap((row) => (row.cells.length === spec.columns.length ? [] : [`${row.id}: ${row.cells.length} cells for ${spec.columns.length} columns`]))];
  }
}

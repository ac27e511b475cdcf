import { ticks } from "d3-array";
import type { HistogramSpec, Numbers, ScatterSpec } from "./spec";

export interface Bins {
  readonly edges: number[];
  readonly counts: number[];
}

const ends = new WeakMap<object, number>();
/** Where the upright axis ends: at the greatest value, or, where a few lie far beyond the rest, above the rest. */
export function endOf(ys: Numbers): number {
  const known = ends.get(ys);
  if (known !== undefined) return known;
  const greatest = extent(ys)[1];
  // The value that 995 of 1,000 do not exceed, from counts in 4,096 steps: near enough for an axis.
  const steps = 4096;
  const counts = new Uint32Array(steps + 1);
  const scale = greatest > 0 ? steps / greatest : 0;
  for (let i = 0; i < ys.length; ++i) {
    const at = Math.max(0, ((ys[i] as number) * scale) | 0);
    counts[at] = (counts[at] as number) + 1;
  }
  let step = 0;
  for (let sum = counts[0] as number; sum < 0.995 * ys.length && step < steps; ) sum += counts[++step] as number;
  const most = (step + 1) / (scale || 1);
  const end = ys.length >= 100 && greatest > 1.8 * most ? 1.25 * most : greatest;
  ends.set(ys, end);
  return end;
}

/** Bins of one width with round edges from 0 (or the least value) to the greatest; every value falls in exactly one. */
export function binsOf(values: ArrayLike<number>, about: number): Bins {
  let low = 0;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (values.length === 0) return { edges: [0, 1], counts: [0] };
  const marks = ticks(low, Math.max(high, low + 1e-9), about);
  const width = marks.length > 1 ? (marks[1] as number) - (marks[0] as number) : Math.max(high - low, 1);
  const start = Math.floor(low / width + 1e-9) * width;
  const number = Math.max(1, Math.floor((high - start) / width + 1e-9) + 1);
  const edges = Array.from({ length: number + 1 }, (_, i) => Number((start + i * width).toPrecision(12)));
  const counts = new Array<number>(number).fill(0);
  for (let i = 0; i < values.length; ++i) {
    const bin = Math.min(number - 1, Math.max(0, Math.floor(((values[i] as number) - start) / width + 1e-9)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { edges, counts };
}

/** A scatter told without its time: how many points lie in each stretch of the upright axis. For narrow screens. */
export function histogramOf(spec: ScatterSpec, unit: string): HistogramSpec {
  const { y, lit } = spec.points;
  const end = endOf(y);
  const kept: number[] = [];
  let beyond = 0;
  for (let i = 0; i < y.length; ++i) {
    if (lit && !lit[i]) continue;
    if ((y[i] as number) > end) ++beyond;
    else kept.push(y[i] as number);
  }
  const { edges, counts } = binsOf(kept, 18);
  return {
    kind: "histogram", id: `${spec.id}-histogram`, label: spec.label, source: spec.source, height: 210,
    x: spec.y, y: `${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}, by ${spec.y.label.slice(0, 1).toLowerCase()}${spec.y.label.slice(1)}`, unit, edges, counts, beyond, lines: spec.lines,
  };
}

const extents = new WeakMap<object, [number, number]>();
/** Least and greatest; asked once for each array, which is not changed after. */
export function extent(values: Numbers): readonly [number, number] {
  const known = extents.get(values);
  if (known) return known;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const made: [number, number] = values.length === 0 ? [0, 1] : [low, high];
  extents.set(values, made);
  return made;
}

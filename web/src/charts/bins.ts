import { ticks } from "d3-array";
import type { HistogramSpec, Numbers, ScatterSpec } from "./spec";

export interface Bins {
  readonly edges: number[];
  readonly counts: number[];
}

/** Bins of one width with round edges from 0 (or the least value) to the greatest; every value falls in exactly one. */
export function binsOf(values: ArrayLike<number>, about: number, kept?: ArrayLike<number>): Bins {
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
    if (kept && !kept[i]) continue;
    const bin = Math.min(number - 1, Math.max(0, Math.floor(((values[i] as number) - start) / width + 1e-9)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { edges, counts };
}

/** A scatter told without its time: how many points lie in each stretch of the upright axis. For narrow screens. */
export function histogramOf(spec: ScatterSpec, unit: string): HistogramSpec {
  const { edges, counts } = binsOf(spec.points.y, 14, spec.points.lit);
  return {
    kind: "histogram", id: `${spec.id}-histogram`, label: spec.label, source: spec.source, height: 190,
    x: spec.y, y: unit, unit, edges, counts, lines: spec.lines,
  };
}

export const extent = (values: Numbers): [number, number] => {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length === 0 ? [0, 1] : [low, high];
};

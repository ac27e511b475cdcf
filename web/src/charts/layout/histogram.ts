import { valueText } from "@tiebeam/format";
import { gutter, levelAxis, place, textSize, uprightAxis, type Axis } from "../axis";
import type { HistogramSpec } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, timeText, type Drawing, type Mark } from "./mark";

export interface HistogramDrawing extends Drawing {
  readonly beyond: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly bars: readonly { readonly x: number; readonly y: number; readonly w: number; readonly h: number }[];
  readonly lines: readonly { readonly x: number; readonly text: string; readonly textX: number; readonly textY: number; readonly end: boolean; readonly look: "main" | "quiet" | "guard" }[];
}

export function layHistogram(spec: HistogramSpec, width: number): HistogramDrawing {
  const height = spec.height ?? 200;
  const texts = spec.lines.map((line) => `${line.label} ${valueText(line.value, spec.x.unit)}`);
  const rowHeight = 13;
  const bottom = height - 22;
  const low = spec.edges[0] ?? 0;
  const high = spec.edges[spec.edges.length - 1] ?? 1;
  // The texts of the lines take as many rows above the bars as they need not to touch.
  const settle = (left: number, right: number): { x: number; text: string; textX: number; row: number; end: boolean; look: "main" | "quiet" | "guard" }[] => {
    const taken: [number, number][][] = [];
    return spec.lines.map((line, i) => {
      const x = left + ((Math.min(line.value, high) - low) / (high - low || 1)) * (right - left);
      const size = textWidth(texts[i] ?? "", textSize);
      const end = x + size + 8 > width;
      const from = end ? x - size - 4 : x + 4;
      const free = (row: number): boolean => (taken[row] ?? []).every(([a, b]) => from > b + 4 || from + size < a - 4);
      let row = 0;
      while (!free(row)) ++row;
      (taken[row] ??= []).push([from, from + size]);
      return { x, text: texts[i] ?? "", textX: end ? x - 4 : x + 4, row, end, look: line.look };
    });
  };
  const counts = Array.from(spec.counts);
  const guess = settle(40, width - 8);
  const rows = guess.length === 0 ? 0 : Math.max(...guess.map((line) => line.row)) + 1;
  const top = 10 + rows * rowHeight;
  const y = uprightAxis(0, Math.max(1, ...counts), bottom, top, spec.unit, true);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const right = width - 10;
  const x = levelAxis(low, high, left, right, spec.x.unit, spec.x.scale === "time");
  const bars = counts.map((count, i) => {
    const from = place(x, spec.edges[i] ?? 0);
    const to = place(x, spec.edges[i + 1] ?? 0);
    const above = place(y, count);
    return { x: from + 0.5, w: Math.max(0.5, to - from - 1), y: above, h: bottom - above };
  });
  const say = (value: number): string => (spec.x.scale === "time" ? timeText(value) : valueText(value, spec.x.unit));
  const marks = once(() =>
    bars.map((bar, i): Mark => ({ ...bar, id: String(i), says: [`${say(spec.edges[i] ?? 0)} to ${say(spec.edges[i + 1] ?? 0)}`, valueText(counts[i] ?? 0, spec.unit)] })),
  );
  return {
    width, height, plot: { left, right, top, bottom }, x, y, bars,
    beyond: spec.beyond ? `${valueText(spec.beyond, spec.unit)} above ${say(high)}` : "",
    lines: settle(left, right).map(({ row, ...line }) => ({ ...line, textY: 10 + row * rowHeight })),
    marks,
    hit: (px) => (px < left || px > right ? null : nearestAcross(marks(), px)),
  };
}

import { countText, valueText } from "@tiebeam/format";
import { levelAxis, place, textSize, type Axis } from "../axis";
import type { AgeingSpec } from "../spec";
import { fitText, textWidth } from "../text";
import { markOf } from "./ageing";
import { once, type Drawing, type Mark } from "./mark";

/** Ageing where columns would be too narrow for their names: a state is a row, its days run level. */
export interface AgeingRowsDrawing extends Drawing {
  readonly x: Axis;
  readonly states: readonly { readonly top: number; readonly bottom: number; readonly name: string; readonly count: string }[];
  readonly steps: readonly { readonly x: number; readonly top: number; readonly bottom: number; readonly look: "main" | "quiet" }[];
  readonly dots: readonly { readonly x: number; readonly y: number; readonly late: boolean; readonly item: number }[];
  readonly bars: readonly { readonly x: number; readonly top: number; readonly bottom: number; readonly late: boolean; readonly says: readonly string[] }[]; // heaps whose dots would not fit
}

const nameHeight = 20, between = 12, dotPitch = 5.4, leastPitch = 2.2, leastStrip = 14, mostStrip = 44;

/** Items of one row that stand within one dot of each other are heaped. */
function heapsOf(spec: AgeingSpec, x: Axis, state: number): Map<number, number[]> {
  const heaps = new Map<number, number[]>();
  spec.items.forEach((item, i) => {
    if (item.column !== state) return;
    const at = Math.round(place(x, item.value) / dotPitch);
    const heap = heaps.get(at);
    if (heap) heap.push(i);
    else heaps.set(at, [i]);
  });
  return heaps;
}

export function layAgeingRows(spec: AgeingSpec, width: number): AgeingRowsDrawing {
  const left = 8, right = width - 10;
  const limits = spec.columns.flatMap((column) => [column.p50, column.p85, column.p95]).filter((value) => value !== null);
  const x = levelAxis(0, Math.max(1e-6, ...spec.items.map((item) => item.value), ...limits), left, right, spec.unit, false);
  const states: AgeingRowsDrawing["states"][number][] = [];
  const steps: AgeingRowsDrawing["steps"][number][] = [];
  const dots: AgeingRowsDrawing["dots"][number][] = [];
  const bars: AgeingRowsDrawing["bars"][number][] = [];
  let y = 4;
  spec.columns.forEach((column, c) => {
    const heaps = heapsOf(spec, x, c);
    const tallest = Math.max(0, ...[...heaps.values()].map((heap) => heap.length));
    const strip = Math.min(mostStrip, Math.max(leastStrip, tallest * dotPitch + 4));
    const pitch = Math.min(dotPitch, (strip - 4) / Math.max(1, tallest));
    const bottom = y + nameHeight + strip;
    const own = spec.items.filter((item) => item.column === c);
    const late = own.filter((item) => item.late).length;
    const count = own.length === 0 ? "none" : `${countText(own.length)}${late > 0 ? `, ${countText(late)} past` : ""}`;
    states.push({ top: y, bottom, name: fitText(column.name, textSize + 1, right - left - textWidth(count, textSize) - 12), count });
    for (const [value, look] of [[column.p50, "quiet"], [column.p85, "main"], [column.p95, "quiet"]] as const)
      if (value !== null) steps.push({ x: place(x, value), top: bottom - strip, bottom, look });
    for (const heap of heaps.values()) {
      const first = spec.items[heap[0] ?? 0];
      const at = place(x, first?.value ?? 0);
      if (pitch >= leastPitch) heap.forEach((item, k) => dots.push({ x: place(x, spec.items[item]?.value ?? 0), y: bottom - 4 - k * pitch, late: spec.items[item]?.late ?? false, item }));
      else bars.push({ x: at, top: bottom - heap.length * pitch, bottom, late: heap.some((item) => spec.items[item]?.late), says: [column.name, `${valueText(heap.length, "items")}, about ${valueText(first?.value ?? 0, spec.unit)}`] });
    }
    y = bottom + between;
  });
  const plot = { left, right, top: 4, bottom: y - between + 4 };
  const markAt = (dot: { readonly x: number; readonly y: number; readonly item: number }): Mark => markOf(spec, dot);
  const markOfBar = (bar: (typeof bars)[number]): Mark => ({ x: bar.x - 4, y: bar.top, w: 8, h: bar.bottom - bar.top, says: bar.says, id: null });
  return {
    width, height: plot.bottom + 24, plot, x, states, steps, dots, bars,
    marks: once(() => [...dots.map(markAt), ...bars.map(markOfBar)]),
    hit: (px, py) => {
      let best: (typeof dots)[number] | null = null;
      let least = 14 * 14;
      for (const dot of dots) {
        const apart = (dot.x - px) ** 2 + (dot.y - py) ** 2;
        if (apart < least) [best, least] = [dot, apart];
      }
      const bar = bars.find((one) => Math.abs(one.x - px) < dotPitch && py >= one.top && py <= one.bottom);
      return best ? markAt(best) : bar ? markOfBar(bar) : null;
    },
  };
}

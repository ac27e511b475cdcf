import { valueText } from "@tiebeam/format";
import { levelAxis, place, textSize, type Axis } from "../axis";
import type { DotsSpec, ReferenceLine } from "../spec";
import { textWidth } from "../text";
import { once, type Drawing, type Mark } from "./mark";

export interface Dot {
  readonly x: number; // of its middle
  readonly y: number;
  readonly lost: boolean;
}
export interface DotsDrawing extends Drawing {
  readonly x: Axis;
  readonly size: number; // of a dot
  readonly dots: readonly Dot[]; // as the values
  readonly zero: number | null; // where the marked part ends
  readonly says: { readonly x: number; readonly y: number; readonly text: string; readonly end: boolean } | null; // how many are marked
  readonly lines: readonly { readonly x: number; readonly text: string; readonly textX: number; readonly textY: number; readonly end: boolean; readonly look: ReferenceLine["look"] }[];
}
const largest = 40, smallest = 5;
const columnsAcross = 14; // as many at least, where there is room

/** Which column each value falls in, columns of one width from `origin`; and how tall the tallest is. */
export function columnsOf(at: readonly number[], origin: number, wide: number): { columns: number[]; tallest: number } {
  const columns = at.map((x) => Math.floor((x - origin) / wide + 1e-9));
  const heights = new Map<number, number>();
  for (const column of columns) heights.set(column, (heights.get(column) ?? 0) + 1);
  return { columns, tallest: Math.max(0, ...heights.values()) };
}

function labelled(spec: DotsSpec, x: Axis, right: number): { lines: DotsDrawing["lines"]; rows: number } {
  const taken: [number, number][][] = [];
  const lines = spec.lines.map((line) => {
    const text = `${line.label} ${valueText(line.value, spec.unit)}`;
    const at = place(x, line.value);
    const size = textWidth(text, textSize);
    const end = at + size + 8 > right;
    const from = end ? at - size - 4 : at + 4;
    let row = 0;
    while (!(taken[row] ?? []).every(([a, b]) => from > b + 4 || from + size < a - 4)) ++row;
    (taken[row] ??= []).push([from, from + size]);
    return { x: at, text, textX: end ? at - 4 : at + 4, textY: 10 + row * 13, end, look: line.look };
  });
  return { lines, rows: taken.length };
}

/** Dots as large as fit: a column is as wide as a dot, and none holds dots of both sides of the mark. */
export function layDots(spec: DotsSpec, width: number): DotsDrawing {
  const height = spec.height ?? 210;
  const values = Array.from(spec.values);
  const every = [...values, ...spec.lines.map((line) => line.value), ...(spec.below ? [spec.below.value] : [])];
  const low = Math.min(...every), high = Math.max(...every);
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  const left = 14, right = width - 14, bottom = height - 22;
  const x = levelAxis(low - room, high + room, left, right, spec.unit, false);
  const { lines, rows } = labelled(spec, x, right);
  const top = 6 + rows * 13 + (rows > 0 ? 4 : 0) + (spec.below ? 15 : 0);
  const at = values.map((value) => place(x, value));
  const origin = spec.below ? place(x, spec.below.value) : left;
  let size = Math.max(smallest, Math.min(largest, Math.floor((right - left) / columnsAcross)));
  for (; size > smallest; --size) if (columnsOf(at, origin, size).tallest * size <= bottom - top) break;
  const { columns } = columnsOf(at, origin, size);
  const heights = new Map<number, number>();
  const dots = columns.map((column, i): Dot => {
    const row = heights.get(column) ?? 0;
    heights.set(column, row + 1);
    return { x: origin + (column + 0.5) * size, y: bottom - (row + 0.5) * size - 1, lost: spec.below !== undefined && (values[i] ?? 0) < spec.below.value };
  });
  const marks = once(() =>
    dots.map((dot, i): Mark => ({
      x: dot.x - size / 2, y: dot.y - size / 2, w: size, h: size, id: String(i + 1),
      says: [valueText(values[i] ?? 0, spec.unit), `${i} of ${values.length} lie below it`, ...(dot.lost && spec.below ? [spec.below.name] : [])],
    })),
  );
  const lost = dots.filter((dot) => dot.lost).length;
  const text = spec.below ? `${lost === 0 ? "none" : lost} of ${values.length} ${spec.below.name}` : "";
  const wide = textWidth(text, textSize) + 8;
  const leans = origin - wide > 0; // to the left of the mark, where there is room
  return {
    width, height, plot: { left, right, top, bottom }, x, size, dots, lines, marks, zero: spec.below ? origin : null,
    says: spec.below ? { x: leans ? origin - 5 : origin + 5, y: top - 5, text, end: leans } : null,
    hit: (px, py) => marks().find((mark) => px >= mark.x && px <= mark.x + mark.w && py >= mark.y - 1 && py <= mark.y + mark.h + 1) ?? null,
  };
}

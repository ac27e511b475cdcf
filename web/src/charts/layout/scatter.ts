import { valueText } from "@tiebeam/format";
import { gutter, levelAxis, place, textSize, uprightAxis, valueAt, type Axis } from "../axis";
import { endOf, extent } from "../bins";
import { makeGrid, nearest } from "../grid";
import { spread } from "../labels";
import { marksUpTo, type ScatterSpec } from "../spec";
import { textWidth } from "../text";
import { once, timeText, type Drawing, type Mark } from "./mark";

export interface ScatterDrawing extends Drawing {
  readonly above: number; // points beyond the axis, drawn on its upper rim
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly { readonly y: number; readonly text: string; readonly textY: number; readonly look: "main" | "quiet" | "guard" }[];
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();
/** Where an id stands among the points. */
export function indexOfId(ids: readonly string[], id: string): number {
  let map = places.get(ids);
  if (!map) {
    map = new Map(ids.map((one, i) => [one, i]));
    places.set(ids, map);
  }
  return map.get(id) ?? -1;
}

export function layScatter(spec: ScatterSpec, width: number): ScatterDrawing {
  const height = spec.height ?? 300;
  const { x: xs, y: ys, ids, lit } = spec.points;
  const [x0, x1] = extent(xs);
  const top = 10;
  const bottom = height - 22;
  const greatest = Math.max(spec.y.max ?? endOf(ys), ...spec.lines.map((line) => line.value));
  const y = uprightAxis(spec.y.min ?? 0, greatest, bottom, top, spec.y.unit, false);
  const lineTexts = spec.lines.map((line) => `${line.label}  ${valueText(line.value, spec.y.unit)}`);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const right = width - (lineTexts.length > 0 ? Math.ceil(Math.max(...lineTexts.map((text) => textWidth(text, textSize)))) + 14 : 8);
  const x = levelAxis(spec.x.min ?? x0, spec.x.max ?? x1, left, right, spec.x.unit, spec.x.scale === "time");
  const at = spec.lines.map((line) => place(y, line.value));
  const apart = spread(at.map((one) => ({ at: one, size: 14 })), top, bottom + 7);
  const plot = { left, right, top, bottom };
  const level = (value: number): number => place(y, Math.min(value, y.high));
  let above = 0;
  for (let i = 0; i < ys.length; ++i) if ((ys[i] as number) > y.high) ++above;

  const xText = (value: number): string => (spec.x.scale === "time" ? timeText(value) : valueText(value, spec.x.unit));
  const one = (i: number): Mark => ({
    x: place(x, xs[i] as number) - 5, y: level(ys[i] as number) - 5, w: 10, h: 10,
    says: [ids[i] ?? "", `${valueText(ys[i] as number, spec.y.unit)}, ${xText(xs[i] as number)}`], id: ids[i] ?? null,
  });
  const grid = once(() => {
    const px = new Float32Array(xs.length);
    const py = new Float32Array(xs.length);
    for (let i = 0; i < xs.length; ++i) {
      px[i] = place(x, xs[i] as number) - left;
      py[i] = level(ys[i] as number) - top;
    }
    return makeGrid(px, py, right - left, bottom - top);
  });

  const marks = once((): Mark[] => {
    if (xs.length <= marksUpTo) {
      const order = Array.from(xs, (_, i) => i).sort((a, b) => (xs[a] as number) - (xs[b] as number));
      return order.map(one);
    }
    const columns = 20;
    const rows = marksUpTo / columns;
    const counts = new Uint32Array(columns * rows);
    for (let i = 0; i < xs.length; ++i) {
      if (lit && !lit[i]) continue;
      const column = Math.min(columns - 1, Math.max(0, Math.floor((((xs[i] as number) - x.low) / (x.high - x.low)) * columns)));
      const row = Math.min(rows - 1, Math.max(0, Math.floor((((ys[i] as number) - y.low) / (y.high - y.low)) * rows)));
      counts[column * rows + row] = (counts[column * rows + row] as number) + 1;
    }
    const found: Mark[] = [];
    for (let column = 0; column < columns; ++column)
      for (let row = 0; row < rows; ++row) {
        const count = counts[column * rows + row] as number;
        if (count === 0) continue;
        const part = {
          x0: x.low + ((x.high - x.low) * column) / columns, x1: x.low + ((x.high - x.low) * (column + 1)) / columns,
          y0: y.low + ((y.high - y.low) * row) / rows, y1: y.low + ((y.high - y.low) * (row + 1)) / rows,
        };
        found.push({
          x: place(x, part.x0), w: place(x, part.x1) - place(x, part.x0), y: place(y, part.y1), h: place(y, part.y0) - place(y, part.y1),
          says: [valueText(count, "items"), `${valueText(part.y0, spec.y.unit)} to ${valueText(part.y1, spec.y.unit)}, ${xText(part.x0)} to ${xText(part.x1)}`],
          id: null, part,
        });
      }
    return found;
  });

  return {
    width, height, plot, x, y, above,
    lines: spec.lines.map((line, i) => ({ y: at[i] ?? 0, text: lineTexts[i] ?? "", textY: apart[i] ?? 0, look: line.look })),
    marks,
    hit: (px, py) => {
      if (px < left - 8 || px > right + 8) return null;
      const i = nearest(grid(), px - left, py - top, 14, lit ? (index) => lit[index] === 1 : undefined);
      return i < 0 ? null : one(i);
    },
  };
}

/** The mark of one point, such as the one picked; null when it is not among them. */
export function pointMark(spec: ScatterSpec, drawing: ScatterDrawing, id: string): { readonly x: number; readonly y: number } | null {
  const i = indexOfId(spec.points.ids, id);
  return i < 0 ? null : { x: place(drawing.x, spec.points.x[i] as number), y: place(drawing.y, Math.min(spec.points.y[i] as number, drawing.y.high)) };
}

/** A rectangle of pixels as values, kept within the axes; one that reaches the rim has no upper end. */
export function valuesOf(drawing: ScatterDrawing, ax: number, ay: number, bx: number, by: number): { x0: number; x1: number; y0: number; y1: number } {
  const { left, right, top, bottom } = drawing.plot;
  const level = [ax, bx].map((pixel) => valueAt(drawing.x, Math.max(left, Math.min(right, pixel))));
  const upright = [ay, by].map((pixel) => valueAt(drawing.y, Math.max(top, Math.min(bottom, pixel))));
  return { x0: Math.min(...level), x1: Math.max(...level), y0: Math.max(0, Math.min(...upright)), y1: Math.min(ay, by) <= top ? Infinity : Math.max(...upright) };
}

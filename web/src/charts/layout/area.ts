import { area } from "d3-shape";
import { valueText } from "@tiebeam/format";
import { gutter, levelAxis, place, textSize, uprightAxis, type Axis } from "../axis";
import { extent } from "../bins";
import { spread } from "../labels";
import { marksUpTo, type StackedAreaSpec, type StateClass } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, timeText, type Drawing, type Mark } from "./mark";

export interface AreaDrawing extends Drawing {
  readonly x: Axis;
  readonly y: Axis;
  readonly bands: readonly { readonly name: string; readonly state: StateClass; readonly shade: number; readonly path: string; readonly edge: string }[];
  readonly inside: readonly { readonly x: number; readonly y: number; readonly text: string; readonly dark: boolean }[];
  readonly beside: readonly { readonly y: number; readonly from: number; readonly text: string }[];
}

/** Lower and upper bound of each band at each time. */
export function boundsOf(spec: StackedAreaSpec): { readonly low: number[]; readonly high: number[] }[] {
  let floor = new Array<number>(spec.times.length).fill(0);
  return spec.bands.map((band) => {
    const low = floor;
    const high = low.map((under, i) => (spec.stacked ? under + (band.values[i] as number) : Math.max(under, band.values[i] as number)));
    floor = high;
    return { low, high };
  });
}

export function layArea(spec: StackedAreaSpec, width: number): AreaDrawing {
  const height = spec.height ?? 320;
  const bounds = boundsOf(spec);
  const top = 10;
  const bottom = height - 22;
  const y = uprightAxis(0, Math.max(1, ...(bounds.at(-1)?.high ?? [1])), bottom, top, spec.unit, true);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const [t0, t1] = extent(spec.times);
  const lay = (right: number): { x: Axis; inside: AreaDrawing["inside"][number][]; outside: number[] } => {
    const x = levelAxis(t0, t1, left, right, "", true);
    const at = Array.from(spec.times, (time) => place(x, time));
    const inside: AreaDrawing["inside"][number][] = [];
    const outside: number[] = [];
    bounds.forEach((bound, b) => {
      const name = spec.bands[b]?.name ?? "";
      const need = textWidth(name, textSize + 1) + 12;
      let best = { room: 0, x: 0, y: 0 };
      for (let i = 0; i < at.length; ++i) {
        const middle = at[i] as number;
        if (middle - need / 2 < left || middle + need / 2 > right) continue;
        let ceiling = -Infinity;
        let floor = Infinity;
        for (let k = 0; k < at.length; ++k) {
          if (Math.abs((at[k] as number) - middle) > need / 2 + 4) continue;
          ceiling = Math.max(ceiling, place(y, bound.high[k] as number));
          floor = Math.min(floor, place(y, bound.low[k] as number));
        }
        if (floor - ceiling > best.room) best = { room: floor - ceiling, x: middle, y: (floor + ceiling) / 2 };
      }
      if (best.room >= 17) inside.push({ x: best.x, y: best.y, text: name, dark: spec.bands[b]?.state === "active" });
      else outside.push(b);
    });
    return { x, inside, outside };
  };
  let laid = lay(width - 12);
  if (laid.outside.length > 0) {
    const room = Math.max(...laid.outside.map((b) => textWidth(spec.bands[b]?.name ?? "", textSize))) + 22;
    laid = lay(width - Math.ceil(room));
  }
  const { x, inside, outside } = laid;
  const right = x.to;
  const at = Array.from(spec.times, (time) => place(x, time));
  const last = at.length - 1;
  const ends = outside.map((b) => (place(y, bounds[b]?.high[last] ?? 0) + place(y, bounds[b]?.low[last] ?? 0)) / 2);
  const apart = spread(ends.map((end) => ({ at: end, size: 14 })), top, bottom + 8);
  const seen = new Map<StateClass, number>();
  const bands = bounds.map((bound, b) => {
    const band = spec.bands[b];
    const state = band?.state ?? "unknown";
    const shade = seen.get(state) ?? 0;
    seen.set(state, shade + 1);
    const draw = area<number>()
      .x((i) => Math.round((at[i] as number) * 10) / 10)
      .y0((i) => Math.round(place(y, bound.low[i] as number) * 10) / 10)
      .y1((i) => Math.round(place(y, bound.high[i] as number) * 10) / 10);
    const indices = at.map((_, i) => i);
    return { name: band?.name ?? "", state, shade: Math.min(2, shade), path: draw(indices) ?? "", edge: draw.lineY1()(indices) ?? "" };
  });
  const marks = once((): Mark[] => {
    const step = Math.max(1, Math.ceil(at.length / marksUpTo));
    return at.flatMap((middle, i): Mark[] => {
      if (i % step !== 0 && i !== last) return [];
      const rows = spec.bands.map((band) => `${band.name} ${valueText(band.values[i] as number, spec.unit)}`).reverse();
      const asides = (spec.asides ?? []).flatMap((aside) => {
        const value = aside.values[i];
        return value == null ? [] : [`${aside.says} ${valueText(value, aside.unit)}`];
      });
      return [{ x: middle - 1, w: 2, y: top, h: bottom - top, id: String(i), says: [timeText(spec.times[i] as number), ...asides, ...rows] }];
    });
  });
  return {
    width, height, plot: { left, right, top, bottom }, x, y, bands, inside,
    beside: outside.map((b, k) => ({ y: apart[k] ?? 0, from: ends[k] ?? 0, text: spec.bands[b]?.name ?? "" })),
    marks,
    hit: (px) => (px < left - 6 || px > right + 6 ? null : nearestAcross(marks(), px)),
  };
}

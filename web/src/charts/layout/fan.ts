import { area, line as lineOf } from "d3-shape";
import { onAxisText } from "@tiebeam/format";
import { gutter, levelAxis, place, textSize, uprightAxis, type Axis } from "../axis";
import { spread } from "../labels";
import type { FanSpec } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, timeText, type Drawing, type Mark } from "./mark";

export interface FanDrawing extends Drawing {
  readonly x: Axis;
  readonly y: Axis;
  readonly start: { readonly x: number; readonly y: number };
  readonly bands: readonly { readonly path: string; readonly depth: number }[]; // depth: how many bands lie around it
  readonly past: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[]; // of the past
  readonly middle: string;
  readonly readings: readonly { readonly x: number; readonly y: number; readonly outside: boolean }[]; // of the widest band
  readonly names: readonly { readonly from: { readonly x: number; readonly y: number }; readonly y: number; readonly text: string; readonly look: "main" | "quiet" | "guard" }[];
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Whether a reading lies beyond a band, which begins at zero and is straight between its times. */
function isOutside(spec: FanSpec, band: FanSpec["bands"][number], time: number, value: number): boolean {
  const after = Array.from(spec.times).findIndex((one) => one >= time);
  const last = spec.times.length - 1;
  const at = (values: FanSpec["times"]): number => {
    if (after < 0) return values[last] ?? 0;
    const [t0, v0] = after === 0 ? [spec.start, 0] : [spec.times[after - 1] ?? 0, values[after - 1] ?? 0];
    const [t1, v1] = [spec.times[after] ?? 0, values[after] ?? 0];
    return t1 <= t0 ? v1 : v0 + ((v1 - v0) * Math.max(0, time - t0)) / (t1 - t0);
  };
  return value < at(band.low) || value > at(band.high);
}

/** Bands from zero at the start; what came before is counted backwards, so that it meets them there. */
export function layFan(spec: FanSpec, width: number): FanDrawing {
  const height = spec.height ?? 260;
  const top = 10;
  const bottom = height - 22;
  const widest = spec.bands[0];
  const every = [0, ...spec.past.values, ...spec.middle.values, ...(widest?.low ?? []), ...(widest?.high ?? []), ...(spec.readings?.values ?? []), ...spec.lines.map((line) => line.value)];
  const y = uprightAxis(Math.min(...every), spec.measured ? Math.max(...every) : Math.max(1, ...every), bottom, top, spec.unit, !spec.measured);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const texts = spec.lines.map((line) => `${line.label}  ${onAxisText(line.value, spec.unit)}`);
  const right = width - Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, textSize)))) - 22;
  const end = spec.times[spec.times.length - 1] ?? spec.start;
  const readAt = Array.from(spec.readings?.times ?? []);
  const x = levelAxis(Math.min(spec.past.times[0] ?? spec.start, ...readAt), Math.max(end, ...readAt), left, right, "", true);
  const origin = { x: round(place(x, spec.start)), y: round(place(y, 0)) };
  const at = Array.from(spec.times, (time) => round(place(x, time)));
  const indices = [-1, ...at.keys()]; // -1: the start itself
  const xOf = (i: number): number => at[i] ?? origin.x;
  const yOf = (values: FanSpec["times"]) => (i: number): number => (i < 0 ? origin.y : round(place(y, values[i] ?? 0)));
  const bands = spec.bands.map((band, depth) => ({ depth, path: area<number>().x(xOf).y0(yOf(band.low)).y1(yOf(band.high))(indices) ?? "" }));
  const dots = Array.from(spec.past.times, (time, i) => ({ x: round(place(x, time)), y: round(place(y, spec.past.values[i] ?? 0)) }));
  const readings = readAt.map((time, i) => {
    const value = spec.readings?.values[i] ?? 0;
    return { x: round(place(x, time)), y: round(place(y, value)), outside: spec.readings?.outside?.[i] ?? (widest !== undefined && isOutside(spec, widest, time, value)) };
  });
  const ends = spec.lines.map((line) => place(y, line.value));
  const apart = spread(ends.map((one) => ({ at: one, size: 14 })), top, bottom + 8);
  const marks = once(() => [
    ...dots.map((dot, i): Mark => ({
      x: dot.x - 1, w: 2, y: top, h: bottom - top, id: null,
      says: [timeText(spec.past.times[i] ?? 0), `${spec.past.name} ${onAxisText(spec.past.values[i] ?? 0, spec.unit)}`],
    })),
    ...at.map((middle, i): Mark => ({
      x: middle - 1, w: 2, y: top, h: bottom - top, id: null,
      says: [
        timeText(spec.times[i] ?? 0),
        `${spec.middle.name} ${onAxisText(spec.middle.values[i] ?? 0, spec.unit)}`,
        ...spec.bands.map((band) => `${band.name} ${onAxisText(band.low[i] ?? 0, spec.unit)} to ${onAxisText(band.high[i] ?? 0, spec.unit)}`),
      ],
    })),
    ...readings.map((reading, i): Mark => ({
      x: reading.x - 1, w: 2, y: top, h: bottom - top, id: String(i),
      says: [timeText(readAt[i] ?? 0), `${spec.readings?.name ?? ""} ${onAxisText(spec.readings?.values[i] ?? 0, spec.unit)}`, ...(reading.outside && widest ? [`outside ${spec.readings?.beyond ?? widest.name}`] : [])],
    })),
  ].sort((a, b) => a.x - b.x));
  return {
    width, height, plot: { left, right, top, bottom }, x, y, start: origin, bands, dots, readings,
    past: lineOf<{ x: number; y: number }>().x((dot) => dot.x).y((dot) => dot.y)([...dots, origin]) ?? "",
    middle: lineOf<number>().x(xOf).y(yOf(spec.middle.values))(indices) ?? "",
    names: spec.lines.map((line, i) => ({ from: { x: line.at === undefined ? (at.at(-1) ?? origin.x) : round(place(x, Math.min(line.at, end))), y: ends[i] ?? 0 }, y: apart[i] ?? 0, text: texts[i] ?? "", look: line.look })),
    marks,
    hit: (px) => (px < left - 6 || px > right + 6 ? null : nearestAcross(marks(), px)),
  };
}

import { area, line as lineOf } from "d3-shape";
import { valueText } from "@tiebeam/format";
import { gutter, levelAxis, place, textSize, uprightAxis, type Axis } from "../axis";
import { extent } from "../bins";
import { spread } from "../labels";
import type { LineSpec, Look, SparklineSpec } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, timeText, type Drawing, type Mark } from "./mark";

export interface LineDrawing extends Drawing {
  readonly x: Axis;
  readonly y: Axis;
  readonly band: string;
  readonly paths: readonly { readonly path: string; readonly look: Look; readonly end: { readonly x: number; readonly y: number } | null }[];
  readonly lines: readonly { readonly y: number; readonly look: "main" | "quiet" | "guard"; readonly at: number | null }[]; // at: from there down to the axis
  readonly names: readonly { readonly y: number; readonly text: string; readonly strong: boolean }[];
}

const round = (value: number): number => Math.round(value * 10) / 10;

export function layLine(spec: LineSpec, width: number): LineDrawing {
  const height = spec.height ?? 220;
  const top = 10;
  const bottom = height - 22;
  const every = [...spec.series.flatMap((one) => one.values), ...(spec.band?.high ?? []), ...spec.lines.map((line) => line.value)].filter((value) => value !== null);
  const y = uprightAxis(Math.min(0, ...every), Math.max(spec.upTo ?? 1e-9, ...every), bottom, top, spec.unit, false);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const lastOf = (values: readonly (number | null)[]): number => values.findLastIndex((value) => value !== null);
  const texts = [
    ...spec.series.map((one) => `${one.name}  ${valueText(one.values[lastOf(one.values)] ?? 0, spec.unit)}`),
    ...spec.lines.map((line) => `${line.label}  ${valueText(line.value, spec.unit)}`),
  ];
  const right = width - Math.ceil(Math.max(...texts.map((text) => textWidth(text, textSize)), 0)) - 14;
  const [t0, t1] = extent(spec.times);
  const x = levelAxis(t0, t1, left, right, "", true);
  const at = Array.from(spec.times, (time) => round(place(x, time)));
  const indices = at.map((_, i) => i);
  const path = (values: readonly (number | null)[]): string =>
    lineOf<number>().defined((i) => values[i] !== null && values[i] !== undefined).x((i) => at[i] ?? 0).y((i) => round(place(y, values[i] ?? 0)))(indices) ?? "";
  const band = spec.band
    ? (area<number>().defined((i) => spec.band?.low[i] != null && spec.band.high[i] != null).x((i) => at[i] ?? 0)
        .y0((i) => round(place(y, spec.band?.low[i] ?? 0))).y1((i) => round(place(y, spec.band?.high[i] ?? 0)))(indices) ?? "")
    : "";
  const paths = spec.series.map((one) => {
    const last = lastOf(one.values);
    return { path: path(one.values), look: one.look, end: last < 0 ? null : { x: at[last] ?? 0, y: place(y, one.values[last] ?? 0) } };
  });
  const ends = [...paths.map((one) => one.end?.y ?? bottom), ...spec.lines.map((line) => place(y, line.value))];
  const apart = spread(ends.map((end) => ({ at: end, size: 14 })), top, bottom + 8);
  const marks = once(() =>
    at.map((middle, i): Mark => ({
      x: middle - 1, w: 2, y: top, h: bottom - top, id: String(i),
      says: [
        timeText(spec.times[i] as number),
        ...spec.series.map((one) => `${one.name} ${one.values[i] == null ? "not yet known" : valueText(one.values[i], spec.unit)}`),
        ...(spec.band && spec.band.low[i] != null && spec.band.high[i] != null ? [`${spec.band.name} ${valueText(spec.band.low[i], spec.unit)} to ${valueText(spec.band.high[i], spec.unit)}`] : []),
      ],
    })),
  );
  return {
    width, height, plot: { left, right, top, bottom }, x, y, band, paths,
    lines: spec.lines.map((line) => ({ y: place(y, line.value), look: line.look, at: line.at === undefined ? null : place(x, Math.min(line.at, t1)) })),
    names: texts.map((text, i) => ({ y: apart[i] ?? 0, text, strong: spec.series[i]?.look === "actual" || spec.lines[i - spec.series.length]?.look === "main" })),
    marks,
    hit: (px) => (px < left - 6 || px > right + 6 ? null : nearestAcross(marks(), px)),
  };
}

export interface SparklineDrawing extends Drawing {
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number } | null;
}

/** A small line without axes: only its shape and its last value. */
export function laySparkline(spec: SparklineSpec, width: number): SparklineDrawing {
  const height = spec.height ?? 30;
  const known = spec.values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const step = spec.values.length > 1 ? (width - 8) / (spec.values.length - 1) : 0;
  const x = (i: number): number => round(3 + i * step);
  const y = (value: number): number => round(high === low ? height / 2 : height - 4 - ((value - low) / (high - low)) * (height - 8));
  const indices = spec.values.map((_, i) => i);
  const last = spec.values.findLastIndex((value) => value !== null);
  const marks = once(() =>
    spec.values.flatMap((value, i): Mark[] => (value === null ? [] : [{ x: x(i) - 3, y: y(value) - 3, w: 6, h: 6, says: [spec.names[i] ?? "", valueText(value, spec.unit)], id: String(i) }])),
  );
  return {
    width, height, plot: { left: 3, right: width - 5, top: 2, bottom: height - 2 },
    path: lineOf<number>().defined((i) => spec.values[i] !== null).x(x).y((i) => y(spec.values[i] ?? 0))(indices) ?? "",
    end: last < 0 ? null : { x: x(last), y: y(spec.values[last] ?? 0) },
    marks,
    hit: (px) => nearestAcross(marks(), px),
  };
}

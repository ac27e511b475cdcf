import { dayText, valueText } from "@tiebeam/format";
import { gutter, place, textSize, uprightAxis, type Axis } from "../axis";
import { thin, withinRim } from "../labels";
import type { RangesSpec } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, type Drawing, type Mark } from "./mark";

export interface RangesDrawing extends Drawing {
  readonly y: Axis;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly rows: readonly { readonly x: number; readonly w: number; readonly high: number; readonly low: number; readonly promise: number; readonly came: number; readonly kept: boolean }[];
}

/** One column for each time something was said: its range, the line promised, and what came. */
export function layRanges(spec: RangesSpec, width: number): RangesDrawing {
  const height = spec.height ?? 220;
  const top = 10;
  const bottom = height - 22;
  const y = uprightAxis(0, Math.max(1, ...spec.high, ...spec.came), bottom, top, spec.unit, true);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const right = width - 8;
  const pitch = (right - left) / Math.max(1, spec.ids.length);
  const w = Math.max(3, Math.min(pitch * 0.62, 22));
  const middle = (i: number): number => left + pitch * (i + 0.5);
  const rows = spec.ids.map((_, i) => ({
    x: middle(i), w, high: place(y, spec.high[i] ?? 0), low: place(y, spec.low[i] ?? 0), promise: place(y, spec.promise[i] ?? 0), came: place(y, spec.came[i] ?? 0), kept: spec.kept[i] ?? false,
  }));
  const words = spec.ids.map((id) => dayText(id));
  const stays = thin(words.map((word, i) => withinRim({ at: middle(i), size: textWidth(word, textSize) }, width)), 10);
  const marks = once(() =>
    spec.ids.map((id, i): Mark => ({
      x: middle(i) - pitch / 2, w: pitch, y: top, h: bottom - top, id,
      says: [
        `${spec.row} ${dayText(id)}`,
        `${spec.names.low} ${valueText(spec.low[i] ?? 0, spec.unit)}, ${spec.names.high.toLowerCase()} ${valueText(spec.high[i] ?? 0, spec.unit)}`,
        `${spec.names.promise} ${valueText(spec.promise[i] ?? 0, spec.unit)}`,
        `${spec.names.came} ${valueText(spec.came[i] ?? 0, spec.unit)}: ${spec.kept[i] ? "kept" : "not kept"}`,
      ],
    })),
  );
  return {
    width, height, plot: { left, right, top, bottom }, y, rows, marks,
    ticks: words.flatMap((text, i) => (stays[i] ? [{ at: middle(i), text }] : [])),
    hit: (px) => (px < left || px > right ? null : nearestAcross(marks(), px)),
  };
}

import { valueText } from "@tiebeam/format";
import { gutter, place, textSize, uprightAxis, type Axis } from "../axis";
import { spread, thin, withinRim } from "../labels";
import type { BarsSpec, Look } from "../spec";
import { textWidth } from "../text";
import { nearestAcross, once, type Drawing, type Mark } from "./mark";

export interface BarsDrawing extends Drawing {
  readonly y: Axis;
  readonly bars: readonly { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly look: Look; readonly open: boolean }[];
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly line: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly names: readonly { readonly y: number; readonly text: string; readonly look: Look | "line" }[];
}

/** Bars as they are drawn: shares of their category where the mode is share. */
export function drawnValues(spec: BarsSpec): (number | null)[][] {
  if (spec.mode !== "share") return spec.series.map((one) => [...one.values]);
  const totals = spec.categories.map((_, c) => spec.series.reduce((sum, one) => sum + (one.values[c] ?? 0), 0));
  return spec.series.map((one) => one.values.map((value, c) => (value === null || !totals[c] ? null : value / (totals[c] ?? 1))));
}

export function layBars(spec: BarsSpec, width: number): BarsDrawing {
  const height = spec.height ?? 240;
  const top = 10;
  const bottom = height - 22;
  const values = drawnValues(spec);
  const unit = spec.mode === "share" ? "share" : spec.unit;
  const beside = spec.mode === "beside";
  const totals = spec.categories.map((_, c) => values.reduce((sum, one) => (beside ? Math.max(sum, one[c] ?? 0) : sum + (one[c] ?? 0)), 0));
  const greatest = Math.max(...totals, ...(spec.line?.values.map((value) => value ?? 0) ?? []), unit === "share" ? 1 : 0, 0) || 1;
  const y = uprightAxis(0, greatest, bottom, top, unit, spec.unit !== "share" && spec.mode !== "share" && greatest > 3);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const lone = spec.series.length === 1 && !spec.line; // the axis says it already
  const labels = lone ? [] : [...spec.series.map((one) => one.name), ...(spec.line ? [spec.line.name] : [])];
  const right = lone ? width - 8 : width - Math.ceil(Math.max(...labels.map((label) => textWidth(label, textSize)))) - 26;
  const pitch = (right - left) / Math.max(1, spec.categories.length);
  const group = Math.min(pitch * 0.72, 76);
  const middle = (c: number): number => left + pitch * (c + 0.5);
  const bars: { x: number; y: number; w: number; h: number; look: Look; open: boolean }[] = [];
  spec.categories.forEach((_, c) => {
    let floor = 0;
    spec.series.forEach((one, s) => {
      const value = values[s]?.[c] ?? null;
      if (value === null) return;
      const w = beside ? group / spec.series.length : group;
      const x = middle(c) - group / 2 + (beside ? s * w : 0);
      const from = beside ? 0 : floor;
      if (!beside) floor += value;
      const above = place(y, from + value);
      bars.push({ x, w: Math.max(1, w - (beside ? 1 : 0)), y: above, h: Math.max(0, place(y, from) - above), look: one.look, open: spec.open?.includes(c) ?? false });
    });
  });
  const dots = (spec.line?.values ?? []).flatMap((value, c) => (value === null ? [] : [{ x: middle(c), y: place(y, value) }]));
  const words = spec.ticks ?? spec.categories;
  const years = spec.years ?? [];
  const turns = new Set(years).size > 1; // then each label has room for its year
  const stays = thin(words.map((word, c) => withinRim({ at: middle(c), size: textWidth(turns ? `${word} ${years[c] ?? ""}` : word, textSize) }, width)), 6);
  const shown = words.flatMap((text, c) => (stays[c] ? [{ at: middle(c), text, year: years[c] }] : []));

  // Names stand beside the last bars, each at its own height.
  const last = spec.categories.length - 1;
  let sum = 0;
  const ends = values.map((one) => {
    const value = one[last] ?? 0;
    const at = beside ? value : sum + value / 2;
    sum += value;
    return place(y, at);
  });
  const all = [...ends, ...(spec.line ? [dots.at(-1)?.y ?? bottom] : [])];
  const apart = spread(all.map((at) => ({ at, size: 15 })), top, bottom + 8);

  const marks = once(() =>
    spec.categories.map((category, c): Mark => ({
      x: middle(c) - pitch / 2, w: pitch, y: top, h: bottom - top, id: String(c),
      says: [
        `${category}${spec.open?.includes(c) ? " (not complete)" : ""}`,
        ...spec.series.map((one, s) => `${one.name} ${one.values[c] === null ? "not yet known" : valueText(values[s]?.[c] ?? 0, unit)}`),
        ...(spec.line ? [`${spec.line.name} ${valueText(spec.line.values[c] ?? 0, spec.unit)}`] : []),
      ],
    })),
  );
  return {
    width, height, plot: { left, right, top, bottom }, y, bars, dots,
    ticks: shown.map(({ at, text, year }, i) => ({ at, text: i > 0 && year !== shown[i - 1]?.year ? `${text} ${year ?? ""}` : text })),
    line: dots.map((dot, i) => `${i === 0 ? "M" : "L"}${dot.x.toPrecision(6)} ${dot.y.toPrecision(6)}`).join(""),
    names: labels.map((text, i) => ({ y: apart[i] ?? 0, text, look: spec.series[i]?.look ?? "line" })),
    marks,
    hit: (px) => (px < left || px > right ? null : nearestAcross(marks(), px)),
  };
}

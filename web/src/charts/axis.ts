import { scaleLinear, scaleUtc } from "d3-scale";
import { axisText } from "@tiebeam/format";
import { thin } from "./labels";
import { textWidth, timeTexts } from "./text";

export const textSize = 11;

export interface Tick {
  readonly at: number; // pixels
  readonly value: number;
  readonly text: string;
}
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly from: number; // pixels of low
  readonly to: number; // pixels of high
  readonly ticks: readonly Tick[];
}

export const place = (axis: Axis, value: number): number =>
  axis.high === axis.low ? axis.from : axis.from + ((value - axis.low) / (axis.high - axis.low)) * (axis.to - axis.from);
export const valueAt = (axis: Axis, pixel: number): number =>
  axis.to === axis.from ? axis.low : axis.low + ((pixel - axis.from) / (axis.to - axis.from)) * (axis.high - axis.low);

const made = (low: number, high: number, from: number, to: number, values: readonly number[], texts: readonly string[]): Axis => {
  const bare: Axis = { low, high, from, to, ticks: [] };
  return { ...bare, ticks: values.map((value, i) => ({ at: place(bare, value), value, text: texts[i] ?? "" })) };
};

/** An upright axis of numbers: low at the bottom. Counts get whole ticks only. */
export function uprightAxis(low: number, high: number, bottom: number, top: number, unit: string, whole: boolean): Axis {
  const count = Math.max(2, Math.min(6, Math.floor((bottom - top) / 38)));
  const scale = scaleLinear().domain([low, high > low ? high : low + 1]).nice(count);
  const [first = low, last = high] = scale.domain();
  const values = scale.ticks(count).filter((value) => !whole || Number.isInteger(value));
  return made(first, last, bottom, top, values, values.map((value) => axisText(value, unit)));
}

/** A level axis of numbers or of time, left to right; labels that would touch are left out. */
export function levelAxis(low: number, high: number, left: number, right: number, unit: string, time: boolean): Axis {
  const width = right - left;
  const end = high > low ? high : low + (time ? 864e5 : 1);
  const count = Math.max(2, Math.floor(width / 76));
  const times = (wanted: number): number[] => scaleUtc().domain([low, end]).ticks(wanted).map((tick) => tick.getTime());
  const first = time ? times(count) : [];
  // One label does not make an axis: then as many as there are days or weeks, thinned below.
  const values = time ? (first.length < 2 ? times(3 * count) : first) : scaleLinear().domain([low, end]).ticks(Math.max(2, Math.floor(width / 64)));
  const axis = made(low, end, left, right, values, time ? timeTexts(values) : values.map((value) => axisText(value, unit)));
  const stays = thin(axis.ticks.map((tick) => ({ at: tick.at, size: textWidth(tick.text, textSize) })), 10);
  const kept = axis.ticks.filter((_, i) => stays[i]);
  if (!time || kept.length === axis.ticks.length) return { ...axis, ticks: kept };
  const texts = timeTexts(kept.map((tick) => tick.value)); // the year stands at the first label of it that is left
  return { ...axis, ticks: kept.map((tick, i) => ({ ...tick, text: texts[i] ?? tick.text })) };
}

/** An axis by the logarithm: its ends are logarithms to the base of ten, the values of its ticks are not.
    Whole decades, and 2 and 5 between them where there is room. REQUIRES: 0 < low < high. */
export function logAxis(low: number, high: number, from: number, to: number, unit: string, gap: number): Axis {
  const [first, last] = [Math.log10(low), Math.log10(high)];
  const bare: Axis = { low: first, high: last, from, to, ticks: [] };
  const decade = Math.abs(to - from) / Math.max(1e-9, last - first);
  const steps = decade > 4 * gap ? [1, 2, 5] : decade > 1.8 * gap ? [1, 3] : [1];
  const every = Math.max(1, Math.ceil(gap / decade));
  const ticks: Tick[] = [];
  for (let power = Math.floor(first); power <= last; ++power)
    for (const step of steps) {
      const value = step * 10 ** power;
      const at = Math.log10(value);
      if (at < first - 1e-9 || at > last + 1e-9 || (every > 1 && power % every !== 0)) continue;
      ticks.push({ at: place(bare, at), value, text: axisText(value, unit) });
    }
  return { ...bare, ticks };
}

/** Room to the left of an upright axis for its labels. */
export const gutter = (texts: readonly string[]): number => Math.ceil(Math.max(14, ...texts.map((text) => textWidth(text, textSize)))) + 8;

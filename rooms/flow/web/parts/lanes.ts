// An item's life laid out: one lane for each team that held it, time left to right.

import { levelAxis, place, type Axis } from "@tiebeam/charts/axis";
import { textWidth } from "@tiebeam/charts/text";
import type { Stretch } from "../answers";

export interface Lanes {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  readonly axis: Axis;
  readonly lanes: readonly { readonly name: string; readonly y: number }[];
  readonly bars: readonly { readonly x: number; readonly w: number; readonly y: number; readonly index: number; readonly name: string }[];
  readonly handoffs: readonly { readonly x: number; readonly from: number; readonly to: number }[];
}

export const laneHeight = 30;
const bar = 18;

export function layLanes(stretches: readonly Stretch[], end: number, width: number): Lanes {
  const names = [...new Set(stretches.map((one) => one.team))];
  const shown = names.map((name) => (name === "" ? "team not said" : name));
  const left = Math.ceil(Math.max(40, ...shown.map((name) => textWidth(name, 12)))) + 10;
  const right = width - 10;
  const bottom = names.length * laneHeight + 4;
  const start = Date.parse(stretches[0]?.from ?? "1970-01-01T00:00:00Z");
  const last = Math.max(end, ...stretches.map((one) => Date.parse(one.to ?? one.from)));
  const axis = levelAxis(start, last, left, right, "", true);
  const laneOf = (team: string): number => names.indexOf(team) * laneHeight + laneHeight / 2;
  const bars = stretches.map((one, index) => {
    const x = place(axis, Date.parse(one.from));
    const w = Math.max(1.5, place(axis, one.to === null ? last : Date.parse(one.to)) - x);
    const fits = textWidth(one.state, 11) + 10 <= w;
    return { x, w, y: laneOf(one.team) - bar / 2, index, name: fits ? one.state : "" };
  });
  const handoffs = stretches.flatMap((one, i) => {
    const before = stretches[i - 1];
    if (!before || before.team === one.team || before.team === "" || one.team === "") return [];
    return [{ x: place(axis, Date.parse(one.from)), from: laneOf(before.team), to: laneOf(one.team) }];
  });
  return { left, right, bottom, height: bottom + 24, axis, lanes: names.map((name, i) => ({ name: shown[i] ?? name, y: laneOf(name) })), bars, handoffs };
}

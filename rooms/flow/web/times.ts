// Finished work as columns: what is chosen, what is listed, and the chart they are drawn by.

import type { Rectangle, ReferenceLine, ScatterSpec } from "@tiebeam/charts/spec";
import type { CellFigure } from "@tiebeam/figure/cells";
import type { Figure } from "@tiebeam/model";
import { counted, figureOf, valueOf, type AgingRow, type CycleTimes } from "./answers";
import { byName } from "./order";

export interface Chosen {
  readonly type: string | null;
  readonly team: string | null;
  readonly stream: string | null;
}

const finishes = new WeakMap<CycleTimes, Float64Array>();
/** When each finished, in milliseconds: the answer has microseconds. */
export function finishTimes(times: CycleTimes): Float64Array {
  let made = finishes.get(times);
  if (!made) {
    made = Float64Array.from(times.finish, (micros) => micros / 1000);
    finishes.set(times, made);
  }
  return made;
}

/** 1 for each item of the chosen type, team and stream; null when nothing is chosen. */
export function litOf(times: CycleTimes, chosen: Chosen): Uint8Array | null {
  if (chosen.type === null && chosen.team === null && chosen.stream === null) return null;
  const type = chosen.type === null ? null : times.types.indexOf(chosen.type);
  const team = chosen.team === null ? null : times.teams.indexOf(chosen.team);
  const stream = chosen.stream === null ? null : times.streams.findIndex((one) => one.id === chosen.stream);
  const lit = new Uint8Array(times.items.length);
  for (let i = 0; i < lit.length; ++i)
    if ((type === null || times.type[i] === type) && (team === null || times.team[i] === team) && (stream === null || times.stream[i] === stream)) lit[i] = 1;
  return lit;
}

/** Those of the names that an item has, for a choice. */
export function present(names: readonly string[], used: readonly number[]): string[] {
  const seen = new Set(used);
  return names.filter((name, i) => name !== "" && seen.has(i)).sort(byName);
}

/** Items within the choice and the part, those that took longest first. */
export function within(times: CycleTimes, lit: Uint8Array | null, part: Rectangle | null): Uint32Array {
  const finish = finishTimes(times);
  const kept = new Uint32Array(times.items.length);
  let count = 0;
  for (let i = 0; i < times.items.length; ++i) {
    if (lit && lit[i] === 0) continue;
    const at = finish[i] as number;
    const days = times.days[i] as number;
    if (part && (at < part.x0 || at > part.x1 || days < part.y0 || days > part.y1)) continue;
    kept[count++] = i;
  }
  return kept.slice(0, count).sort((a, b) => (times.days[b] as number) - (times.days[a] as number));
}

const lineNames = ["p50", "p85", "p95"] as const;
export const lineKeys = ["flow.cycle_time", "flow.lead_time"].flatMap((measure) => lineNames.map((name) => `${measure}.${name}`));
/** "begun", or "asked for" where the source does not say when work began. */
export const startOf = (times: CycleTimes): string => (times.measure === "flow.lead_time" ? "asked for" : "begun");
const fewEnough = 0.15; // given up: what is left can still make 85 of 100
/** So much is given up that 85 of 100 never finish. */
export const manyGivenUp = (share: number | null): boolean => share !== null && share >= fewEnough;
export const oldestOf = (aging: readonly AgingRow[]): AgingRow | null => aging.reduce<AgingRow | null>((oldest, row) => (oldest === null || row.age_days > oldest.age_days ? row : oldest), null);
/** How long ago an open item was begun. */
export const ageOf = (answer: Parameters<typeof counted>[0], row: AgingRow): CellFigure => counted(answer, `flow.aging[${row.item}].age_days`, row.age_days, `Age: ${row.item}`, "days", "as of - commit");

/** The lines of finished work: 50, 85 and 95 of 100. Where unfinished work counted 85 of 100 is not
    reached, only half: the others would promise what nobody can say. */
export function linesOf(figures: readonly Figure[], times: CycleTimes): ReferenceLine[] {
  const isUnreached = figureOf(figures, "flow.cycle_time.km.p85")?.status === "not_reached";
  return lineNames.flatMap((name, i): ReferenceLine[] => {
    if (isUnreached && i > 0) return [];
    const value = valueOf(figures, `${times.measure}.${name}`);
    return value === null ? [] : [{ label: ["50%", "85%", "95%"][i] ?? "", value, look: i === 1 ? "main" : "quiet" }];
  });
}

export function scatterOf(times: CycleTimes, lines: readonly ReferenceLine[], points: ScatterSpec["points"], rest: { height: number; selection?: Rectangle | null; picked?: string | null }): ScatterSpec {
  return {
    kind: "scatter",
    id: "cycle-time",
    label: `Days from ${startOf(times)} to finished, by the day each piece of work finished`,
    source: { key: times.measure, formula: times.formula, method: times.method, as_of: times.as_of, n: times.n, recompute: times.recompute },
    x: { id: "finish", label: "Finished", unit: "", scale: "time" },
    y: { id: "days", label: `Days from ${startOf(times)} to finished`, unit: "days", scale: "number" },
    points,
    lines,
    ...rest,
  };
}

/** A part of the chart as the address says it; null when it says none. */
export function partOf(query: URLSearchParams, times: CycleTimes): Rectangle | null {
  const day = (name: string): number | null => {
    const time = Date.parse(query.get(name) ?? "");
    return Number.isNaN(time) ? null : time;
  };
  const number = (name: string): number | null => {
    const text = query.get(name);
    return text === null || text === "" || !Number.isFinite(Number(text)) ? null : Number(text);
  };
  const [x0, x1, y0, y1] = [day("done-from"), day("done-to"), number("least"), number("most")];
  if (x0 === null && x1 === null && y0 === null && y1 === null) return null;
  const finish = finishTimes(times);
  return {
    x0: x0 ?? finish.reduce((least, time) => Math.min(least, time), Infinity),
    x1: x1 === null ? finish.reduce((most, time) => Math.max(most, time), -Infinity) : x1 + 864e5 - 1, // to the end of that day
    y0: y0 ?? 0,
    y1: y1 ?? Infinity,
  };
}
/** The same, for the address: whole days in time, tenths of a day up. */
export function queryOf(part: Rectangle | null): Record<string, string | null> {
  if (!part) return { "done-from": null, "done-to": null, least: null, most: null };
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const [least, most] = [Math.floor(part.y0 * 10) / 10, Math.ceil(part.y1 * 10) / 10]; // outward: nothing that was chosen is lost
  return { "done-from": day(part.x0), "done-to": day(part.x1), least: String(least), most: Number.isFinite(most) ? String(most) : null };
}

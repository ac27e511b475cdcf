// The appetite as records: what is stored, one step from there to what was typed, and what becomes of both when
// somebody else changed it meanwhile.

import { api, problemOf } from "@tiebeam/api/client";
import type { Money } from "@tiebeam/model";
import { isMoney } from "@tiebeam/records/values";
import { chanceWords, moneyWords, type Pair } from "./appetite";
import type { Who } from "./who";

export interface StoredPoint {
  readonly id: string;
  readonly name: string;
  readonly loss: Money;
  readonly probability: number;
  readonly set_by: string;
  readonly version: number;
}
export interface WantedPoint {
  readonly id: string; // "" for a new one
  readonly name: string;
  readonly loss: Money;
  readonly probability: number;
}

export async function storedPoints(): Promise<readonly StoredPoint[]> {
  const page = await api.records("appetite", { limit: 500 });
  return page.records
    .flatMap((record): StoredPoint[] => {
      const [loss, probability, by] = [record["loss"], record["probability"], record["set_by"]];
      return isMoney(loss) && typeof probability === "number" ? [{ id: record.id, name: record.name, loss, probability, set_by: typeof by === "string" ? by : "", version: record.version }] : [];
    })
    .sort((a, b) => Number(a.loss.amount) - Number(b.loss.amount));
}

/** Writes all of it or nothing: what is not as `stored` says is refused (hasMoved). */
export async function saveAppetite(stored: readonly StoredPoint[], wanted: readonly WantedPoint[], by: Who): Promise<void> {
  const points = wanted.map(({ id, name, loss, probability }) => ({ ...(id === "" ? {} : { id }), name, probability, loss: loss.amount }));
  const seen = stored.map(({ id, version }) => ({ id, version }));
  const named = wanted.length === 0 ? {} : by.id !== "" ? { by: by.id } : { by_name: by.name.trim(), role: by.role.trim() };
  await api.act("risk", "appetite", { file: JSON.stringify({ points, seen }), ...named });
}
export const hasMoved = (thrown: unknown): boolean => problemOf(thrown).code === "risk.appetite_moved";

// ---- two people at one appetite ---------------------------------------------------------------

export const pairOf = (point: StoredPoint): Pair => ({ id: point.id, key: point.id, name: point.name, loss: moneyWords(point.loss), chance: chanceWords(point.probability) });
const isSame = (a: Pair, b: Pair): boolean => a.name === b.name && a.loss === b.loss && a.chance === b.chance;

/** What became of a point while it was being written about. */
export type Meanwhile =
  | { readonly is: "changed" | "added" } // and stands here as it is on record now
  | { readonly is: "theirs"; readonly theirs: Pair } // both changed it: here is what was typed
  | { readonly is: "gone" }; // they took it out, here it was changed: it would be added again
export interface Met {
  readonly pairs: readonly Pair[];
  readonly meanwhile: ReadonlyMap<string, Meanwhile>; // by key of the pair
  readonly gone: readonly string[]; // names of points that nobody here had touched
}
/** What was typed (`pairs`, begun on `before`) put onto what is on record `now`: nothing that either wrote is lost. */
export function meet(before: readonly StoredPoint[], now: readonly StoredPoint[], pairs: readonly Pair[]): Met {
  const was = new Map(before.map((point) => [point.id, pairOf(point)]));
  const is = new Map(now.map((point) => [point.id, pairOf(point)]));
  const meanwhile = new Map<string, Meanwhile>();
  const gone: string[] = [];
  const met = pairs.flatMap((pair): Pair[] => {
    const [from, to] = [was.get(pair.id), is.get(pair.id)];
    if (pair.id === "" || !from) return [pair];
    if (!to) {
      if (isSame(pair, from)) gone.push(pair.name);
      else meanwhile.set(pair.key, { is: "gone" });
      return isSame(pair, from) ? [] : [{ ...pair, id: "" }];
    }
    if (isSame(from, to) || isSame(pair, to)) return [pair];
    meanwhile.set(pair.key, isSame(pair, from) ? { is: "changed" } : { is: "theirs", theirs: to });
    return [isSame(pair, from) ? { ...to, key: pair.key } : pair];
  });
  // Points of theirs that are not here: new ones, and those taken out here that they changed.
  for (const [id, to] of is) {
    const from = was.get(id);
    if (met.some((pair) => pair.id === id) || (from && isSame(from, to))) continue;
    met.push(to);
    meanwhile.set(to.key, { is: from ? "changed" : "added" });
  }
  return { pairs: met, meanwhile, gone };
}

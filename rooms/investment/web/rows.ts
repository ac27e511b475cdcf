// Cases in a list: which are shown, in what order, and on what scale their bars lie.

import { numberOf } from "@tiebeam/format";
import type { Figure } from "@tiebeam/model";
import { nameOf, type CaseRow } from "./answers";

export type Order = "value" | "loss" | "missing" | "name";
export type Show = "open" | "unsigned" | "missing" | "over";
export const filters: readonly (readonly [Show, string])[] = [["open", "Open"], ["unsigned", "Without a valid signature"], ["missing", "Something missing"], ["over", "Done or stopped"]];

const isOver = (one: CaseRow): boolean => ["done", "stopped"].includes(one.stage);
export function shownBy(show: string, one: CaseRow): boolean {
  switch (show) {
    case "unsigned": return !isOver(one) && one.signed.state !== "valid";
    case "missing": return !isOver(one) && one.missing.length > 0;
    case "over": return isOver(one);
    default: return !isOver(one);
  }
}
/** Who answers for a case: its sponsor, else whoever signed it and still stands by it; null: nobody. */
export function behind(one: CaseRow): string | null {
  if (one.sponsor) return one.sponsor.name;
  return one.signed.state === "valid" ? nameOf(one.signed.by) || null : null;
}
const known = (figure: Figure | null): number | null => (figure ? numberOf(figure.value) : null);
/** Unknown last, whichever way it goes. */
function by(value: (one: CaseRow) => number | null, down: boolean): (a: CaseRow, b: CaseRow) => number {
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || a.name.localeCompare(b.name);
    return (down ? y - x : x - y) || a.name.localeCompare(b.name);
  };
}
export function ordered(cases: readonly CaseRow[], order: Order): CaseRow[] {
  const list = [...cases];
  switch (order) {
    case "loss": return list.sort(by((one) => known(one.loss), true));
    case "missing": return list.sort(by((one) => one.missing.length, true));
    case "name": return list.sort((a, b) => a.name.localeCompare(b.name));
    default: return list.sort(by((one) => known(one.npv), true));
  }
}
/** From the least to the greatest that any bar reaches, and always 0. */
export function scaleOf(cases: readonly CaseRow[]): readonly [number, number] {
  const ends = cases.flatMap(({ npv }) => [npv?.interval?.low ?? known(npv), npv?.interval?.high ?? known(npv)]).filter((value) => value !== null);
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

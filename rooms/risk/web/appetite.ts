// What was agreed to be tolerated, as pairs that people type: "€2.5m: 1 in 14". From texts to records,
// with what cannot be meant told beside its point.

import type { Money } from "@tiebeam/model";
import { shiftPoint } from "@tiebeam/records/digits";
import { readChance, readMoney, toDigits } from "./ranges";

export interface Pair {
  readonly id: string; // of the record; "" for one that is not kept yet
  readonly key: string; // of the row on the page
  readonly name: string;
  readonly loss: string; // as typed
  readonly chance: string;
}
export interface ReadPair {
  readonly loss: number | null;
  readonly probability: number | null;
  readonly faults: { readonly loss?: string; readonly chance?: string };
}

/** "€2.5m: 1 in 14", "2.5m 7%", "2.5m in 1 of 14 years" typed in one go; null where it is not two things. */
export function splitPair(text: string): { readonly loss: string; readonly chance: string } | null {
  const match = /^\s*(.+?)\s*(?::|,|;|\s+in at most|\s+at most|\s(?=\d+(?:\.\d+)?\s*%|1\s*(?:in|\/)\s*\d))\s*(1\s*(?:in|\/)\s*[\d.,]+|\d+(?:\.\d+)?\s*%)\s*$/i.exec(text);
  return match ? { loss: match[1] ?? "", chance: match[2] ?? "" } : null;
}

export function readPair(pair: Pair): ReadPair {
  const loss = readMoney(pair.loss);
  const chance = pair.chance.trim() === "" ? null : readChance(pair.chance);
  const share = chance && "share" in chance ? chance.share : null;
  const lossFault = pair.loss.trim() === "" ? "An amount is missing: write it like 2.5m" : loss === null ? `“${pair.loss.trim()}” is not an amount: write it like 2.5m` : loss <= 0 ? "An amount above 0 is needed" : undefined;
  const chanceFault = chance === null ? "A chance is missing: write 1 in 14 or 7%" : "message" in chance ? `${chance.message}: ${chance.hint}` : share === 0 || share === 1 ? "Never and always agree to nothing: write a chance between them" : undefined;
  return { loss, probability: share, faults: { ...(lossFault ? { loss: lossFault } : {}), ...(chanceFault ? { chance: chanceFault } : {}) } };
}

/** All pairs together: each next one dearer and rarer. Faults stand beside the later of two that disagree. */
export function readPairs(pairs: readonly Pair[]): readonly ReadPair[] {
  const read = pairs.map(readPair);
  const order = read.map((_, i) => i).filter((i) => read[i]?.loss != null && read[i]?.probability != null).sort((a, b) => (read[a]?.loss ?? 0) - (read[b]?.loss ?? 0) || a - b);
  const faults = new Map<number, ReadPair["faults"]>();
  order.forEach((at, k) => {
    const before = k > 0 ? order[k - 1] : undefined;
    const [one, other] = [read[at], before === undefined ? undefined : read[before]];
    if (!one || !other || before === undefined) return;
    const said = `${pairs[before]?.loss.trim() ?? ""}: ${pairs[before]?.chance.trim() ?? ""}`;
    if (one.loss === other.loss) faults.set(at, { loss: `This amount stands twice, also with ${pairs[before]?.chance.trim() ?? ""}` });
    else if ((one.probability ?? 0) >= (other.probability ?? 0)) faults.set(at, { chance: `A dearer year must be rarer than the one before it (${said})` });
  });
  return read.map((one, i) => ({ ...one, faults: { ...faults.get(i), ...one.faults } }));
}
export const isGood = (read: readonly ReadPair[]): boolean => read.every((one) => Object.keys(one.faults).length === 0);

/** "2.5m", "80k", "1250" of an amount: as short as it can be typed without loss. */
export function amountWords(amount: number): string {
  const [places, unit] = amount >= 1e6 ? [-6, "m"] : amount >= 1e4 ? [-3, "k"] : [0, ""];
  return shiftPoint(String(amount), places) + unit;
}
export const moneyWords = (money: Money): string => amountWords(Number(money.amount));
/** "1 in 14" where that is the chance to its last digit, else percent. */
export function chanceWords(share: number): string {
  const years = Math.round(1 / share);
  return share > 0 && share <= 0.5 && Math.abs(1 / years - share) < 1e-12 ? `1 in ${years}` : `${shiftPoint(String(share), 2)}%`;
}

/** A dragged point, to two digits: what a hand means. */
export function dragged(to: { readonly loss: number; readonly probability: number }): { readonly loss: string; readonly chance: string } {
  const years = 1 / to.probability;
  const tidy = Math.round(years);
  const chance = to.probability > 0.34 ? `${shiftPoint(String(toDigits(to.probability, 2)), 2)}%` : `1 in ${tidy >= 20 ? toDigits(tidy, 2) : tidy}`;
  return { loss: amountWords(toDigits(to.loss, 2)), chance };
}

/** What a share is as the record keeps it: money to the cent. */
export function moneyOf(amount: number, currency: string): Money {
  const cents = Math.round(amount * 100);
  return { amount: shiftPoint(String(cents), -2), currency };
}

/** The name a point has unless somebody gives it one. */
export const nameFor = (pair: Pair): string => (pair.name.trim() === "" ? `At most ${pair.chance.trim()} above ${pair.loss.trim()}` : pair.name.trim());
/** Three points to begin with, around what is today: a usual, a bad and a very bad year, in a round third less. */
export function suggested(quantiles: readonly (readonly [share: number, loss: number | null])[]): Pair[] {
  const names = ["A usual year", "A bad year", "The worst we carry"];
  return quantiles.flatMap(([share, loss], i): Pair[] => {
    if (loss === null || loss <= 0) return [];
    const words = dragged({ loss: loss * 0.7, probability: share });
    return [{ id: "", key: `new-${i}`, name: names[i] ?? "", ...words }];
  });
}

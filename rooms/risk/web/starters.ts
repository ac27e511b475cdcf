// The library of starting points as the program answers it, and what the page makes of it: which are
// ticked and what was said of the organisation stand in the address.

import type { ExceedanceSpec } from "@tiebeam/charts/spec";
import type { Figure } from "@tiebeam/model";
import { shiftPoint } from "@tiebeam/records/digits";
import { badYearOf, method } from "./answers";
import { amountWords, chanceWords } from "./appetite";
import { readAmount, readMoney, toDigits } from "./ranges";

export type Evidence = "measured" | "published" | "judgement";
export interface Part {
  readonly what: string;
  readonly unit: string;
  readonly figure: Figure;
  readonly evidence: Evidence;
  readonly evidence_words: string;
  readonly sources: readonly string[];
  readonly why: string | null;
}
export interface SuggestedRange {
  readonly estimate: string;
  readonly evidence: Evidence;
  readonly evidence_words: string;
  readonly sources: readonly string[];
  readonly parts: readonly Part[];
}
export interface Starter {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly sentence: string;
  readonly held: boolean;
  readonly chosen: boolean;
  readonly frequency: Figure;
  readonly every: Figure | null;
  readonly loss: Figure;
  readonly mean: Figure;
  readonly how_often: SuggestedRange;
  readonly losses: readonly (SuggestedRange & { readonly field: string })[];
  readonly secondary: (SuggestedRange & { readonly what: string; readonly probability: string }) | null;
  readonly controls: readonly string[];
}
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly link: string;
  readonly sample: string;
  readonly limits: string;
}
export interface Point {
  readonly years: number;
  readonly amount: number;
  readonly is_suggested: boolean;
  readonly id: string | null; // of the point on record
  readonly by: string | null; // who agreed to it
  readonly loss: Figure;
  readonly chance: Figure;
  readonly verdict: "within" | "breach" | "undecided" | null;
}
export interface Together {
  readonly figures: readonly Figure[];
  readonly curve: { readonly loss: readonly number[]; readonly probability: readonly number[]; readonly low: readonly number[]; readonly high: readonly number[] };
  readonly trials: number;
  readonly seed: number;
}
export interface Starters {
  readonly profile: { readonly people: number; readonly revenue: number; readonly sector: string; readonly currency: string; readonly said_people: boolean; readonly said_revenue: boolean };
  readonly recompute: string;
  readonly sectors: readonly { readonly id: string; readonly name: string }[];
  readonly starters: readonly Starter[];
  readonly controls: readonly { readonly id: string; readonly name: string }[];
  readonly sources: readonly Source[];
  readonly together: Together | null;
  readonly appetite: readonly Point[];
}

// ---- the address ------------------------------------------------------------------------------

export const chosenIn = (query: URLSearchParams): readonly string[] => (query.get("chosen") ?? "").split(",").filter((id) => id !== "");
/** The address for these: null for none. */
export const chosenText = (ids: Iterable<string>): string | null => [...ids].join(",") || null;
export function toggled(chosen: readonly string[], id: string): readonly string[] {
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}
/** What the program is asked: what was said, and what is ticked. */
export function paramsOf(query: URLSearchParams): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of ["people", "revenue", "sector", "chosen"]) {
    const value = query.get(name);
    if (value !== null && value !== "") out[name] = value;
  }
  return out;
}

/** "250", "1,200" as people; "50m" as money. Null: not a number, or out of all bounds. */
export function peopleOf(text: string): number | null {
  const value = readAmount(text);
  return value !== null && value >= 1 && value <= 5e6 && Number.isInteger(value) ? value : null;
}
export function revenueOf(text: string): number | null {
  const value = readMoney(text);
  return value !== null && value >= 1e3 && value <= 1e14 ? value : null;
}

// ---- what is said -----------------------------------------------------------------------------

const kinds: readonly (readonly [id: string, title: string])[] = [
  ["cyber", "Crime and data"], ["outage", "Outages"], ["people", "People"], ["change", "Change"], ["rules", "Rules"],
];
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly starters: readonly Starter[];
}
export function groupsOf(starters: readonly Starter[]): readonly Group[] {
  const known = new Set(kinds.map(([id]) => id));
  const groups = kinds.map(([id, title]) => ({ id, title, starters: starters.filter((one) => one.kind === id) }));
  const others = starters.filter((one) => !known.has(one.kind));
  return [...groups, { id: "other", title: "Others", starters: others }].filter((group) => group.starters.length > 0);
}
/** Every range of a starting point, with what it is of. */
export function rangesOf(starter: Starter): readonly (readonly [title: string, range: SuggestedRange])[] {
  const named = (field: string): string => (field === "primary_loss" ? "What one event costs" : `Of one event: ${(forms[field] ?? field.replaceAll("_", " "))}`);
  return [
    ["How often", starter.how_often] as const,
    ...starter.losses.map((loss) => [named(loss.field), loss] as const),
    ...(starter.secondary ? [[`If ${starter.secondary.what}`, starter.secondary] as const] : []),
  ];
}
const forms: Readonly<Record<string, string>> = {
  productivity_loss: "work that cannot be done", response_loss: "dealing with it", replacement_loss: "what must be bought anew", fines_loss: "fines", competitive_loss: "advantage and money lost", reputation_loss: "customers who go",
};
/** The short label of a starting point: the strongest its ranges rest on, and whether all of them do. */
export function labelOf(starter: Starter): { readonly text: string; readonly tone: "t-ok" | "t-nu" } {
  const parts = rangesOf(starter).flatMap(([, range]) => range.parts.map((part) => part.evidence));
  const best = (["measured", "published"] as const).find((one) => parts.includes(one));
  if (best === undefined) return { text: "our judgement", tone: "t-nu" };
  const all = parts.every((one) => one === best);
  return { text: `${best === "measured" ? "measured" : "published"}${all ? "" : " in part"}`, tone: "t-ok" };
}
export function figureOf(together: Together | null, name: string): Figure | null {
  return together?.figures.find((one) => one.key === `risk.starters.together.${name}`) ?? null;
}

export const badYear = (together: Together | null): ReturnType<typeof badYearOf> => badYearOf(together?.figures);

/** How likely a year is to cost more than each loss, for the ticked ones, against the points agreed or suggested. */
export function curveSpec(answer: Starters, agreed: readonly { readonly years: number; readonly loss: number }[], height: number): ExceedanceSpec | null {
  const together = answer.together;
  if (!together || together.curve.loss.length === 0) return null;
  const { loss, probability, low, high } = together.curve;
  return {
    kind: "exceedance", id: "starters", label: "Chance of losing more than an amount in a year, for what is ticked", height, unit: answer.profile.currency, y: "Chance of losing more in a year", scale: "plain",
    losses: loss,
    curves: [{ id: "ticked", name: "What is ticked", look: "actual", values: probability, low, high }],
    agreed: [...agreed].sort((a, b) => a.loss - b.loss).map((point) => ({ id: `once-in-${point.years}`, loss: point.loss, probability: 1 / point.years })), agreedName: "Tolerated", called: null,
    source: { key: "risk.starters.curve", formula: "share of the simulated years that cost more", method, as_of: figureOf(together, "mean")?.as_of ?? "", n: together.trials, recompute: answer.recompute },
  };
}

// ---- the appetite -----------------------------------------------------------------------------

export interface Wanted {
  readonly loss: string; // as typed
  readonly years: string;
}
export interface ReadPoint {
  readonly loss: number | null;
  readonly years: number | null;
  readonly fault: string | null;
}
/** A point as it is typed: its years to four digits, as the program takes them for the same point. */
export const typedPoint = (point: Pick<Point, "amount" | "years">): Wanted => ({ loss: amountWords(point.amount), years: shiftPoint(String(toDigits(point.years, 4)), 0) });
/** Who agreed to all of them, where that is one person; else "". */
export function agreedBy(points: readonly Pick<Point, "by">[]): string {
  const people = new Set(points.map((point) => point.by ?? ""));
  return people.size === 1 ? ([...people][0] ?? "") : "";
}
/** Points as typed, each dearer and rarer than the one before. An empty one is left out. */
export function readPoints(points: readonly Wanted[]): readonly ReadPoint[] {
  let before: { loss: number; years: number } | null = null;
  return points.map((point) => {
    if (point.loss.trim() === "" && point.years.trim() === "") return { loss: null, years: null, fault: null };
    const loss = readMoney(point.loss), years = readAmount(point.years);
    if (loss === null || loss <= 0) return { loss, years, fault: "Write an amount such as 200k" };
    if (years === null || years < 1 || years > 1000) return { loss, years, fault: "Write a number of years from 1 to 1000" };
    const last = before;
    before = { loss, years };
    if (last && years <= last.years) return { loss, years, fault: `A dearer year must be rarer than ${chanceWords(1 / last.years)}` };
    if (last && loss <= last.loss) return { loss, years, fault: "A rarer year may cost more than the one before it, not less" };
    return { loss, years, fault: null };
  });
}
/** "200000@10", as the program takes it. */
export const pointTexts = (read: readonly ReadPoint[]): string[] => read.flatMap((point) => (point.loss === null || point.years === null ? [] : [`${point.loss}@${point.years}`]));

// Ranges as people say them: how often in years, how bad in money. From what was typed to an estimate,
// with all that keeps it from being meant, and what is worth a second look.
// Edge cases: docs/method/estimates.md, "What is refused".

import type { Estimate } from "@tiebeam/model";
import { shiftPoint } from "@tiebeam/records/digits";

export type Per = "every" | "times"; // "once in N years", "N times a year"
export interface Said {
  readonly text: string;
  readonly per: Per;
}
export interface Often {
  readonly low: Said;
  readonly high: Said;
  readonly exact: boolean; // both ends are meant to be the same
}
export interface Bad {
  readonly low: string;
  readonly likely: string; // "" where only the range is known
  readonly high: string;
  readonly exact: boolean;
}
export type End = "low" | "likely" | "high";
export interface RangeFault {
  readonly at: End;
  readonly message: string;
  readonly hint: string;
}
export interface ReadRange {
  readonly estimate: Estimate | null; // null: not given, or not to be meant
  readonly faults: readonly RangeFault[];
  readonly remark: string | null; // it can be meant, but is worth a second look
  readonly asksExact: boolean; // both ends are the same: known exactly?
}

const nothing: ReadRange = { estimate: null, faults: [], remark: null, asksExact: false };
const narrow = 1.5; // times: less between the ends is surer than people are
const absurd = 20_000; // times: docs/method/estimates.md, a spread of more than 3 on the logarithm
const most = 1e15;

/** "80k", "€1.2m", "900 000", "1,250.50" as amounts; "12,5" is not: it could be twelve and a half. */
export function readAmount(text: string): number | null {
  const plain = text.trim().replace(/\u2212/g, "-").replace(/^[€$£¥]\s*|\s*(EUR|USD|GBP|CHF)$/gi, "").replace(/[\s\u00a0\u202f](?=\d{3})/g, "");
  const match = /^(-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)\s*(k|m|mn|million|bn|thousand)?$/i.exec(plain);
  const digits = match?.[1]?.replaceAll(",", "") ?? "";
  if (!match || !/\d/.test(digits)) return null;
  const places = { k: 3, thousand: 3, m: 6, mn: 6, million: 6, bn: 9 }[(match[2] ?? "").toLowerCase()] ?? 0;
  const value = Number(shiftPoint(digits, places));
  return Number.isFinite(value) ? value : null;
}

/** An amount of money: "200.000" and "1.200.000" are thousands, as much of Europe writes them; nobody means a
    tenth of a cent. */
export function readMoney(text: string): number | null {
  const plain = text.trim().replace(/^([€$£¥]|[A-Z]{3}\s)\s*|\s*(EUR|USD|GBP|CHF|[€$£¥])$/g, "");
  return readAmount(/^-?[1-9]\d{0,2}(\.\d{3})+$/.test(plain) ? plain.replaceAll(".", "") : plain);
}

/** Events a year. "1 in 20" and "1/20" stand for once in 20 years, whatever is chosen beside them. */
export function rateOf({ text, per }: Said): number | null {
  const odds = /^\s*(?:once in|1 in|1\s*\/)\s*(.+)$/i.exec(text);
  const value = readAmount(odds?.[1] ?? text);
  if (value === null) return null;
  return odds || per === "every" ? (value === 0 ? Infinity : 1 / value) : value;
}
/** To so many digits, as exact as a double is. */
export function toDigits(value: number, digits: number): number {
  if (!(value > 0)) return value;
  const places = digits - 1 - Math.floor(Math.log10(value));
  const scale = 10 ** Math.abs(places);
  return places >= 0 ? Math.round(value * scale) / scale : Math.round(value / scale) * scale;
}
/** As it is said best: "once in 20 years" below one a year. */
export function saidOf(rate: number): Said {
  // Six digits: once in 3 years is a third of one a year, which no decimal text says in full.
  const tidy = (value: number): string => shiftPoint(String(toDigits(value, 6)), 0);
  return rate > 0 && rate < 1 ? { text: tidy(1 / rate), per: "every" } : { text: tidy(rate), per: "times" };
}

function faultOfNumber(value: number | null, text: string, at: End, example: string): RangeFault | null {
  if (text.trim() === "") return { at, message: "This end is missing", hint: `write a number such as ${example}` };
  if (value === null) return { at, message: `“${text.trim()}” is not a number`, hint: `write it like ${example}` };
  if (!Number.isFinite(value) || Math.abs(value) > most) return { at, message: `“${text.trim()}” is too large to be meant`, hint: `write it like ${example}` };
  return null;
}

function between(low: number, high: number): { kind: string } & Record<string, number | string> {
  return { kind: "lognormal", p05: low, p95: high };
}

/** How often: both ends, 9 times in 10 between them. */
export function readOften({ low, high, exact }: Often): ReadRange {
  if (low.text.trim() === "" && high.text.trim() === "") return nothing;
  const [a, b] = [rateOf(low), rateOf(high)];
  const faults = [faultOfNumber(a, low.text, "low", "20"), faultOfNumber(b, high.text, "high", "3")].filter((one) => one !== null);
  if (faults.length > 0 || a === null || b === null) return { ...nothing, faults };
  if (a < 0 || b < 0) return { ...nothing, faults: [{ at: a < 0 ? "low" : "high", message: "Nothing happens less than never", hint: "write a number above 0" }] };
  if (a === 0) return { ...nothing, faults: [{ at: "low", message: "A range that begins at never cannot be drawn", hint: "write how rarely it could be at the least, such as once in 1000 years" }] };
  if (a > b) return { ...nothing, faults: [{ at: "high", message: "The most is rarer than the least", hint: "the least is the rarer end: once in 20 years is less often than once in 3" }] };
  if (a === b) return exact ? { ...nothing, estimate: { kind: "point", value: a } } : { ...nothing, asksExact: true, faults: [{ at: "high", message: "Both ends are the same", hint: "widen the range until you would bet 9 to 1 on it, or say below that it is known exactly" }] };
  return { ...nothing, estimate: between(a, b), remark: remarkOf(a, b) };
}

/** How bad: a range, or a range with what is most likely. */
export function readBad({ low, likely, high, exact }: Bad): ReadRange {
  if ([low, likely, high].every((text) => text.trim() === "")) return nothing;
  const [a, m, b] = [readMoney(low), readMoney(likely), readMoney(high)];
  const hasLikely = likely.trim() !== "";
  const faults = [faultOfNumber(a, low, "low", "80k"), hasLikely ? faultOfNumber(m, likely, "likely", "200k") : null, faultOfNumber(b, high, "high", "900k")].filter((one) => one !== null);
  if (faults.length > 0 || a === null || b === null) return { ...nothing, faults };
  if (a < 0) return { ...nothing, faults: [{ at: "low", message: "A loss is not below 0", hint: "what is earned by it is not a loss; write 0 or more" }] };
  if (a > b) return { ...nothing, faults: [{ at: "high", message: `The high end, ${high.trim()}, is below the low end, ${low.trim()}`, hint: "exchange them" }] };
  if (a === b) return exact ? { ...nothing, estimate: { kind: "point", value: a } } : { ...nothing, asksExact: true, faults: [{ at: "high", message: "Both ends are the same", hint: "widen the range until you would bet 9 to 1 on it, or say below that it is known exactly" }] };
  if (hasLikely && m !== null) {
    if (m < a) return { ...nothing, faults: [{ at: "likely", message: `Likely, ${likely.trim()}, is below the low end, ${low.trim()}`, hint: "what is likely lies between the ends" }] };
    if (m > b) return { ...nothing, faults: [{ at: "likely", message: `Likely, ${likely.trim()}, is above the high end, ${high.trim()}`, hint: "what is likely lies between the ends" }] };
    return { ...nothing, estimate: { kind: "pert", min: a, mode: m, max: b }, remark: a > 0 ? remarkOf(a, b) : null };
  }
  if (a === 0) return { ...nothing, faults: [{ at: "low", message: "A range of 9 in 10 begins above 0", hint: "write the smallest loss that would count, such as 1000, or give a likely value too: then 0 is the least there is" }] };
  return { ...nothing, estimate: between(a, b), remark: remarkOf(a, b) };
}

function remarkOf(low: number, high: number): string | null {
  const ratio = high / low;
  if (ratio > absurd) return "The ends are more than 20,000 times apart: one scenario or several? Where it is several, write each by itself.";
  if (ratio < narrow) return "This is narrow: of ten ranges like it, would nine hold? Most people who are asked such ranges hold five of ten.";
  return null;
}

/** A chance in percent: "20", "20%", "1 in 5". "0.2" is asked about, as it could mean 20 %. */
export function readChance(text: string): { readonly share: number } | { readonly message: string; readonly hint: string } {
  const odds = /^\s*1\s*(?:in|\/)\s*(.+)$/i.exec(text);
  const value = readAmount(odds?.[1] ?? text.trim().replace(/\s*%$/, ""));
  if (value === null) return { message: `“${text.trim()}” is not a chance`, hint: "write 20, 20% or 1 in 5" };
  const share = odds ? 1 / value : Number(shiftPoint(String(value), -2));
  if (!(share >= 0 && share <= 1)) return { message: `${text.trim()} is more than always`, hint: "write a chance from 0 to 100 %, or 1 in 5" };
  if (!odds && !/%\s*$/.test(text) && value > 0 && value < 1) return { message: `Is ${text.trim()} meant as ${shiftPoint(String(value), 2)}%, or as less than one in a hundred?`, hint: `write ${shiftPoint(String(value), 2)}% or ${text.trim()}%` };
  return { share };
}

/** The chance that others react: one number, or a least and a most, anything between them. */
export interface Chances {
  readonly low: string;
  readonly high: string; // "" where one number is known
}
export function readChances({ low, high }: Chances): ReadRange {
  if (low.trim() === "" && high.trim() === "") return nothing;
  const ends = [low, high].map((text) => (text.trim() === "" ? null : readChance(text)));
  const faults = ends.flatMap((end, i): RangeFault[] => (end && "message" in end ? [{ at: i === 0 ? "low" : "high", message: end.message, hint: end.hint }] : []));
  const [a, b] = ends.map((end) => (end && "share" in end ? end.share : null));
  if (faults.length > 0) return { ...nothing, faults };
  const one = a ?? b;
  if (a == null || b == null || a === b) return { ...nothing, estimate: { kind: "point", value: one ?? 0 } };
  if (a > b) return { ...nothing, faults: [{ at: "high", message: `The most, ${high.trim()}, is below the least, ${low.trim()}`, hint: "exchange them" }] };
  return { ...nothing, estimate: { kind: "pert", min: a, mode: (a + b) / 2, max: b } };
}

// ---- from a record ----------------------------------------------------------------------------

const textOf = (value: unknown): string => (typeof value === "number" ? shiftPoint(String(value), 0) : "");
/** The words of a frequency; null where it has another shape, which the form then shows as it is. */
export function oftenOf(estimate: Estimate | null): Often | null {
  const none: Said = { text: "", per: "every" };
  if (estimate === null) return { low: none, high: none, exact: false };
  const given = Object.keys(estimate).length;
  if (estimate.kind === "point" && typeof estimate["value"] === "number") return { low: saidOf(estimate["value"]), high: saidOf(estimate["value"]), exact: true };
  if (estimate.kind !== "lognormal" || given !== 3 || typeof estimate["p05"] !== "number" || typeof estimate["p95"] !== "number") return null;
  return { low: saidOf(estimate["p05"]), high: saidOf(estimate["p95"]), exact: false };
}
export function badOf(estimate: Estimate | null): Bad | null {
  if (estimate === null) return { low: "", likely: "", high: "", exact: false };
  const given = Object.keys(estimate).length;
  if (estimate.kind === "point") return { low: textOf(estimate["value"]), likely: "", high: textOf(estimate["value"]), exact: true };
  if (estimate.kind === "lognormal" && given === 3 && "p05" in estimate) return { low: textOf(estimate["p05"]), likely: "", high: textOf(estimate["p95"]), exact: false };
  if (estimate.kind === "pert" && given === 4 && "mode" in estimate && "min" in estimate) return { low: textOf(estimate["min"]), likely: textOf(estimate["mode"]), high: textOf(estimate["max"]), exact: false };
  return null;
}

export function chancesOf(estimate: Estimate | null): Chances | null {
  const percent = (value: unknown): string => (typeof value === "number" ? `${shiftPoint(String(value), 2)}%` : "");
  if (estimate === null) return { low: "", high: "" };
  if (estimate.kind === "point") return { low: percent(estimate["value"]), high: "" };
  const [min, mode, max] = [estimate["min"], estimate["mode"], estimate["max"]].map(Number);
  const isEven = estimate.kind === "pert" && !("lambda" in estimate) && mode === ((min ?? 0) + (max ?? 0)) / 2;
  return isEven ? { low: percent(min), high: percent(max) } : null;
}

/** An estimate as the program reads it from one line: "0.05..0.4", "pert min=20 mode=40 max=90". */
export function lineOf(estimate: Estimate): string {
  if (estimate.kind === "point") return textOf(estimate["value"]);
  const lists = [estimate["values"], estimate["weights"]];
  if (Array.isArray(lists[0])) {
    const [values, weights] = lists as [readonly number[], readonly number[] | undefined];
    return `${estimate.kind} ${values.map((value, i) => (weights ? `${textOf(value)}=${textOf(weights[i])}` : textOf(value))).join(" ")}`;
  }
  return `${estimate.kind} ${Object.entries(estimate).filter(([name]) => name !== "kind").map(([name, value]) => `${name}=${textOf(value)}`).join(" ")}`;
}

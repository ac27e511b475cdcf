// A case from five fields: what was typed, what keeps it from being meant, what is asked for a first
// curve, and the records it becomes.

import type { Estimate, FieldValue } from "@tiebeam/model";

export interface Three {
  low: string;
  likely: string;
  high: string;
  sure: boolean; // equal ends are meant
}
export interface Five {
  name: string;
  benefit: Three;
  cost: Three;
  starts: string;
}
export type End = "low" | "likely" | "high";
export interface Fault {
  readonly field: string; // "benefit.low", "starts", "name"
  readonly message: string;
  readonly hint: string;
  readonly confirm?: boolean; // a question: it may be meant
}
export const emptyFive = (starts: string): Five => ({ name: "", benefit: { low: "", likely: "", high: "", sure: false }, cost: { low: "", likely: "", high: "", sure: false }, starts });

const times: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, bn: 1e9 };
/** "80k", "1.2m", "€80,000", "1 250.50"; null when it is no amount. "12,5" is none: it could be twelve and a half. */
export function readAmount(text: string): number | null {
  const tidy = text.trim().replace(/\u2212/g, "-").replace(/^(-?)\s*([A-Z]{3}\s|[€$£])\s*/, "$1").replace(/[\u00a0\u202f ](?=\d)/g, "").replace(/\s*(EUR|USD|GBP|CHF|[€$£])$/i, "");
  const match = /^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+)\s*(k|m|bn)?$/i.exec(tidy);
  if (!match) return null;
  const value = Number((match[1] ?? "").replaceAll(",", "")) * (times[(match[2] ?? "").toLowerCase()] ?? 1);
  return Number.isFinite(value) ? value : null;
}
const ends: readonly End[] = ["low", "likely", "high"];
const said = { benefit: "benefit a year", cost: "cost" } as const;

/** All that keeps three numbers from being meant. What is still empty is no fault until everything is asked for. */
export function faultsOfThree(what: "benefit" | "cost", three: Three, whole: boolean): Fault[] {
  const faults: Fault[] = [];
  const values: Partial<Record<End, number>> = {};
  for (const end of ends) {
    const text = three[end];
    if (text.trim() === "") {
      if (whole) faults.push({ field: `${what}.${end}`, message: `The ${end} ${said[what]} is missing`, hint: end === "likely" ? "what you would bet on" : `what it is ${end === "low" ? "below" : "above"} only 1 time in 20` });
      continue;
    }
    const value = readAmount(text);
    if (value === null) faults.push({ field: `${what}.${end}`, message: `“${text.trim()}” is not an amount`, hint: "write it like 80000, 80k or 1.2m" });
    else if (value < 0) faults.push({ field: `${what}.${end}`, message: `${text.trim()} is below 0`, hint: what === "cost" ? "an income is a benefit: write it above" : "what it may do harm is a cost: add it when you refine the case" });
    else values[end] = value;
  }
  const { low, likely, high } = values;
  if (low !== undefined && likely !== undefined && low > likely) faults.push({ field: `${what}.low`, message: `Low (${three.low.trim()}) is above likely (${three.likely.trim()})`, hint: "low is the one you would rarely fall below" });
  if (likely !== undefined && high !== undefined && likely > high) faults.push({ field: `${what}.high`, message: `High (${three.high.trim()}) is below likely (${three.likely.trim()})`, hint: "high is the one you would rarely exceed" });
  if (likely === undefined && low !== undefined && high !== undefined && low > high) faults.push({ field: `${what}.high`, message: `High (${three.high.trim()}) is below low (${three.low.trim()})`, hint: "swap the two" });
  if (faults.length === 0 && low !== undefined && high !== undefined && likely !== undefined && low === high && !three.sure) {
    faults.push({ field: `${what}.high`, message: "Low and high are the same: you say you know it exactly", hint: "widen the range, or say that it is known", confirm: true });
  }
  return faults;
}
export function faultsOf(five: Five, whole: boolean): Fault[] {
  const faults = [...(whole && five.name.trim() === "" ? [{ field: "name", message: "The case has no name yet", hint: "what people will call it: “Credit checks without a queue”" }] : []), ...faultsOfThree("benefit", five.benefit, whole), ...faultsOfThree("cost", five.cost, whole)];
  if (five.starts === "") {
    if (whole) faults.push({ field: "starts", message: "The start is missing", hint: "the first day of work, as well as you know it" });
  } else if (!/^\d{4}-\d{2}-\d{2}$/.test(five.starts) || Number.isNaN(Date.parse(five.starts))) faults.push({ field: "starts", message: `“${five.starts}” is not a day`, hint: "write it like 2026-12-01" });
  return faults;
}

/** Three numbers as an estimate: low and high are what it passes 1 time in 20; null while they cannot be meant. */
export function estimateOf(what: "benefit" | "cost", three: Three): Estimate | null {
  if (faultsOfThree(what, three, true).length > 0) return null;
  const [p05, mode, p95] = ends.map((end) => readAmount(three[end]) ?? 0) as [number, number, number];
  return p05 === p95 ? { kind: "point", value: mode } : { kind: "pert", p05, mode, p95 };
}
const plain = (value: number): string => (Math.abs(value) < 1e21 ? String(value) : value.toString());
/** As the program reads an estimate: "pert p05=20 mode=40 p95=90", "40". */
export function estimateWords(estimate: Estimate): string {
  const at = (name: string): string => plain(Number(estimate[name]));
  return estimate.kind === "point" ? at("value") : `pert p05=${at("p05")} mode=${at("mode")} p95=${at("p95")}`;
}
/** What a first curve is asked with; null until the numbers can be meant. */
export function previewOf(five: Five): Record<string, string> | null {
  const benefit = estimateOf("benefit", five.benefit), cost = estimateOf("cost", five.cost);
  if (!benefit || !cost || faultsOf(five, false).length > 0) return null;
  return { benefit: estimateWords(benefit), cost: estimateWords(cost), ...(five.starts === "" ? {} : { starts: five.starts }) };
}

export interface Write {
  readonly type: string;
  readonly fields: (made: Readonly<Record<string, string>>) => Record<string, FieldValue>; // ids of what was made before, by type
}
/** The records of a case: itself first, which is whole alone; then who gave its two estimates, where that is known. */
export function recordsOf(five: Five, giver: { readonly person: string; readonly day: string } | null): Write[] {
  const name = five.name.trim();
  const assumption = (input: string, title: string): Write => ({
    type: "assumption",
    fields: (made) => ({ name: `${title}: ${name}`, initiative: made["initiative"] ?? "", input, given_by: giver?.person ?? null, given_on: giver?.day ?? null, basis: "first guess, from five fields" }),
  });
  return [
    { type: "initiative", fields: () => ({ name, kind: "project", stage: "idea", starts: five.starts === "" ? null : five.starts, one_off_cost: estimateOf("cost", five.cost), benefit_a_year: estimateOf("benefit", five.benefit) }) },
    ...(giver === null ? [] : [assumption("benefit_a_year.change", "Benefit a year"), assumption("one_off_cost", "Cost once")]),
  ];
}

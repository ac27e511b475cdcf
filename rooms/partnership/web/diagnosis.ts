// What the diagnosis answers, as the API gives it, and how its small bars are drawn.

import { numberOf } from "@tiebeam/format";
import type { EvidenceRow, Figure, Finding } from "@tiebeam/model";

export type Verdict = "present" | "not_seen" | "unknown";
export interface Symptom {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly proxy: string; // key of its figure
  readonly threshold: { readonly value: number; readonly unit: string; readonly sense: "above" | "at_most"; readonly text: string; readonly reason: string };
  readonly trend: { readonly verdict: "rises" | "falls" | "steady" | "too_few"; readonly figure: string; readonly text: string };
  readonly evidence: readonly (EvidenceRow & { readonly title: string | null })[];
  readonly why: string;
  readonly limits: string;
  readonly ask: string;
  readonly remedy: string;
  readonly dispute: { readonly rule: string; readonly subject: string; readonly disputed: boolean; readonly waiver?: string; readonly by?: string | null; readonly until?: string; readonly why?: string };
}
export interface DiagnosisAnswer {
  readonly figures: readonly Figure[];
  readonly headline: string;
  readonly items: number;
  readonly ticket_list: boolean;
  readonly as_of: string | null;
  readonly symptoms: readonly Symptom[];
  readonly recompute: string;
}

export const verdictWords: Readonly<Record<Verdict, string>> = { present: "visible", not_seen: "not seen", unknown: "cannot be known" };
export const verdictTone: Readonly<Record<Verdict, string>> = { present: "t-bad", not_seen: "t-ok", unknown: "t-nu" };

export const figureOf = (answer: DiagnosisAnswer, key: string): Figure | null => answer.figures.find((one) => one.key === key) ?? null;

/** Visible ones first, then what cannot be known, then what is not seen; else in their own order. */
export function ordered(symptoms: readonly Symptom[]): Symptom[] {
  const rank: Readonly<Record<Verdict, number>> = { present: 0, unknown: 1, not_seen: 2 };
  return [...symptoms].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
}

/** Where a bar begins and ends, its whisker and its line, in percent of the track. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly line: number;
}
/** Shares run from 0 to 1, people from 0, growth to both sides of 0; the line is always on the track. */
export function barOf(figure: Figure, line: number): Bar | null {
  const value = numberOf(figure.value);
  if (value === null) return null;
  const low = figure.interval?.low ?? value, high = figure.interval?.high ?? value;
  const most = figure.unit === "share" ? 1 : Math.max(Math.abs(low), Math.abs(high), 2 * Math.abs(line), 1e-9);
  const least = figure.unit === "share" || (low >= 0 && line > 0) ? 0 : -most;
  const at = (one: number): number => Math.max(0, Math.min(100, (100 * (one - least)) / (most - least)));
  const zero = at(0);
  return {
    from: Math.min(zero, at(value)), to: Math.max(zero, at(value)),
    low: figure.interval ? at(low) : null, high: figure.interval ? at(high) : null, line: at(line),
  };
}

/** What a dispute is about, as the dialog of findings takes it. */
export function findingOf(symptom: Symptom, asOf: string): Finding {
  return {
    rule: symptom.dispute.rule, severity: "info", subject: { type: "organisation", id: "self" }, message: `${symptom.title}. ${symptom.because}.`,
    why: symptom.why, do: symptom.remedy, figures: [symptom.proxy], since: asOf.slice(0, 10),
  };
}

// What GET /orgs/{org}/investment/cases, /case and /preview answer.

import { cellFigure, isCell, type CellFigure } from "@tiebeam/figure/cells";
import { estimateText, rangeOf } from "@tiebeam/records/estimates";
import { rangeWords } from "@tiebeam/records/rows";
import { isEstimate } from "@tiebeam/records/values";
import type { DayText, FieldValue, Figure, Finding, InstantText, Money, RecordData } from "@tiebeam/model";

export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Signed {
  readonly state: "none" | "valid" | "void" | "withdrawn";
  readonly by: Named | string | null;
  readonly at: InstantText | null;
  readonly why: string | null;
}
export interface CaseRow extends Named {
  readonly stage: string;
  readonly kind: string;
  readonly lever: string | null;
  readonly priority: Named | null;
  readonly sponsor: Named | null;
  readonly business_owner: string | Named | null;
  readonly it_owner: string | Named | null;
  readonly npv: Figure | null; // null: nothing of it can be counted yet
  readonly loss: Figure | null;
  readonly payback: Figure | null;
  readonly cost: Figure | null;
  readonly signed: Signed;
  readonly missing: readonly string[];
  readonly findings: number;
}
export interface CasesAnswer {
  readonly as_of: InstantText;
  readonly currency: string;
  readonly trials: number;
  readonly seed: number;
  readonly figures: readonly Figure[];
  readonly cases: readonly CaseRow[];
  readonly findings: readonly Finding[];
}

export interface TornadoEnd {
  readonly input: Figure;
  readonly npv: Figure;
}
export interface TornadoInput {
  readonly input: string;
  readonly label: string;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  readonly swing: Figure;
}
export interface Assumption {
  readonly input: string;
  readonly label: string;
  readonly estimate: string | null;
  readonly words: string;
  readonly unit?: string;
  readonly given_by: Named | null;
  readonly given_on: DayText | null;
  readonly basis: string | null;
  readonly raw?: FieldValue; // as its record has it
  readonly assumption?: string | null; // the record that says who gave it
  readonly is_forecast?: boolean;
  readonly hits?: Figure | null;
  readonly is_stale?: boolean;
  readonly evppi: Figure | null;
  readonly is_default: boolean;
  readonly at?: { readonly type: string; readonly id: string; readonly field: string } | null;
}
export interface Level extends Named {
  readonly cost_share: number;
  readonly benefit_share: number;
  readonly npv: Figure;
  readonly loss: Figure;
  readonly cost: Figure;
}
export interface DelayForecast {
  readonly streams: readonly Named[]; // that do the work; none where all of it is done
  readonly has_own_items: boolean; // else all open work of the stream is looked at
  readonly items: number; // open
  readonly finished: number; // of its own
  readonly finished_on: DayText | null; // the last of them
  readonly scope: number; // that the streams must finish until those are done
  readonly p50: Figure;
  readonly p85: Figure;
  readonly p95: Figure;
}
export interface Delay {
  readonly from?: "given" | "forecast" | "unknown";
  readonly forecast: DelayForecast | null;
  readonly duration: string | null;
  readonly cost_of_delay_a_month?: Figure;
}
/** The numbers of a case that a signature stands for, as they were seen and as they are. */
export interface SignedNumbers {
  readonly [what: string]: Figure | Money | string | number | null | undefined;
}
export interface SignOffState extends Signed {
  readonly id?: string | null; // of the signature that counts
  readonly case_hash: string | null;
  readonly seen: SignedNumbers | null;
  readonly now: SignedNumbers | null;
  readonly tolerance: Figure | number | null;
}
export interface BenefitReading {
  readonly id?: string;
  readonly on: DayText;
  readonly change: number;
  readonly inside?: boolean; // of 8 in 10 of what was promised by then
  readonly agreed_by: Named | string | null;
}
export interface Benefit {
  readonly effect: string;
  readonly name?: string;
  readonly kpi: Named & { readonly unit: string };
  readonly fan: { readonly day: readonly DayText[]; readonly p10?: readonly number[]; readonly p90?: readonly number[]; readonly p05: readonly number[]; readonly p50: readonly number[]; readonly p95: readonly number[] };
  readonly readings: readonly BenefitReading[];
  readonly ratio: Figure;
  readonly inside: Figure | null;
}
export interface AdoptionGroup extends Named {
  readonly eligible: number | null;
  readonly barriers: string | null;
  readonly actions: string | null;
  readonly readings: readonly { readonly on: DayText; readonly active: number | null }[];
  readonly share: Figure;
}
export interface DrawInput {
  readonly input: string;
  readonly label: string;
  readonly linear: boolean;
  readonly group?: string; // inputs of one group multiply each other; "*" multiplies every effect
  readonly most?: number | null; // the greatest factor that can be meant
  readonly part?: readonly number[] | null; // NPV_i moves by (k - 1) * part_i
  readonly factors?: readonly number[]; // where it does not move straight: at these k, rising, without 1
  readonly at?: readonly (readonly number[])[]; // the value of each draw
}
export interface PairedDraws {
  readonly n: number;
  readonly npv: readonly number[];
  readonly inputs: readonly DrawInput[];
}
export interface FieldFault {
  readonly field: string;
  readonly found: string;
  readonly hint: string;
}
/** The case with inputs larger or smaller than estimated: GET /investment/whatif. */
export interface Scaled {
  readonly recompute?: string;
  readonly figures: readonly Figure[];
  readonly dots: readonly number[];
}
export interface CaseAnswer {
  readonly initiative?: RecordData | null;
  readonly sentence: string;
  readonly pieces?: readonly { readonly text: string; readonly figure: string | null }[];
  readonly as_of: InstantText;
  readonly currency: string;
  readonly policy?: { readonly horizon_years: number };
  readonly trials: number;
  readonly seed: number;
  readonly recompute?: string;
  readonly case_hash?: string | null;
  readonly figures: readonly Figure[];
  readonly dots: readonly number[];
  readonly tornado: readonly TornadoInput[];
  readonly tornado_middle?: Figure | null; // with all inputs at their median
  readonly assumptions: readonly Assumption[];
  readonly most_worth: string | null;
  readonly evpi: Figure | null;
  readonly levels: readonly Level[];
  readonly delay: Delay | null;
  readonly sign_off?: SignOffState | null;
  readonly signatures?: readonly (Signed & { readonly id?: string; readonly case_hash?: string })[];
  readonly benefits?: readonly Benefit[];
  readonly adoption?: { readonly groups: readonly AdoptionGroup[]; readonly share: Figure | null; readonly promised: Figure | null } | null;
  readonly draws: PairedDraws | null;
  readonly missing: readonly string[];
  readonly findings?: readonly Finding[];
  readonly warnings?: readonly string[];
  readonly errors?: readonly FieldFault[];
}

export const method = "docs/method/case.md";

/** A command line that gives the same numbers. */
export function recomputeOf(answer: CaseAnswer): string {
  return answer.recompute ?? (answer.initiative ? `tiebeam investment case ${answer.initiative.id} --json` : "tiebeam investment value FILE --json");
}
/** A figure of a case. Those of its list are known everywhere; others open with what the answer says of them. */
export function told(figure: Figure, answer: CaseAnswer): Figure {
  const isKnown = answer.initiative != null && !figure.key.includes(".whatif.") && answer.figures.some((one) => one.key === figure.key);
  if (isKnown || isCell(figure)) return figure;
  const opened: CellFigure = { ...figure, cell: { recompute: recomputeOf(answer) } };
  return opened;
}
/** The figure whose key ends so: "npv.p_loss". */
export function figureOf(answer: { readonly figures: readonly Figure[] }, ending: string): Figure | null {
  return answer.figures.find((figure) => figure.key === ending || figure.key.endsWith(`.${ending}`)) ?? null;
}
export const nameOf = (one: Named | string | null | undefined): string => (one === null || one === undefined ? "" : typeof one === "string" ? one : one.name);
export const idOf = (one: Named | string | null | undefined): string => (one === null || one === undefined ? "" : typeof one === "string" ? one : one.id);

/** A number of the answer that came as a plain one, as a figure with its place in the answer. */
export function cell(answer: CaseAnswer, path: string, value: number | null, label: string, unit: string, formula: string): CellFigure {
  return cellFigure(`investment.${answer.initiative?.id ?? "new"}.${path}`, value, { label, unit, formula, method, as_of: answer.as_of, recompute: recomputeOf(answer) });
}

/** The title: what it is for in the program's words, what it is worth, how often it loses money. The cost and the range stand
    below it; what cannot be valued is said in the program's words alone. */
export function sayingOf(answer: CaseAnswer): readonly (string | Figure)[] {
  const named = (key: string | null): Figure | undefined => answer.figures.find((figure) => figure.key === key);
  const npv = figureOf(answer, "npv"), loss = figureOf(answer, "npv.p_loss");
  const pieces = answer.pieces ?? [];
  if (npv === null || npv.value === null) return pieces.length > 0 ? pieces.map((piece) => named(piece.figure) ?? piece.text) : [`What is ${answer.initiative?.name ?? "this case"} worth? Too little is known to say.`];
  const first = pieces[0]?.figure === null ? pieces[0].text : `${answer.initiative?.name ?? "This case"}: `;
  const years = answer.policy ? `Over ${answer.policy.horizon_years} years it is worth ` : "It is worth ";
  return [first.endsWith(" ") ? first : `${first} `, years, npv, ...(loss !== null && loss.value !== null ? [", and loses money in ", loss, " of cases"] : []), "."];
}

/** "20 to 90, 9 in 10" with what it counts in: "20 to 90 days, 9 in 10". */
export function withUnit(words: string, unit: string): string {
  if (unit === "" || words.includes(unit)) return words;
  const cut = words.indexOf(", ");
  return cut < 0 ? `${words} ${unit}` : `${words.slice(0, cut)} ${unit}${words.slice(cut)}`;
}
/** An estimate as people wrote it; a share as percentages. */
export function wordsOf(one: Assumption, currency: string): string {
  const raw = one.raw ?? null;
  if (one.is_forecast) return one.words;
  if (raw === null || !isEstimate(raw)) return one.unit === "money" ? withUnit(one.words, currency) : one.unit === "share" ? one.words.replaceAll(" %", "%") : withUnit(one.words, one.unit ?? "");
  const range = one.unit === "share" ? rangeOf(raw) : null;
  if (range) return `${rangeWords(range, "share")}${range.low < range.high ? ", 9 in 10" : ""}`;
  return estimateText(raw, one.unit === "money" ? currency : one.unit === "share" ? null : (one.unit ?? null));
}

/** How a record of who gave an estimate names it: one of an effect or of the case by its field, what a unit of a KPI is
    worth with the KPI, as a case can have several. */
export const inputNamed = (input: string, type: string, field: string): string => (type === "initiative" || type === "effect" ? field : input);

/** Where an estimate is stored; null where it cannot be changed on this page. */
export function placeOf(one: Assumption, answer: CaseAnswer): { type: string; id: string; field: string } | null {
  if (one.at !== undefined) return one.at;
  const id = answer.initiative?.id;
  const dot = one.input.lastIndexOf(".");
  if (id === undefined) return null;
  if (one.input === "benefit_a_year.change") return { type: "initiative", id, field: "benefit_a_year" };
  if (dot < 0) return { type: "initiative", id, field: one.input };
  const [kpi, field] = [one.input.slice(0, dot), one.input.slice(dot + 1)];
  if (field === "value_per_unit") return { type: "kpi", id: kpi, field };
  const effect = answer.benefits?.find((benefit) => benefit.kpi.id === kpi)?.effect;
  return effect === undefined ? null : { type: "effect", id: effect, field };
}

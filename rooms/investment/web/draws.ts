// A case under "what if this were more": from paired draws that came with the answer, so that a hand on
// a slider sees the result in the same frame. The server counts it again with all draws and confirms.

import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import { method, recomputeOf, type CaseAnswer, type DrawInput, type PairedDraws } from "./answers";

/** By input: how many times as large. */
export type Tries = Readonly<Record<string, number>>;

/** "one_off_cost:1.2" each; what cannot be read is left out. */
export function triesOf(query: URLSearchParams): Tries {
  const tries: Record<string, number> = {};
  for (const text of query.getAll("try")) {
    const cut = text.lastIndexOf(":");
    const factor = Number(text.slice(cut + 1));
    if (cut > 0 && text.slice(cut + 1) !== "" && Number.isFinite(factor) && factor >= 0 && factor <= 10 && factor !== 1) tries[text.slice(0, cut)] = factor;
  }
  return tries;
}
export function tryTexts(tries: Tries): string[] {
  const short = (factor: number): number => Math.round(factor * 1e4) / 1e4;
  return Object.entries(tries).filter(([, factor]) => factor !== 1).map(([input, factor]) => `${input}:${short(factor)}`).sort();
}
/** In hundredths of the input: 20 for "a fifth more". */
export const percentOf = (factor: number): number => Math.round((factor - 1) * 1000) / 10;
export const factorOf = (percent: number): number => 1 + percent / 100;

/** Inputs that draws alone can answer for. */
export function isQuick(draws: PairedDraws | null | undefined, input: string): boolean {
  const found = draws?.inputs.find((one) => one.input === input);
  return found !== undefined && (found.part != null || (found.at?.length ?? 0) > 0);
}
/** The greatest percentage that can be meant: an adoption of 80% cannot double. */
export function mostPercent(draws: PairedDraws | null | undefined, input: string, usual: number): number {
  const most = draws?.inputs.find((one) => one.input === input)?.most ?? null;
  return most === null ? usual : Math.min(usual, Math.floor((most - 1) * 100 + 1e-9));
}

/** What a draw gains when the input is k times as large; straight between the factors that are known. */
function gainOf(draws: PairedDraws, input: DrawInput, k: number): (i: number) => number {
  const { part, factors = [], at = [] } = input;
  if (part != null) return (i) => (k - 1) * (part[i] ?? 0);
  const known = [...factors.map((factor, f) => ({ factor, values: at[f] ?? draws.npv })), { factor: 1, values: draws.npv }].sort((a, b) => a.factor - b.factor);
  const above = Math.max(1, Math.min(known.length - 1, known.findIndex((one) => one.factor >= k)));
  const [low, high] = [known[above - 1], known[above]];
  if (!low || !high) return () => 0;
  const share = (Math.max(low.factor, Math.min(high.factor, k)) - low.factor) / (high.factor - low.factor);
  return (i) => (low.values[i] ?? 0) + share * ((high.values[i] ?? 0) - (low.values[i] ?? 0)) - (draws.npv[i] ?? 0);
}
const everyKpi = "*"; // the group of what multiplies every effect: adoption

/** The value of each draw with the inputs so many times as large. Inputs of one group multiply each other where their parts
    are straight, and so does what stands before every group; the rest adds. What is left between inputs that are not straight
    the server's count shows. */
export function movedBy(draws: PairedDraws, tries: Tries): Float64Array {
  const moved = Float64Array.from(draws.npv);
  const groups = new Map<string, { factor: number; part: readonly number[] }>();
  const common = draws.inputs.filter((one) => one.group === everyKpi && one.part != null).reduce((all, one) => all * (tries[one.input] ?? 1), 1);
  for (const input of draws.inputs) {
    const k = tries[input.input];
    if (k === undefined || k === 1) continue;
    const multiplies = input.part != null && input.group !== undefined && input.group !== "" && input.group !== everyKpi;
    if (multiplies) {
      const held = groups.get(input.group ?? "");
      groups.set(input.group ?? "", { factor: (held?.factor ?? 1) * k, part: held?.part ?? input.part ?? [] });
      continue;
    }
    const gain = gainOf(draws, input, k);
    for (let i = 0; i < moved.length; ++i) moved[i] = (moved[i] as number) + gain(i);
  }
  const kpis = new Set(draws.inputs.filter((one) => /\.(change|share|value_per_unit)$/.test(one.input)).map((one) => one.group));
  for (const [group, { factor, part }] of groups) {
    const times = (kpis.has(group) ? common : 1) * (factor - 1);
    for (let i = 0; i < moved.length; ++i) moved[i] = (moved[i] as number) + times * (part[i] ?? 0);
  }
  return moved;
}

/** Inverse of the empirical distribution; `sorted` is rising. */
export function quantile(sorted: Float64Array, p: number): number {
  const at = Math.max(0, Math.min(sorted.length - 1, Math.ceil(p * sorted.length - 1e-9) - 1));
  return sorted[at] ?? 0;
}
export interface Quick {
  readonly dots: number[];
  readonly npv: CellFigure;
  readonly loss: CellFigure;
}
export const dotCount = 20;

/** What the page says while the server counts. */
export function quickly(answer: CaseAnswer, draws: PairedDraws, tries: Tries): Quick {
  const sorted = movedBy(draws, tries).sort();
  let below = 0;
  while (below < sorted.length && (sorted[below] as number) < 0) ++below;
  const id = answer.initiative?.id ?? "new";
  const recompute = `${recomputeOf(answer)} ${tryTexts(tries).map((text) => `--scale ${text}`).join(" ")}`.trim();
  const cell = (key: string, label: string, value: number, unit: string, formula: string, interval: { low: number; high: number; level: number } | null): CellFigure =>
    cellFigure(`investment.${id}.quick.${key}`, value, { label, unit, formula, method, as_of: answer.as_of, recompute, notes: ["From the draws on this page; the server counts it again with all of them."] }, { n: draws.n, interval });
  return {
    dots: Array.from({ length: dotCount }, (_, i) => quantile(sorted, (i + 0.5) / dotCount)),
    npv: cell("npv", "Net present value, as often more as less", quantile(sorted, 0.5), answer.currency, "median of the draws moved by what is tried", { low: quantile(sorted, 0.05), high: quantile(sorted, 0.95), level: 0.9 }),
    loss: cell("npv.p_loss", "Chance of a loss", sorted.length === 0 ? 0 : below / sorted.length, "share", "share of the moved draws below 0", null),
  };
}
/** The server's dots, or as many of them as are drawn. */
export function dotsOf(answer: { readonly dots: readonly number[] }): readonly number[] {
  if (answer.dots.length === dotCount || answer.dots.length === 0) return answer.dots;
  const sorted = Float64Array.from(answer.dots).sort();
  return Array.from({ length: dotCount }, (_, i) => quantile(sorted, (i + 0.5) / dotCount));
}

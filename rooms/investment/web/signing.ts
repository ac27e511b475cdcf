// What a signature stands for, and what has moved since it was read.

import { cellFigure } from "@tiebeam/figure/cells";
import { heardFigure } from "@tiebeam/figure/heard";
import type { Figure, Money } from "@tiebeam/model";
import { figureOf, method, recomputeOf, told, type CaseAnswer } from "./answers";

export const signedFor: readonly { readonly key: string; readonly seen: string; readonly label: string }[] = [
  { key: "npv", seen: "npv_p50", label: "Net present value" },
  { key: "npv.p_loss", seen: "chance_of_loss", label: "Chance of a loss" },
  { key: "one_off_cost.p50", seen: "cost_p50", label: "Cost once, as often more as less" },
  { key: "one_off_cost.p90", seen: "cost_p90", label: "Cost once, more 1 time in 10" },
  { key: "run_cost.p50", seen: "run_cost_p50", label: "Cost a year" },
];
export interface Line {
  readonly label: string;
  readonly was: Figure | null;
  readonly now: Figure | null;
  readonly moved: boolean;
}
/** The numbers of two readings of a case beside each other; `moved` where they read differently. */
export function linesOf(was: CaseAnswer, now: CaseAnswer): Line[] {
  return signedFor.flatMap(({ key, label }) => {
    const [a, b] = [figureOf(was, key), figureOf(now, key)];
    if (a === null && b === null) return [];
    return [{ label, was: a && told(a, was), now: b && told(b, now), moved: a === null || b === null || heardFigure(a) !== heardFigure(b) }];
  });
}
/** The signature that counts: the one the program names, else one of those under its version that still stands. */
export function speakingOf(answer: CaseAnswer): NonNullable<CaseAnswer["signatures"]>[number] | undefined {
  const all = answer.signatures ?? [], sign = answer.sign_off;
  if (sign?.id != null) return all.find((one) => one.id === sign.id);
  const same = all.filter((one) => one.id !== undefined && one.case_hash === sign?.case_hash);
  return same.find((one) => one.state === sign?.state) ?? same[0];
}
/** A number of a signature, wherever the answer has it: as a figure, or as the record wrote it. */
export function signedNumber(answer: CaseAnswer, of: "seen" | "now", name: string, label: string): Figure | null {
  const held: unknown = answer.sign_off?.[of]?.[name];
  if (held === null || held === undefined) return null;
  if (typeof held === "object" && "key" in held) return told(held as Figure, answer);
  const value = typeof held === "number" ? held : typeof held === "object" && "amount" in held ? (held as Money) : null;
  if (value === null) return null;
  return cellFigure(`investment.${answer.initiative?.id ?? "new"}.sign_off.${of}.${name}`, value, { label: `${label}, ${of === "seen" ? "as it was signed" : "as it is"}`, unit: typeof value === "number" ? "share" : value.currency, formula: of === "seen" ? "as the signature has it" : "as the case is counted now", method, as_of: answer.as_of, recompute: recomputeOf(answer) });
}

// What would help most: levers on where work waits, as the API answers them, and as the address holds
// those that a person tries: cut=STATE:30 (percent), remove=STATE, add_capacity=STATE:2 or STATE:20%.

import type { BarsSpec, ChartSource, TableBarsSpec } from "@tiebeam/charts/spec";
import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import { numberOf } from "@tiebeam/format";
import type { Figure, InstantText, Interval, Money } from "@tiebeam/model";
import type { Query } from "@tiebeam/router.svelte";
import type { Column } from "./answers";
import { sentence } from "@tiebeam/records/words";

export type LeverKind = "cut" | "remove" | "add_capacity";
export interface Effect {
  readonly now: number | null;
  readonly then: number | null;
  readonly saved: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
export interface Lever {
  readonly lever: LeverKind | "together";
  readonly state: string;
  readonly amount: number | null; // null of all together
  readonly is_share: boolean | null;
  readonly label: string;
  readonly constraint: string;
  readonly how: "exact" | "estimate";
  readonly items: number;
  readonly mean: Effect;
  readonly p50: Effect;
  readonly p85: Effect;
  readonly value: Money | null;
  readonly cost: Money | null;
  readonly per_cost: number | null;
  readonly days_per_cost: number | null;
  readonly assumption: string | null;
  readonly reason: string | null;
}
export interface WhatIf {
  readonly figures: readonly Figure[];
  readonly warnings: readonly string[];
  readonly asked: boolean;
  readonly stream: string;
  readonly finished: number;
  readonly levers: readonly Lever[];
  readonly together: Lever | null;
  readonly value_missing: string | null;
  readonly items: readonly { readonly item: string; readonly now_days: number; readonly then_days: number }[];
  readonly columns: Readonly<Record<string, { readonly row: string; readonly columns: Readonly<Record<string, Column>> }>>;
  readonly as_of: InstantText;
  readonly from: InstantText;
  readonly to: InstantText;
  readonly recompute: string;
}
export const method = "docs/method/bottlenecks.md";
const level = 0.9; // of all its intervals

// ---- what is tried, in the address -----------------------------------------------------------

export interface Try {
  readonly kind: LeverKind;
  readonly state: string;
  readonly amount: number; // percent of a cut; people, or percent of more capacity; 100 where removed
  readonly isShare: boolean; // the amount is in percent
}
export interface Tries {
  readonly levers: readonly Try[];
  readonly costs: Readonly<Record<string, string>>; // by state, in the organisation's currency
  readonly delay: string; // cost of a day's delay
  readonly stream: string;
}

/** "Awaiting: user:30" is 30 in the state "Awaiting: user": the amount is what follows the last colon. */
function apart(text: string): { readonly state: string; readonly amount: string } | null {
  const at = text.lastIndexOf(":");
  return at <= 0 || at === text.length - 1 ? null : { state: text.slice(0, at), amount: text.slice(at + 1) };
}
const number = (text: string): number | null => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : null);

export function triesOf(query: URLSearchParams): Tries {
  const cuts = query.getAll("cut").flatMap((text): Try[] => {
    const parts = apart(text);
    const amount = parts ? number(parts.amount) : null;
    return parts && amount !== null && amount > 0 && amount <= 100 ? [{ kind: "cut", state: parts.state, amount, isShare: true }] : [];
  });
  const removed = query.getAll("remove").flatMap((state): Try[] => (state === "" ? [] : [{ kind: "remove", state, amount: 100, isShare: true }]));
  const added = query.getAll("add_capacity").flatMap((text): Try[] => {
    const parts = apart(text);
    const isShare = parts?.amount.endsWith("%") ?? false;
    const amount = parts ? number(isShare ? parts.amount.slice(0, -1) : parts.amount) : null;
    return parts && amount !== null && amount > 0 ? [{ kind: "add_capacity", state: parts.state, amount, isShare }] : [];
  });
  const costs = query.getAll("cost").flatMap((text) => {
    const parts = apart(text);
    return parts && number(parts.amount) !== null ? [[parts.state, parts.amount] as const] : [];
  });
  const delay = query.get("cost_of_delay") ?? "";
  return { levers: [...cuts, ...removed, ...added], costs: Object.fromEntries(costs), delay: number(delay) === null ? "" : delay, stream: query.get("stream") ?? "" };
}
const amountText = (one: Try): string => (one.kind === "add_capacity" && one.isShare ? `${one.amount}%` : String(one.amount));
const costsOf = (tries: Tries): string[] => Object.entries(tries.costs).flatMap(([state, cost]) => (number(cost) === null ? [] : [`${state}:${cost}`]));
/** The address of what is tried; every part that is not is taken out of it. */
export function queryOf(tries: Tries): Query {
  const of = (kind: LeverKind): string[] => tries.levers.filter((one) => one.kind === kind && one.state !== "" && one.amount > 0).map((one) => (kind === "remove" ? one.state : `${one.state}:${amountText(one)}`));
  return { cut: of("cut"), remove: of("remove"), add_capacity: of("add_capacity"), cost: costsOf(tries), cost_of_delay: tries.delay === "" ? null : tries.delay, stream: tries.stream === "" ? null : tries.stream };
}
/** The same, for the API; without levers it is the ranking that is asked for. */
export function paramsOf(tries: Tries, withLevers: boolean): Record<string, string | readonly string[]> {
  const { cut, remove, add_capacity, cost } = queryOf(tries);
  const lists = withLevers ? { cut, remove, add_capacity, cost } : { cost };
  const out: Record<string, string | readonly string[]> = {};
  for (const [name, list] of Object.entries(lists)) if (list && list.length > 0) out[name] = list;
  if (tries.delay !== "") out["cost_of_delay"] = tries.delay;
  if (tries.stream !== "") out["stream"] = tries.stream;
  return out;
}
/** A lever of the ranking as something to try; null when it is tried already. */
export function tryOf(lever: Lever, tried: readonly Try[]): Try | null {
  if (lever.lever === "together" || lever.amount === null || tried.some((one) => one.kind === lever.lever && one.state === lever.state)) return null;
  return { kind: lever.lever, state: lever.state, amount: lever.is_share ? Math.round(lever.amount * 1e6) / 1e4 : lever.amount, isShare: lever.is_share === true };
}

// ---- the answer as charts and figures --------------------------------------------------------

export const constraints: Readonly<Record<string, string>> = {
  people: "people", automation: "work done by hand", timing: "a fixed time", dependency: "others", unclear: "not known",
};
/** The name of a lever in the keys of its numbers. */
export const leverId = (lever: Pick<Lever, "lever" | "state" | "amount">): string => (lever.lever === "together" ? "together" : `${lever.lever}:${lever.state}:${lever.amount ?? ""}`);
const moneyUnit = (levers: readonly Lever[], name: "value" | "cost"): string => levers.find((one) => one[name] !== null)?.[name]?.currency ?? "";

function source(answer: WhatIf, key: string, formula: string): ChartSource {
  return { key, formula, method, as_of: answer.as_of, n: answer.finished, recompute: answer.recompute };
}
const intervalOf = (effect: Effect): Interval | null => (effect.low !== null && effect.high !== null ? { low: effect.low, high: effect.high, level } : null);

/** One number of a lever: `flow.whatif.levers[cut:Queue:0.3].mean.saved`, `flow.whatif.levers[together].p85.then`. */
export function leverCell(answer: WhatIf, lever: Lever, what: "mean" | "p50" | "p85", part: "now" | "then" | "saved"): CellFigure {
  const effect = lever[what];
  const said = answer.columns["levers"]?.columns[`${what}.${part}`];
  const names = { mean: "on average", p50: "half finish within", p85: "85 of 100 finish within" };
  const parts = { now: "Days now", then: "Days then", saved: "Days saved" };
  return cellFigure(`flow.whatif.levers[${leverId(lever)}].${what}.${part}`, effect[part], {
    label: `${parts[part]}, ${names[what]}: ${lever.label}`, unit: said?.unit ?? "days",
    formula: said?.formula ?? (part === "saved" ? "now - then, item by item" : part === "then" ? "finish - commit less the changed stays, item by item" : "finish - commit"),
    method: said?.method ?? method, as_of: answer.as_of, recompute: answer.recompute,
    ...(lever.assumption !== null ? { notes: [lever.assumption] } : {}),
  }, { n: lever.items, ...(part === "saved" ? { interval: intervalOf(effect) } : {}), ...(lever.reason !== null ? { reason: lever.reason } : {}) });
}

/** Whether anything can be said of a lever. */
export const isKnown = (lever: Lever): boolean => lever.mean.then !== null && lever.mean.now !== null;

/** Each lever that is tried, by itself. */
export function eachTable(answer: WhatIf): TableBarsSpec {
  const { columns, rows, ...rest } = leversTable(answer);
  const kept = ["mean.saved", "how"].map((id) => columns.findIndex((column) => column.id === id));
  return { ...rest, id: "each-lever", columns: columns.filter((_, c) => kept.includes(c)), rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, c) => kept.includes(c)) })) };
}
/** Levers, best first, with what each would save, how that is known and what it is worth. */
export function leversTable(answer: WhatIf): TableBarsSpec {
  const { levers } = answer;
  const said = answer.columns["levers"]?.columns ?? {};
  const value = moneyUnit(levers, "value"), cost = moneyUnit(levers, "cost");
  const perCost = levers.some((one) => one.per_cost !== null), daysPerCost = !perCost && levers.some((one) => one.days_per_cost !== null);
  const column = (id: string, label: string, unit: string, bar = false): TableBarsSpec["columns"][number] => ({ ...said[id], id, label, unit, bar, ...(bar ? { range: true } : {}) });
  return {
    kind: "table", id: "levers", label: "Levers by what they would save", row: "Lever",
    columns: [
      column("mean.saved", "Saves, on average", "days", true),
      column("p50.saved", "Half sooner by", "days"),
      column("p85.saved", "85 of 100 sooner by", "days"),
      { id: "how", label: "How it is known", unit: "", bar: false },
      { id: "constraint", label: "Limited by", unit: "", bar: false },
      ...(value === "" ? [] : [column("value", "Worth", value)]),
      ...(cost === "" ? [] : [column("cost", "Costs", cost)]),
      ...(perCost ? [column("per_cost", "Worth per cost", "times")] : []),
      ...(daysPerCost ? [column("days_per_cost", "Saved per cost", "days")] : []),
    ],
    rows: levers.map((lever) => ({
      id: leverId(lever), name: lever.label,
      ...(lever.reason ?? lever.assumption ? { note: sentence(lever.reason ?? lever.assumption ?? "") } : {}),
      cells: [
        lever.mean.saved, lever.p50.saved, lever.p85.saved,
        lever.how,
        constraints[lever.constraint] ?? lever.constraint,
        ...(value === "" ? [] : [numberOf(lever.value)]),
        ...(cost === "" ? [] : [numberOf(lever.cost) ?? "not said"]),
        ...(perCost ? [lever.per_cost ?? "cost not said"] : []),
        ...(daysPerCost ? [lever.days_per_cost ?? "cost not said"] : []),
      ],
      intervals: [intervalOf(lever.mean), intervalOf(lever.p50), intervalOf(lever.p85)],
    })),
    source: source(answer, "flow.whatif.levers", "days of finished items with the stays of the state changed, item by item"),
  };
}

/** Flow time as it was, and as it would have been. */
export function beforeAfter(answer: WhatIf, lever: Lever): BarsSpec {
  const rows = [["mean", "Average"], ["p50", "Half within"], ["p85", "85 of 100 within"]] as const;
  const of = (part: "now" | "then"): (number | null)[] => rows.map(([name]) => lever[name][part]);
  return {
    kind: "bars", id: "before-after", label: "Days from begun to finished, now and then", height: 216, unit: "days", y: "Days from begun to finished", row: "Measure", mode: "beside",
    categories: rows.map(([, name]) => name), ids: rows.map(([name]) => name),
    series: [{ id: "now", name: "As it was", look: "actual", values: of("now") }, { id: "then", name: "With it", look: "forecast", values: of("then") }],
    source: source(answer, `flow.whatif.${lever.lever === "together" ? "together" : "first"}`, "quantiles and mean of the finished items, with the stays changed item by item"),
  };
}

/** Finished items that would have come sooner by most. */
export function itemsTable(answer: WhatIf, href: (item: string) => string, most: number): TableBarsSpec {
  return {
    kind: "table", id: "whatif-items", label: "Items that would change most", row: "Item",
    columns: [
      { id: "saved", label: "Sooner by", unit: "days", bar: true, formula: "now_days - then_days" },
      { id: "now_days", label: "Took", unit: "days", bar: false, ...answer.columns["items"]?.columns["now_days"] },
      { id: "then_days", label: "Would have taken", unit: "days", bar: false, ...answer.columns["items"]?.columns["then_days"] },
    ],
    rows: answer.items.slice(0, most).map((one) => ({ id: one.item, name: one.item, href: href(one.item), cells: [one.now_days - one.then_days, one.now_days, one.then_days] })),
    source: source(answer, "flow.whatif.items", "days of the item with the stays changed"),
  };
}

// Where work waits, and for whom, as tables with bars.

import type { BarColumn, TableBarsSpec } from "@tiebeam/charts/spec";
import { numberOf } from "@tiebeam/format";
import type { InstantText, Interval, Money } from "@tiebeam/model";
import { columnOf, valueOf, type Metrics } from "./answers";
import { costColumn } from "./bottlenecks";

export type PartyKind = "business_decision" | "requirement_change" | "funding" | "it" | "vendor" | "other_stream" | "other" | "not_said";
export interface PartyRow {
  readonly party: string; // "": the map does not say
  readonly kind: PartyKind;
  readonly states: readonly string[];
  readonly days: number;
  readonly share: number;
  readonly interval: Interval | null;
  readonly items: number;
  readonly now: number; // open items that wait for it
  readonly now_days: number;
  readonly cost: Money | null;
}
export interface PartyAnswer {
  readonly is_it: "no" | "yes" | "not_known";
  readonly sentence: string;
  readonly missing: string | null;
}
export interface HandoverWorstRow {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly days: number;
  readonly share: number;
  readonly mean_wait_days: number | null;
  readonly interval: Interval | null;
  readonly cost: Money | null;
}
/** Items that make up a part of the waiting: flow/waiting. */
export interface WaitedItem {
  readonly item: string;
  readonly state: string;
  readonly team: string;
  readonly days: number;
  readonly share_of_item: number | null;
  readonly open: boolean; // it still waits, and does not count in the days
}
export interface Waited {
  readonly state: string;
  readonly party: string;
  readonly n: number;
  readonly days: number;
  readonly items: readonly WaitedItem[];
  readonly columns: Metrics["columns"];
  readonly as_of: InstantText;
  readonly from: InstantText;
  readonly to: InstantText;
  readonly recompute: string;
}

const method = "docs/method/flow-time.md";
const bottlenecks = "docs/method/bottlenecks.md";
const source = (answer: Pick<Metrics, "as_of" | "recompute">, key: string, formula: string, n: number | null, from = method) =>
  ({ key, formula, method: from, as_of: answer.as_of, n, recompute: answer.recompute });

export function statesTable(answer: Metrics): TableBarsSpec {
  const column = (id: string, bar: boolean): BarColumn => columnOf(answer, "states", id, { bar });
  const rows = answer.states.filter((row) => row.class !== "done" && row.class !== "cancelled").sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  return {
    kind: "table", id: "states", label: "States by their share of the time", row: "State",
    columns: [column("share", true), column("dwell.p50", false), column("dwell.p85", true), column("dwell.p95", false), column("now", true), column("growth", false)],
    rows: rows.map((row) => ({ id: row.state, name: row.state, state: row.class, cells: [row.share, row.dwell.p50, row.dwell.p85, row.dwell.p95, row.now, row.growth] })),
    source: source(answer, "flow.states", "as its columns", valueOf(answer.figures, "flow.items")),
  };
}

const near = 0.1;
/** Work waits for IT about as long as for others: then neither is the bottleneck. */
export function isEven(answer: Pick<Metrics, "figures">): boolean {
  const [others, own] = [valueOf(answer.figures, "flow.waiting.outside_it.share"), valueOf(answer.figures, "flow.waiting.party.it")];
  return others !== null && own !== null && others > 0 && own > 0 && Math.abs(others - own) <= near + 1e-9;
}
/** The answer of the program, but where the two are near each other. */
export const answerOf = (answer: Pick<Metrics, "figures" | "party_answer">): string =>
  isEven(answer) ? answer.party_answer.sentence.replace(/: (it waits outside IT|IT is what it waits for)\.$/, ": about equal.") : answer.party_answer.sentence;

const outside: readonly PartyKind[] = ["business_decision", "requirement_change", "funding", "vendor", "other"];
/** On which side of IT a party stands; "": on neither, or not said. */
export const sideOf = (kind: PartyKind): string => (kind === "it" ? "IT itself" : outside.includes(kind) ? "others than IT" : "");
/** The name of a party in the address: what is not said has one too. */
export const partyId = (party: string): string => party || "not_said";
export const partyName = (id: string): string => (id === "not_said" ? "nobody named" : id === "it" ? "IT" : id);

/** Whom finished work waited for, as shares of all waiting. */
export function partiesTable(answer: Metrics, link: (party: string) => string): TableBarsSpec {
  const rows = answer.parties;
  const cost = costColumn(answer, "parties", rows, "Cost");
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "parties", id, own);
  return {
    kind: "table", id: "parties", label: "Waiting by who is waited for", row: "Waited for",
    columns: [
      column("share", { label: "Share of the waiting", unit: "share", bar: true, range: true }),
      column("days", { label: "Days in all", unit: "days" }),
      column("now", { label: "Waiting now", unit: "items" }),
      ...cost,
    ],
    rows: rows.map((row) => ({
      id: row.party, name: partyName(partyId(row.party)), note: [sideOf(row.kind), row.states.join(", ")].filter((part) => part !== "").join(": "),
      href: link(partyId(row.party)),
      cells: [row.share, row.days, row.now, ...cost.map(() => numberOf(row.cost))],
      intervals: [row.interval, null, null, ...cost.map(() => null)],
    })),
    source: source(answer, "flow.parties", "time of finished work in waiting, blocked and put-back states, by the party that the state map names", null, bottlenecks),
  };
}

/** The longest waits of one part of the waiting. */
export function waitedTable(answer: Waited, most: number | null, link: (item: string) => string): TableBarsSpec {
  const rows = answer.items.slice(0, most ?? undefined);
  const column = (id: string, label: string, unit: string, bar = false): BarColumn => columnOf(answer, "items", id, { label, unit, bar });
  return {
    kind: "table", id: "waited", label: "Work that waited longest", row: "Item",
    columns: [column("days", "Waited", "days", true), column("share_of_item", "Of its own time", "share"), column("state", "In", ""), column("team", "Held by", ""), column("open", "Still waits", "")],
    rows: rows.map((row) => ({ id: `${row.item}>${row.state}`, name: row.item, href: link(row.item), cells: [row.days, row.open ? "still open" : row.share_of_item, row.state, row.team || "not said", row.open ? "yes" : "no"] })),
    source: source(answer, "flow.waiting.items", "time of the item in the states asked for", answer.n, bottlenecks),
  };
}

/** The five pairs of teams by the days waited after handing on. */
export function worstPairs(answer: Metrics): TableBarsSpec {
  const rows = answer.handover_worst;
  const cost = costColumn(answer, "handover_worst", rows, "Price");
  const column = (id: string, own: Partial<BarColumn>): BarColumn => columnOf(answer, "handover_worst", id, own);
  return {
    kind: "table", id: "handovers", label: "Pairs of teams with the most waiting after handovers", row: "From and to",
    columns: [
      column("days", { label: "Days waited in all", unit: "days", bar: true }),
      column("share", { label: "Of the waiting", unit: "share" }),
      column("count", { label: "Times", unit: "handoffs" }),
      column("mean_wait_days", { label: "Wait after each", unit: "days" }),
      ...cost,
    ],
    rows: rows.map((row) => ({
      id: `${row.from}>${row.to}`, name: `${row.from} → ${row.to}`,
      cells: [row.days, row.share, row.count, row.mean_wait_days, ...cost.map(() => numberOf(row.cost))],
      intervals: [null, null, null, row.interval, ...cost.map(() => null)],
    })),
    source: source(answer, "flow.handover_worst", "wait after each handover between two teams", rows.reduce((sum, row) => sum + row.count, 0), bottlenecks),
  };
}

/** Every pair of teams by the days waited after a handover, the worst first. */
export function handovers(answer: Metrics): TableBarsSpec {
  const rows = answer.handover
    .map((row) => ({ ...row, waited: row.mean_wait_days === null ? null : row.count * row.mean_wait_days }))
    .sort((a, b) => (b.waited ?? 0) - (a.waited ?? 0));
  return {
    kind: "table", id: "handovers", label: "Handovers between teams by days waited", row: "From and to",
    columns: [
      { id: "waited", label: "Days waited in all", unit: "days", bar: true, formula: "count * mean_wait_days" },
      columnOf(answer, "handover", "count", { label: "Times", unit: "handoffs" }),
      columnOf(answer, "handover", "mean_wait_days", { label: "Wait after each", unit: "days" }),
    ],
    rows: rows.map((row) => ({ id: `${row.from}>${row.to}`, name: `${row.from} → ${row.to}`, cells: [row.waited, row.count, row.mean_wait_days] })),
    source: source(answer, "flow.handover", "count of direct successions of two teams", answer.handover.reduce((sum, row) => sum + row.count, 0)),
  };
}/** What to add to a state map, with the organisation's own states. */
export function exampleMap(answer: Metrics): string {
  const states = answer.states.filter((row) => row.class === "wait" || row.class === "blocked").map((row) => row.state);
  const party = (state: string): string => (/vendor|supplier/i.test(state) ? "vendor" : /user|customer|business|approval|decision/i.test(state) ? "business decision" : "IT");
  return ["[party]", ...states.map((state) => `"${state}" = "${party(state)}"`)].join("\n");
}

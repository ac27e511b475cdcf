import { describe, expect, it } from "vitest";
import { problemsOf } from "@tiebeam/charts/spec";
import { beforeAfter, eachTable, isKnown, itemsTable, leverCell, leversTable, paramsOf, queryOf, triesOf, tryOf, type Effect, type Lever, type Tries, type WhatIf } from "./levers";

const effect = (now: number, then: number): Effect => ({ now, then, saved: now - then, low: now - then - 0.5, high: now - then + 0.5 });
const unknown: Effect = { now: null, then: null, saved: null, low: null, high: null };
const lever = (change: Partial<Lever>): Lever => ({
  lever: "cut", state: "Queue", amount: 0.3, is_share: true, label: "Cut the stays in Queue by 30 %", constraint: "people", how: "exact", items: 510, mean: effect(9, 6), p50: effect(7, 6), p85: effect(20, 15),
  value: null, cost: null, per_cost: null, days_per_cost: null, assumption: null, reason: null, ...change,
});
const answer: WhatIf = {
  figures: [], warnings: [], asked: true, stream: "", finished: 800, levers: [lever({}), lever({ lever: "remove", state: "Approval", amount: 1, label: "Remove Approval", mean: unknown, p50: unknown, p85: unknown, reason: "too few stays" })],
  together: lever({ lever: "together", state: "", amount: null, is_share: null, label: "All together" }), value_missing: "No stream says what a day's delay costs.", items: [{ item: "A-1", now_days: 9, then_days: 6.5 }], columns: {}, as_of: "2026-02-02T00:00:00Z", from: "", to: "", recompute: "tiebeam flow whatif",
};
const tries: Tries = {
  levers: [{ kind: "cut", state: "Awaiting: user", amount: 30, isShare: true }, { kind: "cut", state: "Queue", amount: 12.5, isShare: true }, { kind: "remove", state: "Approval", amount: 100, isShare: true }, { kind: "add_capacity", state: "Test", amount: 2, isShare: false }, { kind: "add_capacity", state: "Build", amount: 20, isShare: true }],
  costs: { Queue: "5000" }, delay: "120", stream: "orders",
};
const address = (query: ReturnType<typeof queryOf>): URLSearchParams => new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === null ? [] : typeof value === "string" ? [[name, value]] : value.map((one) => [name, one]))));

describe("what is tried", () => {
  it("stands in the address, there and back, several at once", () => {
    const query = address(queryOf(tries));
    expect(query.getAll("cut")).toEqual(["Awaiting: user:30", "Queue:12.5"]);
    expect(query.getAll("add_capacity")).toEqual(["Test:2", "Build:20%"]);
    expect(triesOf(query)).toEqual(tries);
  });
  it("leaves out what makes no sense", () => {
    expect(triesOf(new URLSearchParams("cut=Queue&cut=Queue:x&cut=Queue:-3&cut=Queue:140&cut=:30&remove=&add_capacity=Test:0&cost=Queue:much&cost_of_delay=dear")).levers).toEqual([]);
    expect(triesOf(new URLSearchParams("cost_of_delay=dear")).delay).toBe("");
  });
  it("is not part of the question for the ranking", () => {
    expect(paramsOf(tries, false)).toEqual({ cost: ["Queue:5000"], cost_of_delay: "120", stream: "orders" });
    expect(Object.keys(paramsOf(tries, true))).toEqual(["cut", "remove", "add_capacity", "cost", "cost_of_delay", "stream"]);
    expect(paramsOf({ levers: [], costs: {}, delay: "", stream: "" }, true)).toEqual({});
  });
  it("takes a lever of the ranking once", () => {
    expect(tryOf(lever({}), [])).toEqual({ kind: "cut", state: "Queue", amount: 30, isShare: true });
    expect(tryOf(lever({}), tries.levers)).toBeNull();
    expect(tryOf(lever({ lever: "add_capacity", amount: 2, is_share: false }), [])).toMatchObject({ amount: 2, isShare: false });
  });
});

describe("levers", () => {
  it("are a table with intervals; a lever of which nothing can be said keeps its reason", () => {
    const spec = leversTable(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.columns.map((column) => column.id)).toEqual(["mean.saved", "p50.saved", "p85.saved", "how", "constraint"]);
    expect(spec.rows[0]).toMatchObject({ id: "cut:Queue:0.3", cells: [3, 1, 5, "exact", "people"], intervals: [{ low: 2.5, high: 3.5, level: 0.9 }, {}, {}] });
    expect(spec.rows[1]).toMatchObject({ note: "Too few stays.", cells: [null, null, null, "exact", "people"] });
  });
  it("that are tried stand each by themselves too", () => {
    const spec = eachTable(answer);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.rows.map((row) => row.cells)).toEqual([[3, "exact"], [null, "exact"]]);
    expect(spec.rows[0]?.intervals?.[0]).toEqual({ low: 2.5, high: 3.5, level: 0.9 });
    expect(answer.levers.map(isKnown)).toEqual([true, false]);
  });
  it("have their worth and their cost where these are known", () => {
    const rich = { ...answer, levers: [lever({ value: { amount: "1200.50", currency: "EUR" }, cost: { amount: "600", currency: "EUR" }, per_cost: 2 }), lever({ state: "Test", value: { amount: "10", currency: "EUR" } })] };
    const spec = leversTable(rich);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.columns.slice(5).map((column) => [column.id, column.unit])).toEqual([["value", "EUR"], ["cost", "EUR"], ["per_cost", "times"]]);
    expect(spec.rows.map((row) => row.cells.slice(5))).toEqual([[1200.5, 600, 2], [10, "not said", "cost not said"]]);
  });
  it("have numbers that open by their key", () => {
    const [first, second] = answer.levers;
    expect(first && leverCell(answer, first, "mean", "saved")).toMatchObject({ key: "flow.whatif.levers[cut:Queue:0.3].mean.saved", value: 3, interval: { low: 2.5, high: 3.5 }, status: "ok" });
    expect(second && leverCell(answer, second, "p85", "then")).toMatchObject({ value: null, status: "not_measurable", reason: "too few stays" });
  });
  it("are drawn before and after on one axis, and by item", () => {
    const bars = answer.together && beforeAfter(answer, answer.together);
    expect(bars && problemsOf(bars)).toEqual([]);
    expect(bars?.series.map((one) => one.values)).toEqual([[9, 7, 20], [6, 6, 15]]);
    expect(itemsTable(answer, (item) => `/${item}`, 8).rows[0]).toMatchObject({ href: "/A-1", cells: [2.5, 9, 6.5] });
  });
});

// Answers of the shape that the API gives, for tests, and the plain way to work out a set of controls.

import type { Figure } from "@tiebeam/model";
import type { Curve, Exposure } from "./answers";
import type { Draws } from "./draws";

/** Numbers that look random, the same on every machine (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Years of a register that nobody has: some scenarios with events, insurance and controls, one without. */
export function anyDraws(seed: number, size: { draws?: number; scenarios?: number; controls?: number; rate?: number } = {}): Draws {
  const next = numbers(seed);
  const draws = size.draws ?? 60;
  const ids = Array.from({ length: size.scenarios ?? 4 }, (_, i) => `s${i}`);
  const controls = Array.from({ length: size.controls ?? 4 }, (_, i) => `c${i}`);
  const insurance: Record<string, { deductible: number; limit: number }[]> = {};
  const scenarios = ids.map((id, at) => {
    if (at === ids.length - 1) return { id, events: null, rest: Array.from({ length: draws }, () => Math.floor(next() * 200)) };
    if (next() < 0.5) insurance[id] = [{ deductible: 50, limit: 300 }, { deductible: 100, limit: 500 }];
    const draw: number[] = [];
    for (let i = 0; i < draws; ++i) for (let k = Math.floor(next() * (2 * (size.rate ?? 1.5))); k > 0; --k) draw.push(i);
    return { id, events: { draw, loss: draw.map(() => 1000 * next() ** 3), u: draw.map(() => next()) }, rest: null };
  });
  return {
    draws, seed, currency: "EUR", scenarios, insurance,
    controls: controls.map((id) => ({
      id, cost: Math.floor(100 * next()),
      reduces: ids.slice(0, -1).filter(() => next() < 0.6).map((scenario) => ({ scenario, factor: next() < 0.5 ? ("frequency" as const) : ("magnitude" as const), by: Array.from({ length: draws }, () => next()) })),
    })),
  };
}

/** Event by event, in the words of the method page. */
export function referenceLosses(draws: Draws, on: ReadonlySet<string>): number[] {
  return Array.from({ length: draws.draws }, (_, year) => {
    let loss = 0;
    for (const scenario of draws.scenarios) {
      loss += scenario.rest?.[year] ?? 0;
      const effects = draws.controls.filter((control) => on.has(control.id)).flatMap((control) => control.reduces.filter((one) => one.scenario === scenario.id));
      const left = (factor: string): number => effects.filter((one) => one.factor === factor).reduce((share, one) => share * (1 - (one.by[year] ?? 0)), 1);
      scenario.events?.draw.forEach((at, k) => {
        if (at !== year || (scenario.events?.u[k] ?? 0) >= left("frequency")) return;
        let one = (scenario.events?.loss[k] ?? 0) * left("magnitude");
        for (const { deductible, limit } of draws.insurance[scenario.id] ?? []) one -= Math.min(limit, Math.max(0, one - deductible));
        loss += one;
      });
    }
    return loss;
  });
}

const asOf = "2026-11-21T00:00:00Z";
export function figure(key: string, value: number | null, unit = "EUR", interval: readonly [number, number] | null = null): Figure {
  const isMoney = /^[A-Z]{3}$/.test(unit);
  return {
    key, label: key, unit: isMoney ? "money" : unit, n: 100_000, as_of: asOf, reason: value === null ? "no cost" : null, status: value === null ? "not_measurable" : "ok",
    value: value === null ? null : isMoney ? { amount: String(value), currency: unit } : value,
    interval: interval ? { low: interval[0], high: interval[1], level: 0.9 } : null,
    trail: { formula: "as told", method: "docs/method/risk.md", version: 1, seed: 1, inputs: [] },
  };
}

const steps = [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2];
export const losses: readonly number[] = [4, 5, 6, 7].flatMap((power) => steps.map((step) => Math.round(step * 10 ** power)));
/** A curve that falls around a middle, over more or less of a decade. */
export function curve(id: string, label: string, top: number, middle: number, width: number): Curve {
  const probability = losses.map((loss) => top / (1 + (loss / middle) ** (2 / width)));
  return { id, label, loss: losses, probability, low: probability.map((p) => p * 0.98), high: probability.map((p) => Math.min(1, p * 1.02)) };
}

export function exposure(): Exposure {
  const scenario = (id: string, name: string, mean: number, p90: number, share: number): Exposure["scenarios"][number] => ({
    id, name, sentence: `About once in 6 years; then usually €80k to €900k.`, service: { id: "erp", name: "ERP" }, goals: [{ id: "keep", name: "Keep the customers we win" }], treatment: "reduce", owner: { id: "dana", name: "Dana Reyes" },
    review_on: "2026-12-01", mean: figure(`risk.scenarios[${id}].mean`, mean, "EUR", [mean * 0.97, mean * 1.03]), p90: figure(`risk.scenarios[${id}].p90`, p90), tail_share: figure(`risk.scenarios[${id}].tail_share`, share, "share"), controls: ["backup"],
  });
  const control = (id: string, name: string, status: "in_place" | "proposed" | "planned", cost: number, mean: number): Exposure["controls"][number] => ({
    id, name, status, on: status === "in_place", cost: figure(`risk.controls[${id}].cost`, cost), avoided: figure(`risk.controls[${id}].avoided`, mean, "EUR", [mean * 0.3, mean * 2.2]),
    per_euro: figure(`risk.controls[${id}].per_euro`, cost > 0 ? mean / cost : null, "times"), p_worth: figure(`risk.controls[${id}].p_worth`, 0.8, "share"), tested_at: status === "in_place" ? "2026-05-02" : null, test_passed: status === "in_place" ? true : null,
  });
  const row = (kind: string, id: string, name: string, mean: number, day: number | null): Exposure["by_service"][number] => ({
    id, name, tier: "critical", mean: figure(`risk.${kind}[${id}].mean`, mean), p90: figure(`risk.${kind}[${id}].p90`, mean * 2.4), scenarios: ["ransomware"], disruption_a_day: day === null ? null : figure(`risk.${kind}[${id}].disruption_a_day`, day),
  });
  return {
    as_of: asOf, currency: "EUR", trials: 100_000, seed: 1, recompute: "tiebeam risk simulate --json", status: "ok",
    figures: [figure("risk.loss.mean", 1_120_000, "EUR", [1_090_000, 1_150_000]), figure("risk.loss.p50", 620_000), figure("risk.loss.p90", 2_900_000), figure("risk.loss.p95", 3_900_000), figure("risk.loss.p99", 7_400_000), figure("risk.loss.tvar95", 5_900_000), figure("risk.loss.none", 0.04, "share"), figure("risk.appetite.factor", 2.03, "times")],
    curves: [curve("today", "Today", 0.96, 700_000, 0.85), curve("bare", "Without any control", 0.97, 1_100_000, 0.85)],
    appetite: [
      { id: "usual", name: "A usual year", probability: 0.5, loss: { amount: "500000.00", currency: "EUR" }, set_by: { id: "ravi", name: "Ravi Okafor" }, set_on: "2026-02-01", chance: figure("risk.appetite[usual].chance", 0.56, "share"), verdict: "breach" },
      { id: "bad", name: "A bad year", probability: 0.05, loss: { amount: "3000000.00", currency: "EUR" }, set_by: { id: "ravi", name: "Ravi Okafor" }, set_on: "2026-02-01", chance: figure("risk.appetite[bad].chance", 0.1, "share"), verdict: "breach" },
      { id: "worst", name: "The worst we carry", probability: 0.01, loss: { amount: "8000000.00", currency: "EUR" }, set_by: null, set_on: null, chance: figure("risk.appetite[worst].chance", 0.008, "share"), verdict: "within" },
    ],
    scenarios: [scenario("ransomware", "Ransomware in the ERP", 420_000, 1_300_000, 0.44), scenario("outage", "Order system down for days", 260_000, 700_000, 0.2), scenario("overrun", "A programme overruns", 190_000, 600_000, 0.14), scenario("leak", "Customer data leaks", 130_000, 300_000, 0.13)],
    controls: [control("mfa", "Sign-in without passwords", "in_place", 22_000, 140_000), control("backup", "Immutable backup", "proposed", 40_000, 310_000), control("failover", "Second site for orders", "planned", 180_000, 150_000)],
    best: null, by_service: [row("services", "erp", "ERP", 600_000, 52_000), row("services", "shop", "Web shop", 200_000, null)], by_priority: [row("priorities", "keep", "Keep the customers we win", 680_000, null)],
    unfinished: [], findings: [], warnings: [],
  };
}

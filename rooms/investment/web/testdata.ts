// A case as the program answers it, made by hand for the tests of the pages.

import type { Figure } from "@tiebeam/model";
import type { CaseAnswer, CaseRow, CasesAnswer } from "./answers";

const asOf = "2026-11-21T07:00:00Z";
const trail = { formula: "of 10,000 draws", method: "docs/method/case.md", version: 1, seed: 1, inputs: [{ records: "initiative/credit-flow" }] } as const;
export function figure(key: string, label: string, value: number | null, unit: string, interval: readonly [number, number] | null = null, reason: string | null = null): Figure {
  const money = /^[A-Z]{3}$/.test(unit) && value !== null;
  return {
    key, label, value: money ? { amount: String(value), currency: unit } : value, unit: money ? "" : unit, interval: interval ? { low: interval[0], high: interval[1], level: 0.9 } : null,
    n: 10000, as_of: asOf, status: value === null ? "not_reached" : "ok", reason, trail,
  };
}
const at = (key: string): string => `investment.credit-flow.${key}`;
const draws = Array.from({ length: 2000 }, (_, i) => -120_000 + 640_000 * ((i * 997) % 2000) / 2000);
const dots = Array.from({ length: 20 }, (_, i) => -105_000 + 31_000 * i + (i > 16 ? 40_000 * (i - 16) : 0));
const end = (input: number, unit: string, npv: number, of: string) => ({ input: figure(at(`tornado[${of}].input`), of, input, unit), npv: figure(at(`tornado[${of}].npv`), of, npv, "EUR") });
const row = (input: string, label: string, unit: string, low: readonly [number, number], high: readonly [number, number]) => ({
  input, label, low: end(low[0], unit, low[1], input), high: end(high[0], unit, high[1], input), swing: figure(at(`tornado[${input}].swing`), label, Math.abs(high[1] - low[1]), "EUR"),
});
const assumption = (input: string, label: string, words: string, more: Partial<CaseAnswer["assumptions"][number]> = {}): CaseAnswer["assumptions"][number] => ({
  input, label, estimate: "", words, unit: "", given_by: { id: "dana-reyes", name: "Dana Reyes" }, given_on: "2026-09-14", basis: "three quotes", hits: figure(at(`assumptions[${input}].hits`), "Ranges that held", 0.71, "share", [0.5, 0.88]), is_stale: false,
  evppi: figure(at(`assumptions[${input}].evppi`), "Worth knowing", 4200, "EUR"), is_default: false, at: { type: "initiative", id: "credit-flow", field: input }, assumption: `a-${input}`, ...more,
});
const monthly = Array.from({ length: 19 }, (_, i) => i);

export const oneCase: CaseAnswer = {
  initiative: {
    id: "credit-flow", name: "Credit checks without a queue", version: 3, stage: "proposed", kind: "product", lever: "growth", priority: "order-to-cash", sponsor: "ravi-okafor", business_owner: "dana-reyes", it_owner: "mira-aalto",
    people_plan: "Two days with each account manager", process_plan: "", technology_plan: "Rule in the order system",
  },
  sentence: "Growth: orders that no longer wait bring €210k a year; worth €190k, and 3 of 20 outcomes lose money.",
  pieces: [{ text: "Growth: orders no longer wait for one approval. ", figure: null }, { text: "Over five years it is worth ", figure: null }, { text: "€190k", figure: at("npv") }, { text: ", and loses money in ", figure: null }, { text: "18%", figure: at("npv.p_loss") }, { text: " of outcomes.", figure: null }],
  as_of: asOf, currency: "EUR", trials: 10000, seed: 1, recompute: "tiebeam investment case credit-flow --json", case_hash: "31276c14bd7590aa41f0c2d9e85b7f0636f1c7fd2a0b6c5c4e5b1f9a0d3e7c21",
  figures: [
    figure(at("npv.p05"), "NPV, worst 5 of 100", -90_000, "EUR"), figure(at("npv"), "Net present value", 190_000, "EUR", [-90_000, 540_000]), figure(at("npv.p95"), "NPV, best 5 of 100", 540_000, "EUR"), figure(at("npv.mean"), "NPV, mean", 201_000, "EUR"),
    figure(at("npv.p_loss"), "Chance of a loss", 0.18, "share"), figure(at("roi"), "Return", 1.31, "share", [-0.6, 3.4]), figure(at("payback_years.p50"), "Payback, half", 2.1, "years"), figure(at("payback_years.p85"), "Payback, 85 of 100", 4.2, "years"),
    figure(at("one_off_cost.p50"), "Cost once", 106_000, "EUR"), figure(at("one_off_cost.p90"), "Cost once, 1 in 10 above", 134_000, "EUR"), figure(at("run_cost.p50"), "Cost a year", 12_600, "EUR"),
  ],
  dots, tornado_middle: figure(at("tornado_middle"), "NPV at medians", 180_000, "EUR"),
  tornado: [
    row("days-to-paid.change", "Days to paid, change", "days", [-2.1, 20_000], [-9.4, 410_000]), row("adoption", "Adoption", "share", [0.5, 70_000], [0.88, 290_000]), row("duration", "Until it is of use", "days", [70, 226_000], [150, 128_000]),
    row("one_off_cost", "Cost once", "EUR", [82_000, 214_000], [136_000, 160_000]), row("run_cost_a_year", "Cost a year", "EUR", [9_000, 203_000], [20_000, 166_000]), row("p_success", "Chance of success", "", [0, 150_000], [1, 182_000]),
  ].map((one) => ({ ...one, swing: one.swing })),
  assumptions: [
    assumption("days-to-paid.change", "Days to paid, change", "1.5 to 11 days fewer, likely 6", { unit: "days", at: { type: "effect", id: "credit-days", field: "change" }, evppi: figure(at("assumptions[days-to-paid.change].evppi"), "Worth knowing", 31_000, "EUR"), is_stale: true, given_on: "2025-10-02", basis: "workshop" }),
    assumption("adoption", "Adoption", "48% to 91%, 9 in 10", { given_by: { id: "mira-aalto", name: "Mira Aalto" }, evppi: figure(at("assumptions[adoption].evppi"), "Worth knowing", 12_000, "EUR"), basis: "" }),
    assumption("one_off_cost", "Cost once", "€80,000 to €140,000, 9 in 10"), assumption("run_cost_a_year", "Cost a year", "€8,000 to €24,000, likely €12,000"), assumption("duration", "Until it is of use", "60 to 200 days, likely 90", { given_by: null, given_on: null, hits: null, basis: "delivery forecast" }),
    assumption("exit_cost", "Cost to leave it", "nothing", { is_default: true, given_by: null, given_on: null, hits: null, evppi: null }),
  ],
  most_worth: "days-to-paid.change", evpi: figure(at("evpi"), "Knowing all", 44_000, "EUR"),
  levels: [
    { id: "none", name: "Do nothing", cost_share: 0, benefit_share: 0, npv: figure(at("levels[none].npv"), "NPV", -60_000, "EUR"), loss: figure(at("levels[none].loss"), "Loss", 1, "share"), cost: figure(at("levels[none].cost"), "Cost", 0, "EUR") },
    { id: "rule-only", name: "Limit by rule only", cost_share: 0.4, benefit_share: 0.55, npv: figure(at("levels[rule-only].npv"), "NPV", 118_000, "EUR", [-20_000, 310_000]), loss: figure(at("levels[rule-only].loss"), "Loss", 0.09, "share"), cost: figure(at("levels[rule-only].cost"), "Cost", 42_000, "EUR") },
    { id: "planned", name: "As planned", cost_share: 1, benefit_share: 1, npv: figure(at("levels[planned].npv"), "NPV", 190_000, "EUR", [-90_000, 540_000]), loss: figure(at("levels[planned].loss"), "Loss", 0.18, "share"), cost: figure(at("levels[planned].cost"), "Cost", 106_000, "EUR") },
  ],
  delay: { from: "given", forecast: { streams: [{ id: "incidents", name: "Incidents" }], has_own_items: true, items: 30, finished: 12, finished_on: "2026-03-01", scope: 42, p50: figure(at("forecast.p50"), "Half", 74, "days"), p85: figure(at("forecast.p85"), "85", 96, "days"), p95: figure(at("forecast.p95"), "95", 118, "days") }, duration: "60 to 200 days", cost_of_delay_a_month: figure(at("delay_month"), "A month later", 9_800, "EUR", [2_000, 19_000]) },
  sign_off: {
    state: "void", by: { id: "ravi-okafor", name: "Ravi Okafor" }, at: "2026-10-02T09:00:00Z", case_hash: "77aa6c14bd7590aa41f0c2d9e85b7f06", why: "the likely cost rose by 14%, more than the 10% agreed",
    seen: { npv_p50: figure(at("sign_off.seen.npv_p50"), "NPV", 231_000, "EUR"), chance_of_loss: figure(at("sign_off.seen.chance_of_loss"), "Loss", 0.12, "share"), cost_p50: figure(at("sign_off.seen.cost_p50"), "Cost", 93_000, "EUR") },
    now: { npv_p50: figure(at("sign_off.now.npv_p50"), "NPV", 190_000, "EUR"), chance_of_loss: figure(at("sign_off.now.chance_of_loss"), "Loss", 0.18, "share"), cost_p50: figure(at("sign_off.now.cost_p50"), "Cost", 106_000, "EUR") },
    tolerance: figure(at("sign_off.tolerance"), "Tolerance", 0.1, "share"),
  },
  signatures: [],
  benefits: [{
    effect: "credit-days", kpi: { id: "days-to-paid", name: "Days from order to paid", unit: "days" },
    fan: { day: monthly.map((i) => new Date(Date.UTC(2026, 2 + i, 1)).toISOString().slice(0, 10)), p05: monthly.map((i) => -0.6 * Math.max(0, i - 1)), p50: monthly.map((i) => -0.35 * Math.max(0, i - 3)), p95: monthly.map((i) => -0.08 * Math.max(0, i - 6)) },
    readings: [{ on: "2026-08-15", change: -0.9, agreed_by: { id: "dana-reyes", name: "Dana Reyes" } }, { on: "2026-10-15", change: -0.2, agreed_by: { id: "dana-reyes", name: "Dana Reyes" } }],
    ratio: figure(at("benefits[credit-days].ratio"), "Realised", 0.42, "share"), inside: figure(at("benefits[credit-days].inside"), "Inside", 0.5, "share"),
  }],
  adoption: {
    groups: [{ id: "managers", name: "Account managers", eligible: 42, barriers: "Fear of being blamed for bad debt", actions: "Limit signed by finance", readings: [{ on: "2026-09-30", active: 9 }, { on: "2026-10-31", active: 17 }], share: figure(at("adoption.groups[managers].share"), "Use it", 17 / 42, "share") }],
    share: figure(at("adoption.share"), "Use it", 17 / 42, "share"), promised: figure(at("adoption.promised"), "Promised", 0.72, "share"),
  },
  draws: { n: 2000, npv: draws, inputs: [
    { input: "one_off_cost", label: "Cost once", linear: true, part: draws.map(() => -106_000) }, { input: "days-to-paid.change", label: "Change", linear: true, group: "days-to-paid", part: draws.map((value) => value + 170_000) },
    { input: "adoption", label: "Adoption", linear: true, group: "*", most: 1.25, part: draws.map((value) => value + 170_000) }, { input: "duration", label: "Duration", linear: false, factors: [0.5, 2], at: [draws.map((value) => value + 20_000), draws.map((value) => value - 60_000)] },
  ] },
  missing: ["process plan"], findings: [{ rule: "investment.no_process_plan", severity: "warning", subject: { type: "initiative", id: "credit-flow" }, message: "nothing is planned for how work changes", why: "technology alone brings little", do: "write down the process plan", figures: [], since: "2026-11-01" }], warnings: [],
};

const listed = (id: string, name: string, npv: number, low: number, high: number, more: Partial<CaseRow> = {}): CaseRow => ({
  id, name, stage: "proposed", kind: "product", lever: "growth", priority: { id: "order-to-cash", name: "Faster order-to-cash" }, sponsor: { id: "ravi-okafor", name: "Ravi Okafor" }, business_owner: "dana-reyes", it_owner: "mira-aalto",
  npv: figure(`investment.${id}.npv`, "NPV", npv, "EUR", [low, high]), loss: figure(`investment.${id}.npv.p_loss`, "Loss", 0.18, "share"), payback: figure(`investment.${id}.payback_years.p50`, "Payback", 2.1, "years"), cost: figure(`investment.${id}.one_off_cost.p50`, "Cost", 106_000, "EUR"),
  signed: { state: "none", by: null, at: null, why: null }, missing: [], findings: 0, ...more,
});
export const allCases: CasesAnswer = {
  as_of: asOf, currency: "EUR", trials: 10000, seed: 1, findings: [],
  figures: [figure("investment.portfolio.npv", "NPV of all", 1_240_000, "EUR", [310_000, 2_600_000]), figure("investment.portfolio.npv.p_loss", "Chance of a loss of all", 0.04, "share")],
  cases: [
    listed("credit-flow", "Credit checks without a queue", 190_000, -90_000, 540_000, { signed: { state: "void", by: "Ravi Okafor", at: "2026-10-02T09:00:00Z", why: "the likely cost rose by 14%" }, missing: ["process plan"] }),
    listed("maintenance", "Predictive maintenance of the bottling lines in plant 2, with sensors on all drives", 820_000, 40_000, 1_900_000, { stage: "funded", signed: { state: "valid", by: "Ravi Okafor", at: "2026-10-12T09:00:00Z", why: null } }),
    listed("intranet", "Intranet renewal", -60_000, -240_000, 90_000, { sponsor: null, priority: null, lever: null, stage: "idea", payback: figure("investment.intranet.payback_years.p50", "Payback", null, "years", null, "not within 5 years"), missing: ["sponsor", "priority", "people plan", "process plan"] }),
  ],
};

// A small answer of every array, for the tests of what the pages make of it.

import type { Metrics } from "./answers";

export const states = [
  { state: "Closed", class: "done" }, { state: "Awaiting Vendor", class: "blocked" }, { state: "Resolved", class: "wait" }, { state: "Active", class: "active" }, { state: "New", class: "wait" },
] as const;
const interval = (value: number) => ({ low: value * 0.9, high: value * 1.1, level: 0.9 });
const effect = (now: number, then: number) => ({ now, then, saved: now - then, low: (now - then) * 0.9, high: (now - then) * 1.1 });

export const metrics = {
  as_of: "2016-05-01T00:00:00Z", from: "", to: "", recompute: "tiebeam flow metrics --json", figures: [], findings: [], warnings: [], weeks: [], types: [], streams: [], columns: {},
  months: [{ month: "2016-03-01", full: true, arrivals: 4, finishes: 3, p50: 1, p85: 2, efficiency: 1 }, { month: "2016-04-01", full: true, arrivals: 0, finishes: 1, p50: 1, p85: 2, efficiency: 1 }],
  states: states.map(({ state, class: kind }) => ({ state, class: kind, visits: 1, now: 1, dwell: { p50: 1, p85: state === "New" ? null : 5, p95: 9, unfinished: 0 }, share: 0.2, growth: 0 })),
  aging: [
    { item: "X", state: "Active", class: "active", team: "T", value_stream: "s", age_days: 9, state_age_days: 6, percentile: 0.9, past_85: true, state_percentile: 0.91, state_line_days: 5.5, past_state_line: true, longest_ended_days: null, past_all_ended: false, promised_days: null },
    { item: "Y", state: "Active", class: "active", team: "T", value_stream: "s", age_days: 20, state_age_days: 5, percentile: 0.9, past_85: true, state_percentile: 0.8, state_line_days: 5.5, past_state_line: false, longest_ended_days: null, past_all_ended: false, promised_days: 10 },
    { item: "Z", state: "New", class: "wait", team: null, value_stream: "s", age_days: 50, state_age_days: 50, percentile: 0.9, past_85: true, state_percentile: null, state_line_days: null, past_state_line: false, longest_ended_days: null, past_all_ended: false, promised_days: null },
  ],
  handover: [{ from: "A", to: "B", count: 10, share: 0.5, mean_wait_days: 1 }, { from: "B", to: "A", count: 2, share: 0.5, mean_wait_days: 9 }, { from: "B", to: "C", count: 1, share: 0.5, mean_wait_days: null }],
  waits: [{ state: "New", class: "wait", party: null, days: 30, share: 0.3 }, { state: "Awaiting Vendor", class: "blocked", party: "vendor", days: 60, share: 0.6 }, { state: "Resolved", class: "wait", party: null, days: 10, share: 0.1 }],
  bottlenecks: [
    { state: "Awaiting Vendor", class: "blocked", constraint: "dependency", because: "Its map says that it waits for vendor.", team: null, items: 9, days: 60, share: 0.6, share_interval: interval(0.6), mean: effect(9, 4), p50: effect(8, 4), p85: { now: 20, then: 12, saved: 8, low: null, high: null }, growth: 0, rank: 0.6, tied: false, cost: { amount: "1200.00", currency: "EUR" } },
    { state: "New", class: "wait", constraint: "people", because: "Someone picks it up.", team: "A", items: 9, days: 30, share: 0.3, share_interval: interval(0.3), mean: effect(9, 7), p50: effect(8, 7), p85: effect(20, 18), growth: 0, rank: 0.3, tied: true, cost: null },
  ],
  parties: [
    { party: "vendor", kind: "vendor", states: ["Awaiting Vendor"], days: 60, share: 0.6, interval: interval(0.6), items: 9, now: 2, now_days: 3, cost: null },
    { party: "", kind: "not_said", states: ["New", "Resolved"], days: 40, share: 0.4, interval: null, items: 9, now: 0, now_days: 0, cost: null },
  ],
  party_answer: { is_it: "no", sentence: "It waits outside IT.", missing: null },
  ask_today: [{ item: "X", state: "Active", class: "active", team: "T", value_stream: "s", age_days: 9, state_age_days: 6, state_percentile: 0.91, state_line_days: 5.5, promised_days: null, surprise: 0.91, why: "In Active for 6 days." }],
  handover_worst: [{ from: "B", to: "A", count: 2, days: 18, share: 0.64, mean_wait_days: 9, interval: interval(9), cost: null }],
  demand: [
    { value_stream: "s", name: "Orders", weeks: 13, arrival_a_week: 60, arrival_interval: interval(60), throughput_a_week: 50, throughput_interval: interval(50), given_up_a_week: 0, net_a_week: 10, net_interval: interval(10), now: 400, waiting: 0, months: 1.8, months_interval: interval(1.8), verdict: "grows", forecast: "doubled", forecast_weeks: 40, forecast_interval: { low: 30, high: null, level: 0.9 }, stop_a_week: 10, stop_interval: null, types: [{ type: "incident", arrival_a_week: 55, share: 0.92 }], reason: null },
    { value_stream: "", name: "", weeks: 2, arrival_a_week: null, arrival_interval: null, throughput_a_week: null, throughput_interval: null, given_up_a_week: null, net_a_week: null, net_interval: null, now: 3, waiting: 0, months: null, months_interval: null, verdict: "too_few", forecast: null, forecast_weeks: null, forecast_interval: null, stop_a_week: null, stop_interval: null, types: [], reason: "2 complete weeks: 4 are needed" },
  ],
  teams: [
    { team: "A", people: 5, weeks: 13, utilisation: 0.6, utilisation_interval: interval(0.6), at_once: 2, efficiency: 0.2, efficiency_interval: null, items: 10, more_load: { wait_factor_low: 1.2, wait_factor_high: 1.9, days_low: 0.4, days_high: 1.9 }, reason: null, efficiency_reason: null, load_reason: null },
    { team: "B", people: 2, weeks: 13, utilisation: null, utilisation_interval: null, at_once: null, efficiency: null, efficiency_interval: null, items: 1, more_load: null, reason: "fewer than 3 people", efficiency_reason: null, load_reason: null },
    { team: "C", people: 9, weeks: 13, utilisation: 0.9, utilisation_interval: null, at_once: 3, efficiency: null, efficiency_interval: null, items: 20, more_load: null, reason: null, efficiency_reason: null, load_reason: "too busy already" },
  ],
  areas: [
    { area: "payroll / incident", service: "payroll", value_stream: null, type: "incident", items: 42, people: 5, covering: 1, bus_factor: 1, top_share: 0.71, verdict: "rests_on_one", rests_on_one: true, items_a_month: 4.9, at_risk_a_month: 3.5 },
    { area: "fax / incident", service: "fax", value_stream: null, type: "incident", items: 2, people: 1, covering: 0, bus_factor: 1, top_share: 1, verdict: "thin", rests_on_one: false, items_a_month: 0.3, at_risk_a_month: 0 },
    { area: "mail / incident", service: "mail", value_stream: null, type: "incident", items: 40, people: 5, covering: 3, bus_factor: 2, top_share: 0.3, verdict: "shared", rests_on_one: false, items_a_month: 4.9, at_risk_a_month: 0 },
  ],
  unplanned: [{ value_stream: "s", name: "Orders", entered: 120, unplanned: 31, share: 0.26, interval: interval(0.26), target_low: 0, target_high: 0.2, verdict: "above", months: [{ month: "2016-03-01", full: true, entered: 60, unplanned: 12, share: 0.2 }, { month: "2016-04-01", full: true, entered: 0, unplanned: 0, share: null }, { month: "2016-05-01", full: false, entered: 60, unplanned: 19, share: 0.32 }] }],
  team_load: [{ team: "A", people: 7, events: 812, out_of_hours: 0.31, out_of_hours_interval: interval(0.31), concurrent: 2.4, single_holder: null, over: ["out_of_hours"], months: [{ month: "2016-03-01", full: true, people: 2, events: 9, out_of_hours: null, concurrent: null }, { month: "2016-04-01", full: true, people: 6, events: 260, out_of_hours: 0.3, concurrent: 2.2 }] }],
  load_limits: { out_of_hours: 0.2, concurrent: 4, single_holder: 0.5 },
  team_load_hidden: { teams: 3, least_people: 3 },
  people_months: [{ month: "2016-03-01", full: true, people: 31, events: 1200, out_of_hours: 0.16, concurrent: 2.1 }],
  dora_services: [{ service: "shop", deployments: 40, a_week: 3.1, days_a_week: 2.4, lead_p50: 1.2, lead_p85: 3.4, failed: 3, failure_share: 0.075, failure_interval: interval(0.075), recovery_p50: 0.1, recovery_p85: null, open_incidents: 1, rework_share: 0.05 }],
  dora_months: [{ month: "2016-03-01", full: true, deployments: 12, days: 9, failed: 1, failure_share: 0.083, incidents: 2, rework: 1 }, { month: "2016-04-01", full: false, deployments: 3, days: 2, failed: 0, failure_share: 0, incidents: 0, rework: 0 }],
} satisfies Metrics;

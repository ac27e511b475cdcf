// The organisations that the tests look at: the sample alone, the sample with records of every kind, one
// with a long past and a calendar, and one without any event.

import fs from "node:fs";
import path from "node:path";
import { caseRecords } from "./cases.mjs";
import { historyAsOf, historyMap, writeHistory } from "./history.mjs";
import { writeShipped } from "./shipped.mjs";
import { risks } from "./risks.mjs";
import { importSample, root, send, serve, temporaryFolder, tiebeam, sampleAsOf } from "./program.mjs";

const people = [
  { id: "mira-aalto", name: "Mira Aalto", role: "CIO", side: "it", unit: "Technology", influence: 5, support: 4, champion: true, preferred_metrics: ["flow.cycle_time.km.p85"] },
  { id: "dana-reyes", name: "Dana Reyes", role: "Chief operating officer", side: "business", unit: "Operations", influence: 5, support: 2, notes: "Wants one page a week." },
  { id: "ravi-okafor", name: "Ravi Okafor", role: "CFO", side: "business", unit: "Finance", influence: 5, support: -1 },
  { id: "supplier", name: "Northwind Support GmbH, second line, on call out of hours", role: "Service desk of the vendor", side: "vendor" },
];
const records = [
  ["calendar", { id: "office", name: "Office hours", zone: "Europe/Berlin", hours: "Mon-Fri 09:00-17:00", holidays: ["2016-03-25", "2016-03-28"] }],
  ...people.map((person) => ["person", person]),
  ["priority", { id: "keep-customers", name: "Keep the customers we win", statement: "Customers stay because incidents end before they notice", horizon: "this_year", business_owner: "dana-reyes", it_owner: "mira-aalto", weight: 2, tags: ["growth", "board"] }],
  ["priority", { id: "order-to-cash", name: "Faster order-to-cash", statement: "From order to paid in 30 days", horizon: "three_to_five_years", business_owner: "ravi-okafor" }],
  ["kpi", { id: "churn", name: "Churn", unit: "customers a year", direction: "down", lever: "customer_experience", baseline: 412, target: 300, value_per_unit: { amount: "1250.00", currency: "EUR" }, value_agreed_by: "ravi-okafor", business_owner: "dana-reyes", it_owner: "mira-aalto", source: "manual" }],
  ["kpi", { id: "days-to-paid", name: "Days from order to paid", unit: "days", direction: "down", value_per_unit: { amount: "31000", currency: "EUR" } }],
  ["team", { id: "first-line", name: "First line", value_stream: "incidents", members: ["mira-aalto", "supplier"], cost_a_quarter: { amount: "182500.00", currency: "EUR" }, capacity_a_quarter: 2400, skills: ["network", "directory service"], formed_at: "2015-09-01" }],
  ["initiative", {
    id: "credit-flow", name: "Credit checks without a queue", kind: "product", stage: "proposed", problem: "Credit checks wait 11 days for one approval, and orders wait with them.",
    hypothesis: "We believe that a limit in the rules will move days to paid", lever: "growth", sponsor: "ravi-okafor", business_owner: "dana-reyes", it_owner: "mira-aalto", idea_at: "2016-01-11", it_involved_at: "2016-02-01",
    priority: "order-to-cash", value_stream: "incidents", starts: "2016-06-01", p_success: 0.8,
    one_off_cost: { kind: "lognormal", p05: 80000, p95: 140000 }, run_cost_a_year: { kind: "pert", min: 8000, mode: 12000, max: 24000 },
    exit_cost: { kind: "point", value: 5000 }, duration: { kind: "triangular", min: 60, mode: 90, max: 200 }, adoption: { kind: "beta", alpha: 8, beta: 3 },
    people_plan: "Two days with each account manager", process_plan: "Limits are set once a year", technology_plan: "Rule in the order system", funding_levels: ["limit by rule", "limit and dunning"],
  }],
  ["initiative", { id: "predictive-maintenance", name: "Predictive maintenance of the bottling lines in plant 2, with sensors on all drives", stage: "idea", kind: "experiment", one_off_cost: { kind: "discrete", values: [200000, 400000], weights: [0.75, 0.25] }, depends_on: ["credit-flow"] }],
  ["initiative", { id: "intranet", name: "Intranet renewal", stage: "stopped", kind: "project", one_off_cost: { kind: "uniform", min: 250000, max: 390000 }, excludes: ["credit-flow"] }],
  ["link", { id: "incidents-serve", name: "incidents serve customers", from: "value_stream/incidents", kind: "serves", to: "priority/keep-customers" }],
  ["waiver", { id: "old-work", name: "Old work is known", rule: "flow.old_work", subject: "organisation/self", until: "2016-12-31", why: "It is being closed week by week." }],
];

/** The rhythm with one partner: a review that is closed, one that is planned, and what came of it. */
const reviews = [
  ["kpi_reading", { id: "churn-january", name: "Churn in January", kpi: "churn", on: "2016-01-31", value: 412 }],
  ["kpi_reading", { id: "churn-april", name: "Churn in April", kpi: "churn", on: "2016-04-29", value: 380 }],
  ["engagement", { id: "dana", name: "Review with Dana Reyes", partner: "dana-reyes", owner: "mira-aalto", since: "2016-01-04", figures: ["flow.cycle_time.km.p85", "flow.rework.share", "kpi/churn", "governance.saydo.kept"], priorities: ["keep-customers"], next_on: "2016-05-10" }],
  ["engagement", { id: "ravi", name: "Review with Ravi Okafor", partner: "ravi-okafor", owner: "mira-aalto", cadence: "quarterly", figures: ["governance.decisions.latency.p50"] }],
  ["engagement", { id: "vendor", name: "Review with the vendor", partner: "supplier", cadence: "two_weekly" }],
  ["meeting", { id: "march", name: "Review with Dana Reyes, 15 March", engagement: "dana", planned_on: "2016-03-15", held_on: "2016-03-15", present: ["dana-reyes", "mira-aalto"], good: "Incidents end sooner", bad: "Approvals wait", ugly: "Nobody told us of the outage in February", asks: ["A list of the slowest approvals", "One number for the board"], closed_at: "2016-03-15T16:00:00Z" }],
  ["meeting", { id: "ravi-april", name: "Review with Ravi Okafor, 28 April", engagement: "ravi", planned_on: "2016-04-28", held_on: "2016-04-28", present: ["ravi-okafor"], good: "The month closed in four days", asks: ["What does the plant project cost by now?"] }],
  ["action", { id: "cost-now", name: "Cost of the plant project by now", what: "One number", meeting: "ravi-april", owner: "mira-aalto", due: "2016-05-20" }],
  ["meeting", { id: "april", name: "Review with Dana Reyes, April", engagement: "dana", planned_on: "2016-04-15" }],
  ["action", { id: "send-list", name: "Send the list of the slowest approvals", what: "The list", meeting: "march", owner: "mira-aalto", due: "2016-04-01" }],
  ["metric_vote", { id: "dana-speed", name: "Dana on speed", engagement: "dana", meeting: "march", figure: "flow.cycle_time.km.p85", matters: "yes", reported: true, asked_on: "2016-03-15" }],
  ["metric_vote", { id: "dana-orders", name: "Dana on orders lost", engagement: "dana", meeting: "march", figure: "orders lost", matters: "yes", reported: false, asked_on: "2016-03-15" }],
  ["decision", { id: "credit", name: "Approve credit up to €25k without a board?", question: "May account managers grant credit up to €25k?", raised_at: "2016-04-20", needed_by: "2016-04-27", decider: "ravi-okafor", options: ["yes, with a limit by rule", "no, as today"], cost_of_delay_a_week: { amount: "52000.00", currency: "EUR" }, priority: "order-to-cash" }],
  ["decision", { id: "which-tool", name: "Which monitoring tool?", question: "Which of the two tools watches plant 2?", raised_at: "2016-03-29", decider: "dana-reyes", cost_of_delay_a_week: { amount: "1250.00", currency: "EUR" }, priority: "keep-customers" }],
  ["decision", { id: "freeze", name: "Freeze at the end of the quarter", question: "Do we freeze releases in the last week of March?", raised_at: "2016-03-01", needed_by: "2016-03-20", decider: "mira-aalto", decided_at: "2016-03-08", chosen: "No freeze, smaller releases", why: "Two of three incidents came after the thaw", meeting: "march" }],
  ...[...Array(6).keys()].map((i) => ["commitment", { id: `kept-${i}`, name: `Approvals report of week ${10 + i}`, promise: "The waiting approvals, each Monday", owner: i % 2 === 0 ? "mira-aalto" : "dana-reyes", to: i % 2 === 0 ? "dana-reyes" : "mira-aalto", made_on: "2016-03-15", due: `2016-04-${10 + i}`, confidence: 0.9, state: "kept", closed_on: `2016-04-${10 + i}`, meeting: "march" }]),
  ["commitment", { id: "rollback", name: "Tested rollback for orders", promise: "A rollback that was tried", owner: "mira-aalto", to: "ravi-okafor", made_on: "2016-03-01", due: "2016-04-15", confidence: 0.7, state: "renegotiated", told_on: "2016-04-04", moved_to: "2016-06-01" }],
  ["commitment", { id: "plant", name: "Access to plant 2 for the survey", promise: "Two days on site", owner: "dana-reyes", to: "mira-aalto", made_on: "2016-03-15", due: "2016-04-22" }],
  ["commitment", { id: "someday", name: "A better intranet", promise: "Some day", owner: "mira-aalto" }],
];

/** AI tools: approvals that fall behind month by month, one purpose twice, what is blocked, and what nobody examined. */
const aiTools = [
  { id: "house-assistant", name: "House assistant", purpose: "Drafts answers to customers and colleagues", department: "IT", owner: "mira-aalto", users: 120, cost_a_year: { amount: "54000.00", currency: "EUR" }, asked_on: "2015-11-02", decided_on: "2015-11-12", approved_on: "2015-11-12", first_used_on: "2015-12-01", data_class: "confidential", evaluation: "passed_with_limits", policy: "No customer data without a contract number removed", human_oversight: "The sender reads each answer", decision: "approved", review_on: "2016-05-30", vendor: "Northmere IT" },
  { id: "answer-bot", name: "Answer bot", purpose: "Drafts answers to customers", department: "Sales", owner: "dana-reyes", cost_a_year: { amount: "18500.00", currency: "EUR" }, asked_on: "2016-01-04", first_used_on: "2016-01-11", approved_on: "2016-01-18", decided_on: "2016-01-18", data_class: "personal", decision: "approved", review_on: "2016-04-01" },
  { id: "cv-reader", name: "CV reader", purpose: "Sorts applications", department: "People", asked_on: "2016-02-01", decided_on: "2016-02-05", decision: "blocked", data_class: "personal", risk_tier: "high" },
  { id: "chat-abroad", name: "Chat abroad", purpose: "Drafts answers to suppliers", department: "Purchasing", asked_on: "2016-02-15", decided_on: "2016-02-19", decision: "blocked", alternative: "house-assistant" },
  ...[1, 2, 3].flatMap((month) => [0, 1, 2].map((i) => ({
    id: `trial-${month}-${i}`, name: `Trial ${month}.${i}`, purpose: ["Counts pallets on pictures", "Translates contracts into French", "Predicts which machine fails"][i], department: ["Logistics", "Legal", "Plant 2"][i],
    first_used_on: `2016-0${month}-0${i + 2}`, approved_on: `2016-0${month}-${10 + 6 * month + i}`, decided_on: `2016-0${month}-${10 + 6 * month + i}`, decision: "approved", data_class: "internal", evaluation: "passed", human_oversight: "Shift leader", ...(i === 0 ? { found_on: `2016-0${month}-09` } : {}),
  }))),
];

/** The sample with records of every kind, a promise, a change and an undo in the journal. */
async function fill(url, org) {
  const at = `/orgs/${org}`;
  const all = [...records, ...reviews, ...risks, ...aiTools.map((tool) => ["ai_tool", tool]), ...caseRecords];
  for (const [type, fields] of all) await send(url, "POST", `${at}/records/${type}`, fields);
}
function promise(data, org) {
  tiebeam(data, org, "record", "value_stream", "set", "incidents", "expectation_days=10", "wip_limit=400", "business_owner=dana-reyes", "calendar=office", "customer=everybody with a desk");
  tiebeam(data, org, "record", "person", "set", "ravi-okafor", "support=1");
}

/** "long": two streams over 130 weeks, on a calendar that closes over the turn of the year, and three services that ship. */
function importHistory(data) {
  const map = path.join(data, "history.toml");
  fs.writeFileSync(map, historyMap);
  for (const file of writeHistory(data)) {
    tiebeam(data, "long", "import", file, "--state-map", map, "--tz", "UTC", "--value-stream", path.basename(file, ".csv"), "--name", "Long past");
    fs.rmSync(file);
  }
  tiebeam(data, "long", "record", "organisation", "set", "self", `as_of=${historyAsOf}`);
  const closed = [2023, 2024].flatMap((year) => [...Array.from({ length: 10 }, (_, i) => `${year}-12-${22 + i}`), ...Array.from({ length: 4 }, (_, i) => `${year + 1}-01-0${i + 1}`)]);
  tiebeam(data, "long", "record", "calendar", "add", "id=office", "name=Office", "zone=UTC", "hours=Mon-Fri 09:00-17:00", `holidays=${closed.join(";")}`);
  for (const stream of ["orders", "invoices"]) tiebeam(data, "long", "record", "value_stream", "set", stream, "calendar=office");
  fs.rmSync(map);
  for (const { format, file } of writeShipped(data, historyAsOf)) {
    tiebeam(data, "long", "import", file, "--format", format, "--tz", "UTC");
    fs.rmSync(file);
  }
}

/** Starts a server with "sample", "full", "long" and "empty". */
export async function allOrganisations() {
  const data = temporaryFolder();
  importSample(data);
  tiebeam(data, "full", "import", path.join(root, "sample", "incident_event_log_2016Q1.csv.gz"), "--state-map", path.join(root, "sample", "state_map.toml"), "--tz", "UTC", "--name", "Northmere Foods");
  tiebeam(data, "full", "record", "organisation", "set", "self", `as_of=${sampleAsOf}`, "fictional=true");
  importHistory(data);
  const one = path.join(data, "one.csv");
  fs.writeFileSync(one, "item,state,at\nA-1,Active,2016-01-01T00:00:00Z\n");
  tiebeam(data, "empty", "import", one, "--tz", "UTC", "--name", "Empty company");
  fs.rmSync(one);
  const server = await serve(data);
  await send(server.url, "DELETE", "/orgs/empty/imports/imp_000001");
  await fill(server.url, "full");
  promise(data, "full");
  return { data, server };
}

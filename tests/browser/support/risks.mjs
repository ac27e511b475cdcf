// What could be lost, for tests: scenarios of every shape, controls, insurance, an appetite that is missed; and
// what the command line says for a key of the risk room.

const euro = (amount) => ({ amount: String(amount), currency: "EUR" });
const between = (low, high) => ({ kind: "lognormal", p05: low, p95: high });
const one = { starter: "", estimated_by: "mira-aalto", estimated_on: "2016-02-10", owner: "dana-reyes" };

export const risks = [
  ["service", { id: "erp", name: "Orders and stock", tier: 1, service_owner: "mira-aalto", business_owner: "dana-reyes", disruption_cost_a_day: between(30000, 90000) }],
  ["service", { id: "shop", name: "Web shop", tier: 2 }],
  ["scenario", { ...one, id: "ransomware", name: "Ransomware locks orders and stock", threat: "organised crime", asset: "erp", effect: "Nothing is shipped for days", goals: ["keep-customers"], frequency: between(0.1, 0.8), primary_loss: between(200000, 5000000),
    secondary_probability: { kind: "pert", min: 0.1, mode: 0.2, max: 0.3 }, secondary_loss: between(50000, 1500000), treatment: "reduce", review_on: "2016-09-01", basis: "Two incidents since 2012, and what others of our size report." }],
  ["scenario", { ...one, id: "outage", name: "Orders and stock are down for days", asset: "erp", goals: ["keep-customers", "order-to-cash"], frequency: between(0.3, 2), primary_loss: { kind: "pert", min: 20000, mode: 80000, max: 700000 }, treatment: "undecided", review_on: "2016-03-01" }],
  ["scenario", { ...one, id: "overrun", name: "A large programme overruns", goals: ["order-to-cash"], law: "bernoulli", frequency: { kind: "pert", min: 0.2, mode: 0.35, max: 0.6 }, primary_loss: between(100000, 1200000), treatment: "accept", accepted_by: "ravi-okafor", accepted_on: "2016-01-15", review_on: "2017-01-15" }],
  ["scenario", { ...one, id: "leak", name: "Customer data leaks", asset: "shop", frequency: { kind: "gamma", shape: 2, scale: 0.15 }, primary_loss: between(30000, 900000), treatment: "transfer" }],
  ["scenario", { id: "strike", name: "Drivers strike", effect: "Nothing is delivered" }],
  ["insurance_layer", { id: "cyber", name: "Cyber policy", scenario: "ransomware", deductible: euro(2000000), limit: euro(3000000) }],
  ["control", { id: "mfa", name: "Sign-in without passwords", status: "in_place", cost_a_year: { kind: "pert", min: 15000, mode: 20000, max: 30000 }, in_place_on: "2015-06-01", tested_at: "2016-02-01", test_passed: true }],
  ["control", { id: "backup", name: "Immutable backup", status: "proposed", cost_a_year: { kind: "pert", min: 30000, mode: 40000, max: 60000 } }],
  ["control", { id: "failover", name: "Second site for orders", status: "planned", cost_a_year: between(150000, 250000) }],
  ["control", { id: "training", name: "Phishing is trained", status: "in_place" }],
  ["reduction", { id: "mfa-ransomware", name: "Sign-in against ransomware", control: "mfa", scenario: "ransomware", factor: "frequency", by: { kind: "pert", min: 0.2, mode: 0.4, max: 0.6 } }],
  ["reduction", { id: "mfa-leak", name: "Sign-in against leaks", control: "mfa", scenario: "leak", factor: "frequency", by: { kind: "point", value: 0.3 } }],
  ["reduction", { id: "backup-ransomware", name: "Backup against ransomware", control: "backup", scenario: "ransomware", factor: "magnitude", by: { kind: "pert", min: 0.4, mode: 0.6, max: 0.8 } }],
  ["reduction", { id: "failover-outage", name: "Second site against outages", control: "failover", scenario: "outage", factor: "magnitude", by: { kind: "pert", min: 0.5, mode: 0.7, max: 0.9 } }],
  ["reduction", { id: "training-leak", name: "Training against leaks", control: "training", scenario: "leak", factor: "frequency", by: { kind: "uniform", min: 0, max: 0.3 } }],
  ["appetite", { id: "usual", name: "A usual year", probability: 0.5, loss: euro(300000), set_by: "ravi-okafor", set_on: "2016-01-20" }],
  ["appetite", { id: "bad", name: "A bad year", probability: 0.1, loss: euro(1000000), set_by: "ravi-okafor", set_on: "2016-01-20" }],
  ["appetite", { id: "worst", name: "The worst we carry", probability: 0.01, loss: euro(6000000), set_by: "ravi-okafor", set_on: "2016-01-20" }],
];

/** Every figure that an answer holds, by its key. */
function figuresIn(answer, into = new Map()) {
  if (Array.isArray(answer)) for (const each of answer) figuresIn(each, into);
  else if (answer !== null && typeof answer === "object") {
    if ("key" in answer && "status" in answer && "trail" in answer) into.set(answer.key, answer);
    else for (const each of Object.values(answer)) figuresIn(each, into);
  }
  return into;
}
const told = ({ value, interval, unit, status }) => ({ value, unit: value?.currency ?? unit, status, width: interval ? interval.high - interval.low : 0 });

/** What `tiebeam risk exposure` and `tiebeam risk scenario` say of a key; undefined when neither does. `query` is the
    address of the page: which controls are on, which budget is asked about. */
export function ofRisk(key, query, ask) {
  const controls = query.get("controls") === null ? [] : ["--controls", query.get("controls") || ","]; // none at all
  const budget = /^\d+$/.test(query.get("budget") ?? "") ? ["--budget", query.get("budget")] : []; // what is no amount is not asked
  const exposure = ask("risk", "exposure", ...controls, ...budget);
  const unsaved = /^risk\.preview\.(\w+)$/.exec(key); // of a scenario on record that nobody has changed yet
  if (unsaved) return ofRisk(`risk.scenarios[${query.get("scenario")}].${unsaved[1]}`, query, ask);
  const scenario = /^risk\.scenarios\[([^\]]+)\]/.exec(key)?.[1];
  const own = scenario === undefined ? null : ask("risk", "scenario", scenario);
  const held = figuresIn(exposure).get(key) ?? (own ? figuresIn(own).get(key) : undefined);
  if (held) return told(held);

  const point = /^risk\.appetite\[([^\]]+)\]\.(loss|factor)$/.exec(key);
  if (point) {
    const row = exposure.appetite.find((each) => each.id === point[1]);
    if (!row) return undefined;
    if (point[2] === "loss") return { value: Number(row.loss.amount), unit: row.loss.currency, width: 0, status: "ok" };
    return { value: row.chance.value / row.probability, unit: "times", width: (row.chance.interval.high - row.chance.interval.low) / row.probability, status: "ok" };
  }
  if (key === "risk.chosen.avoided.less") {
    const more = figuresIn(exposure).get("risk.chosen.avoided");
    return { value: -Number(more.value.amount), unit: more.value.currency, width: more.interval.high - more.interval.low, status: "ok" };
  }
  const place = /^risk\.(?:scenarios\[[^\]]+\]\.)?curve\[([\d.e+]+)\]\.(\w+)$/.exec(key);
  if (place) {
    const [loss, id] = [Number(place[1]), place[2]];
    if (id === "agreed") return { value: exposure.appetite.find((each) => Number(each.loss.amount) === loss)?.probability, unit: "share", width: 0, status: "ok" };
    const curve = own ? (id === "bare" ? own.curve_without : own.curve) : exposure.curves.find((each) => each.id === id);
    const at = curve?.loss.indexOf(loss) ?? -1;
    return at < 0 ? undefined : { value: curve.probability[at], unit: "share", width: curve.high[at] - curve.low[at], status: "ok" };
  }
  return undefined;
}

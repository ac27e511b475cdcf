// Cases with everything that a page of one shows, and what the command line says for its numbers.

/** For the organisation "full": a case with ways to do less and estimates of known people, and one whose benefits came. */
export const caseRecords = [
  ["effect", { id: "credit-days", name: "Orders are paid sooner", initiative: "credit-flow", kpi: "days-to-paid", change: { kind: "pert", min: -9, mode: -4, max: -1 }, delay: { kind: "point", value: 20 }, ramp: { kind: "point", value: 120 } }],
  ["funding_level", { id: "rule-only", name: "Limit by rule only", initiative: "credit-flow", cost_share: 0.4, benefit_share: 0.6 }],
  ["assumption", { id: "cost-quotes", name: "Cost once: Credit checks", initiative: "credit-flow", input: "one_off_cost", given_by: "ravi-okafor", given_on: "2016-03-01", basis: "three quotes" }],
  ["assumption", { id: "adoption-guess", name: "Adoption: Credit checks", initiative: "credit-flow", input: "adoption", given_by: "dana-reyes", given_on: "2015-02-10", basis: "a workshop" }],
  ["initiative", {
    id: "portal", name: "Orders in the portal", kind: "product", stage: "scaling", lever: "customer_experience", sponsor: "ravi-okafor", business_owner: "dana-reyes", it_owner: "mira-aalto", priority: "keep-customers", starts: "2015-06-01", p_success: 0.9,
    one_off_cost: { kind: "lognormal", p05: 120000, p95: 210000 }, run_cost_a_year: { kind: "pert", min: 20000, mode: 26000, max: 40000 }, duration: { kind: "point", value: 90 }, adoption: { kind: "beta", alpha: 9, beta: 3 }, do_nothing_cost_a_year: { kind: "point", value: 15000 }, technology_plan: "The shop's own account pages",
  }],
  ["effect", { id: "portal-churn", name: "Fewer customers leave", initiative: "portal", kpi: "churn", change: { kind: "pert", min: -160, mode: -90, max: -20 }, ramp: { kind: "point", value: 365 } }],
  ["benefit_reading", { id: "portal-winter", name: "Churn by the portal, January", effect: "portal-churn", on: "2016-01-31", change: -12, agreed_by: "dana-reyes" }],
  ["benefit_reading", { id: "portal-spring", name: "Churn by the portal, April", effect: "portal-churn", on: "2016-04-29", change: -31, agreed_by: "dana-reyes" }],
  ["adoption_group", { id: "shops", name: "Shops with an account", initiative: "portal", eligible: 640, barriers: "Nobody has time to learn it", actions: "A quarter of an hour by telephone" }],
  ["adoption_reading", { id: "shops-january", name: "Shops, January", group: "shops", on: "2016-01-31", active: 120 }],
  ["adoption_reading", { id: "shops-april", name: "Shops, April", group: "shops", on: "2016-04-29", active: 212 }],
];

const isFigure = (held) => held !== null && typeof held === "object" && typeof held.key === "string" && "status" in held && "value" in held;
/** Every figure of an answer by its key. */
function figuresOf(held, out = new Map()) {
  if (isFigure(held)) out.set(held.key, held);
  else if (held !== null && typeof held === "object") for (const member of Object.values(held)) figuresOf(member, out);
  return out;
}
const quantile = (sorted, p) => sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(p * sorted.length - 1e-9) - 1))];
const unitOf = (value, unit) => (value !== null && typeof value === "object" ? value.currency : unit);

/** Numbers that the page takes out of an answer's arrays. */
function inArrays(answer, path) {
  const dot = /^dots\[(\d+)\]\.(value|share)$/.exec(path);
  if (dot) {
    const share = (Number(dot[1]) - 0.5) / 20;
    return dot[2] === "share" ? { value: share, unit: "share" } : { value: answer.dots.length === 20 ? answer.dots[Number(dot[1]) - 1] : quantile([...answer.dots].sort((a, b) => a - b), share), unit: answer.currency };
  }
  const level = /^levels\[(.+)\]\.(cost_share|benefit_share)$/.exec(path);
  if (level) return { value: answer.levels.find((one) => one.id === level[1])?.[level[2]], unit: "share" };
  const signed = /^sign_off\.(seen|now)\.(\w+)$/.exec(path);
  if (signed) return { value: answer.sign_off?.[signed[1]]?.[signed[2]], unit: "share" };
  if (path === "forecast.finished") return { value: answer.delay?.forecast?.finished, unit: "items" };
  if (path === "sign_off.tolerance") return { value: answer.sign_off?.tolerance, unit: "share" };
  const group = /^adoption\.groups\[(.+)\]\.(active|eligible)$/.exec(path);
  if (group) {
    const one = answer.adoption?.groups.find((each) => each.id === group[1]);
    return { value: group[2] === "active" ? one?.readings.at(-1)?.active : one?.eligible, unit: "people" };
  }
  const fan = /^benefits\[(.+)\]\[(\d{4}-\d\d-\d\d)\]\.(p05|p10|p50|p90|p95|change)$/.exec(path);
  if (fan) {
    const benefit = answer.benefits?.find((one) => one.effect === fan[1]);
    const value = fan[3] === "change" ? benefit?.readings.find((one) => one.on.startsWith(fan[2]))?.change : benefit?.fan[fan[3]][benefit.fan.day.findIndex((day) => day.startsWith(fan[2]))];
    return { value, unit: benefit?.kpi.unit ?? "" };
  }
  return undefined;
}

/** The draws of an answer with its inputs so many times as large: inputs of one group multiply each other, "*" multiplies the
    group of every effect, the rest adds. */
function moved({ npv, inputs }, tries) {
  const of = (wanted) => tries.filter(([input]) => inputs.some((one) => one.input === input && wanted(one.group)));
  const product = (list) => list.reduce((all, [, factor]) => all * factor, 1);
  const everywhere = product(of((group) => group === "*"));
  const gains = [...new Set(inputs.map((one) => one.group))].map((group) => {
    const own = product(of((each) => each === group));
    const isEffect = inputs.some((one) => one.group === group && one.input.endsWith(".change"));
    return own === 1 ? null : { times: (own - 1) * (isEffect ? everywhere : 1), part: inputs.find((one) => one.group === group && one.part)?.part };
  });
  return npv.map((value, i) => gains.reduce((all, gain) => all + (gain === null ? 0 : gain.times * gain.part[i]), value));
}

/** {value, unit, width, status} of a key of the investment room; undefined when it is none. */
export function ofCases(key, query, ask) {
  const all = () => ask("record", "initiative", "list").records ?? [];
  if (key.startsWith("risk.calibration.hits[")) {
    const held = all().map((one) => figuresOf(ask("investment", "case", one.id)).get(key)).find(Boolean);
    return held && { value: held.value, unit: held.unit, width: held.interval ? held.interval.high - held.interval.low : 0, status: held.status };
  }
  if (!key.startsWith("investment.")) return undefined;
  const found = (figure) => figure && { value: figure.value, unit: unitOf(figure.value, figure.unit), width: figure.interval ? figure.interval.high - figure.interval.low : 0, status: figure.status };
  const initiative = all().map((one) => one.id).filter((id) => key.startsWith(`investment.${id}.`)).sort((a, b) => b.length - a.length)[0];
  if (initiative === undefined) return found(figuresOf(ask("investment", "cases")).get(key));
  const path = key.slice(`investment.${initiative}.`.length);
  if (path.startsWith("whatif.")) return found(figuresOf(ask("investment", "case", initiative, "--scale", query.getAll("try").join(","))).get(key));
  const answer = ask("investment", "case", initiative);
  if (path === "quick.npv") { // the page alone, before the server has counted
    const sorted = moved(answer.draws, query.getAll("try").map((text) => [text.slice(0, text.lastIndexOf(":")), Number(text.slice(text.lastIndexOf(":") + 1))])).sort((a, b) => a - b);
    return { value: quantile(sorted, 0.5), unit: answer.currency, width: quantile(sorted, 0.95) - quantile(sorted, 0.05), status: "ok" };
  }
  const figure = found(figuresOf(answer).get(key));
  if (figure) return figure;
  const one = inArrays(answer, path);
  return one === undefined || one.value === undefined ? undefined : { value: one.value, unit: unitOf(one.value, one.unit), width: 0 };
}

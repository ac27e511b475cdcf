// Every page there is, each with a name, as the other scripts walk them.
//   before: what to do once the page is there (open something on it)
//   expected: console lines that belong to it, such as the browser's own line for a 404

const levers = "cut=Queue:40&remove=Awaiting+approval&add_capacity=Analysis:20%25&cost=Queue:5000&cost_of_delay=120";
const missing = [/status of 404/];
const riskViews = ["", "scenarios", "scenario/ransomware", "scenario/edit/ransomware", "scenario/new", "controls", "appetite", "starters", "calibration"];
const flowViews = ["", "cycle-time", "ageing", "cumulative", "distribution", "waits", "demand", "people", "delivery", "forecast", "what-if"];
/** Types of records with one of each that the organisation "full" has. */
export const samples = {
  calendar: "office", person: "dana-reyes", priority: "keep-customers", kpi: "churn", team: "first-line", initiative: "credit-flow",
  decision: "credit", commitment: "rollback", engagement: "dana", meeting: "april", action: "send-list", metric_vote: "dana-speed",
  scenario: "ransomware", control: "backup", reduction: "mfa-leak", appetite: "bad", insurance_layer: "cyber", service: "erp",
  ai_tool: "answer-bot",
  effect: "credit-days", funding_level: "rule-only", assumption: "cost-quotes", benefit_reading: "portal-spring", adoption_group: "shops", adoption_reading: "shops-april",
  link: "incidents-serve", waiver: "old-work", value_stream: "incidents", work_item: "inc0000298", organisation: "self",
};
const press = (key) => async (page) => {
  await page.locator("h1").waitFor();
  await page.keyboard.press(key);
};
const click = (selector) => async (page) => page.locator(selector).first().click();

const exported = `Issue key;Created;Resolved;Status;Assignment group\n${Array.from({ length: 40 }, (_, i) => `T-${i};${10 + (i % 9)}.0${1 + (i % 6)}.2026 08:00;${i % 3 === 0 ? "" : `${15 + (i % 9)}.0${1 + (i % 6)}.2026 09:30`};${i % 3 === 0 ? (i % 2 === 0 ? "Waiting for vendor" : "In Progress") : "Done"};Desk`).join("\n")}\nT-x;soon;;Done;Desk\n`;
/** An import as it stands at a step; the file is sent once and waits. */
const importing = (step) => async (page) => {
  await page.locator("#import-file").waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  const go = page.getByRole("button", { name: /^Go on/ }).first();
  await page.waitForTimeout(400);
  if ((await go.count()) === 0) await page.locator("#import-file").setInputFiles({ name: "desk.csv", mimeType: "text/csv", buffer: Buffer.from(exported) });
  await go.waitFor();
  for (const next of ["read", "means", "preview"].slice(0, ["drop", "read", "means", "preview"].indexOf(step))) {
    await go.click();
    await page.waitForFunction((said) => new URL(location.href).searchParams.get("step") === said, next);
  }
};

function flow(org, query = "") {
  return flowViews.map((view) => {
    return { name: `${org}: flow ${view === "" ? "overview" : view}${query === "" ? "" : ` ${query}`}`, path: `/o/${org}/flow${view === "" ? "" : `/${view}`}${query}` };
  });
}
function* all() {
  yield { name: "organisations", path: "/" };
  yield { name: "sample: The Table", path: "/o/sample" };
  yield { name: "full: The Table", path: "/o/full" };
  yield { name: "full: The Table as of 15 Apr", path: "/o/full?as-of=2016-04-15" };
  yield { name: "full: The Table with a figure open", path: "/o/full?figure=flow.cycle_time.km.p85" };
  yield { name: "full: The Table, finding", path: "/o/full", before: press("/") };
  yield { name: "full: The Table, list of keys", path: "/o/full", before: press("?") };
  yield* flow("full");
  yield { name: "full: flow overview as of 15 Apr", path: "/o/full/flow?as-of=2016-04-15" };
  yield { name: "full: life of an item", path: "/o/full/flow/cycle-time?item=INC0000298" };
  yield { name: "full: part of the finished work", path: "/o/full/flow/cycle-time?done-from=2016-04-01&least=30" };
  yield { name: "full: chart as a table", path: "/o/full/flow/cycle-time", before: click("main button:text-is('Table')") };
  yield { name: "full: life of an open item", path: "/o/full/flow/ageing?item=INC0000298" };
  yield { name: "full: work that waited for a party", path: "/o/full/flow/waits?party=vendor" };
  yield { name: "full: work that waited in a state", path: "/o/full/flow/waits?state=Awaiting+User+Info&rows=all&pairs=all" };
  yield { name: "full: ageing of one state", path: "/o/full/flow/ageing?state=Active" };
  yield { name: "full: every area and team", path: "/o/full/flow/people?areas=all&teams=all&measure=concurrent" };
  yield { name: "full: every team of the demand", path: "/o/full/flow/demand?teams=all" };
  yield* flow("long").filter(({ path }) => /ageing|waits|demand|people|delivery|forecast|what-if/.test(path));
  yield { name: "long: forecast as a fan", path: "/o/long/flow/forecast?view=fan" };
  yield { name: "long: forecast of how many", path: "/o/long/flow/forecast?by=2026-02-10" };
  yield { name: "long: forecast of two streams", path: "/o/long/flow/forecast?stream=orders,invoices&items=30,10-20&split=0.1" };
  yield { name: "long: forecast that is not reached", path: "/o/long/flow/forecast?items=90000" };
  yield { name: "long: forecast of no number", path: "/o/long/flow/forecast?items=many", expected: [/status of 422/] };
  yield { name: "full: forecast from too few weeks", path: "/o/full/flow/forecast?as-of=2016-03-16" };
  yield { name: "long: what if, three levers", path: `/o/long/flow/what-if?${levers}` };
  yield { name: "long: what if of which nothing can be said", path: "/o/long/flow/what-if?add_capacity=Development:2&cut=Queue:20" };
  yield { name: "long: what if in a state that is not there", path: "/o/long/flow/what-if?cut=Nowhere:30", expected: [/status of 422/] };
  yield { name: "full: strategy", path: "/o/full/strategy" };
  yield { name: "full: investment", path: "/o/full/investment" };
  yield { name: "full: cases", path: "/o/full/investment/cases" };
  yield { name: "full: cases that are over", path: "/o/full/investment/cases?show=over" };
  yield { name: "full: one case", path: "/o/full/investment/case/credit-flow" };
  yield { name: "full: a case whose benefits came", path: "/o/full/investment/case/portal?inputs=all" };
  yield { name: "full: a case that cannot be valued much", path: "/o/full/investment/case/predictive-maintenance" };
  yield { name: "full: a case, something tried", path: "/o/full/investment/case/credit-flow?try=one_off_cost:1.2&try=adoption:0.8" };
  yield { name: "full: a case, an estimate changed", path: "/o/full/investment/case/credit-flow?edit=one_off_cost" };
  yield { name: "full: a case, charts as tables", path: "/o/full/investment/case/portal", before: async (page) => {
    const tables = page.locator("main .tbc-tools button:text-is('Table')");
    for (let i = await tables.count(); i > 0; --i) await tables.nth(i - 1).click();
  } };
  yield { name: "full: a case, signing", path: "/o/full/investment/case/portal", before: click("main button:has-text('Sign')") };
  yield { name: "full: a case, a reading", path: "/o/full/investment/case/portal", before: click("main button:has-text('Add a reading')") };
  yield { name: "full: case of nothing", path: "/o/full/investment/case/nothing", expected: missing };
  yield { name: "full: new case", path: "/o/full/investment/new" };
  yield { name: "full: new case, half typed", path: "/o/full/investment/new", before: async (page) => {
    for (const [field, text] of [["name", "A lighter month end"], ["benefit.low", "90k"], ["benefit.likely", "60k"], ["benefit.high", "200k"], ["cost.low", "-5"], ["cost.likely", "ten"], ["cost.high", "90k"]]) await page.locator(`[id="field-${field}"]`).fill(text);
  } };
  yield { name: "full: new case, first curve", path: "/o/full/investment/new", before: async (page) => {
    for (const [field, text] of [["name", "A lighter month end"], ["benefit.low", "30k"], ["benefit.likely", "60k"], ["benefit.high", "200k"], ["cost.low", "60k"], ["cost.likely", "80k"], ["cost.high", "150k"]]) await page.locator(`[id="field-${field}"]`).fill(text);
    await page.locator("[data-chart=case-dots]").waitFor();
  } };
  yield { name: "full: decisions", path: "/o/full/governance" };
  yield { name: "full: commitments", path: "/o/full/governance/commitments" };
  yield { name: "full: partners", path: "/o/full/partnership" };
  yield { name: "full: review, prepare", path: "/o/full/partnership/review/dana" };
  yield { name: "full: review of a partner never met", path: "/o/full/partnership/review/vendor" };
  yield { name: "full: review that is closed", path: "/o/full/partnership/review/dana?meeting=march" };
  yield { name: "full: review of nobody", path: "/o/full/partnership/review/nobody", expected: missing };
  yield { name: "full: review, hold", path: "/o/full/partnership/review/ravi?step=hold" };
  yield { name: "full: review, close", path: "/o/full/partnership/review/ravi?step=close" };
  for (const org of ["full", "long", "sample", "empty"]) yield { name: `${org}: diagnosis`, path: `/o/${org}/partnership/diagnosis` };
  yield { name: "full: diagnosis as of 15 Apr", path: "/o/full/partnership/diagnosis?as-of=2016-04-15" };
  yield { name: "long: diagnosis, a dispute", path: "/o/long/partnership/diagnosis", before: click("main li button:has-text('Dispute')") };
  yield { name: "full: AI tools", path: "/o/full/risk/ai-tools" };
  yield { name: "full: AI tools, not examined", path: "/o/full/risk/ai-tools?needs=evaluation&rows=all" };
  yield { name: "full: AI tools, none like that", path: "/o/full/risk/ai-tools?q=nothing+at+all" };
  yield { name: "empty: AI tools", path: "/o/empty/risk/ai-tools" };
  for (const view of riskViews) yield { name: `full: risk ${view === "" ? "exposure" : view}`, path: `/o/full/risk${view === "" ? "" : `/${view}`}` };
  yield { name: "full: risk, controls switched and a budget", path: "/o/full/risk?controls=mfa,backup&budget=150000&chances=rare" };
  yield { name: "full: risk, every control off", path: "/o/full/risk?controls=" };
  const ticked = "people=900&revenue=200000000&sector=manufacturing&chosen=ransomware,key-person,programme-overrun,fine";
  yield { name: "full: risk library, some ticked", path: `/o/full/risk/starters?${ticked}` };
  yield { name: "full: risk library, what a range rests on", path: `/o/full/risk/starters?${ticked}`, before: click("[data-starter='programme-overrun'] button[aria-expanded]") };
  yield { name: "full: risk library, the appetite", path: `/o/full/risk/starters?${ticked}&step=agree` };
  yield { name: "full: risk library, answers that cannot be", path: "/o/full/risk/starters?people=0", expected: [/status of 422/] };
  yield { name: "full: a round of guesses", path: "/o/full/risk/calibration", before: async (page) => {
    await page.locator("#guess-name").fill("Dana Reyes");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.locator("#guess-low").waitFor();
  } };
  yield { name: "full: risk, no such budget", path: "/o/full/risk?budget=plenty" };
  yield { name: "full: risk scenario in another shape", path: "/o/full/risk/scenario/edit/leak" };
  yield { name: "full: risk scenario that is not finished", path: "/o/full/risk/scenario/strike" };
  yield { name: "full: risk scenario accepted", path: "/o/full/risk/scenario/outage", before: async (page) => {
    await page.getByRole("button", { name: "Accept it" }).click();
    await page.locator("dialog[open]").waitFor();
  } };
  yield { name: "full: risk scenarios, found", path: "/o/full/risk/scenarios?q=orders" };
  yield { name: "full: no such risk scenario", path: "/o/full/risk/scenario/nobody", expected: missing };
  yield { name: "full: faults of a scenario", path: "/o/full/risk/scenario/new", before: async (page) => {
    await page.locator("#field-frequency").fill("3");
    await page.locator("#field-frequency-high").fill("20");
    await page.locator("#field-primary_loss").fill("0");
    await page.locator("#field-primary_loss-high").fill("much");
    await page.locator("form button[type=submit]").click();
    await page.locator("[aria-invalid=true]").first().waitFor();
  } };
  yield { name: "full: faults of an appetite", path: "/o/full/risk/appetite", before: async (page) => {
    await page.locator("input.chance").last().fill("1 in 2");
    await page.locator("input.chance").last().blur();
    await page.locator("[aria-invalid=true]").first().waitFor();
  } };
  yield { name: "full: rooms", path: "/o/full/rooms" };
  yield { name: "full: records", path: "/o/full/records" };
  for (const [type, id] of Object.entries(samples)) {
    const at = `/o/full/records/${type}`;
    yield { name: `full: list of ${type}`, path: at };
    yield { name: `full: one ${type}`, path: `${at}/${id}` };
    yield { name: `full: edit ${type}`, path: `${at}/${id}/edit` };
    if (type !== "work_item" && type !== "organisation") yield { name: `full: new ${type}`, path: `${at}/new` };
  }
  yield { name: "full: list of initiative, found", path: "/o/full/records/initiative?q=credit" };
  yield { name: "full: history", path: "/o/full/records/value_stream/incidents/history" };
  yield { name: "full: undo asked", path: "/o/full/records/value_stream/incidents/history", before: click("main ol > li button") };
  yield { name: "full: faults of a form", path: "/o/full/records/kpi/new", before: async (page) => {
    await page.locator("form button[type=submit]").click();
    await page.locator("[aria-invalid=true]").first().waitFor();
  } };
  yield { name: "full: sources", path: "/o/full/sources" };
  yield { name: "empty: import, files", path: "/o/empty/sources/import" };
  for (const step of ["drop", "read", "means", "preview"]) yield { name: `empty: import, ${step}`, path: "/o/empty/sources/import", before: importing(step) };
  yield { name: "full: import, first findings", path: "/o/full/sources/import?step=findings&import=imp_000001" };
  yield { name: "full: who are you", path: "/o/full/rooms", before: click("button.who >> visible=true") };
  yield { name: "all organisations, with doors", path: "/?all=1" };
  yield { name: "full: settings", path: "/o/full/settings" };
  yield { name: "full: findings", path: "/o/full/findings" };
  yield { name: "full: journal", path: "/o/full/journal" };
  yield { name: "no such page", path: "/o/full/nothing/here" };
  yield { name: "no such record", path: "/o/full/records/person/nobody", expected: missing };
  yield { name: "no such item", path: "/o/full/flow/cycle-time?item=INC9999999", expected: missing };
  yield { name: "no such organisation", path: "/o/nowhere", expected: missing };
  yield { name: "empty: The Table", path: "/o/empty" };
  yield* flow("empty");
  for (const path of ["strategy", "investment", "investment/cases", "investment/new", "governance", "governance/commitments", "partnership", "risk", "risk/scenarios", "risk/scenario/new", "risk/controls", "risk/appetite", "risk/starters", "risk/calibration", "records", "records/person", "records/initiative", "records/work_item", "sources", "findings", "journal", "settings"]) {
    yield { name: `empty: ${path}`, path: `/o/empty/${path}` };
  }
}
/** Pages whose name holds one of the words given on the command line; without words, all. */
export function pages(words = []) {
  return [...all()].filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

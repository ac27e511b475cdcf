// Every number of every page against the command line for the same moment: the value to its last digit,
// and the text as the rounding rules have it.
//   node tests/browser/figures.mjs [WORD...]        only pages whose name holds a word

import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { allOrganisations } from "./support/organisations.mjs";
import { pages } from "./support/pages.mjs";
import { fault, faultWithoutValue } from "./support/rounding.mjs";
import { Truth } from "./support/truth.mjs";

const moment = "as-of=2016-04-15";
const flow = ["flow", "flow/cycle-time", "flow/ageing", "flow/cumulative", "flow/cumulative?done=1", "flow/distribution", "flow/waits", "flow/waits?party=vendor", "flow/demand", "flow/people", "flow/delivery", "flow/forecast", "flow/what-if"];
const ahead = ["flow/forecast", "flow/forecast?view=fan", "flow/forecast?by=2026-02-10", "flow/forecast?items=20-40&split=0.2", "flow/forecast?stream=orders,invoices&items=30,10-20", "flow/what-if", "flow/what-if?cut=Queue:40&remove=Awaiting+approval&add_capacity=Analysis:20%25&cost_of_delay=120"];
const others = [
  ...flow.map((path) => ({ name: `sample: ${path}`, path: `/o/sample/${path}`, tables: true })),
  ...["", ...flow].map((path) => ({ name: `sample: ${path || "The Table"} as of 15 Apr`, path: `/o/sample${path && "/"}${path}${path.includes("?") ? "&" : "?"}${moment}`, tables: path !== "" })),
  ...ahead.map((path) => ({ name: `long: ${path}`, path: `/o/long/${path}`, tables: true })),
  { name: "full: risk as a table", path: "/o/full/risk?controls=mfa,backup", tables: true },
  { name: "full: risk scenario as a table", path: "/o/full/risk/scenario/ransomware", tables: true },
  { name: "sample: life of a finished item", path: "/o/sample/flow/cycle-time?item=INC0000317" },
];

/** What the page shows: key, value, moment, text; for stretches of an item also their lines. */
function collect() {
  return [...document.querySelectorAll("[data-figure]")].map((element) => {
    const lines = [...(element.closest("tbody")?.querySelectorAll("td.file") ?? [])].map((cell) => Number(/line (\d+)/.exec(cell.textContent)?.[1]));
    return { key: element.dataset.figure, value: element.dataset.value, asOf: element.dataset.asOf, day: element.dataset.day ?? null, text: element.innerText, lines };
  });
}
const dayName = (iso) => `${Number(iso.slice(8, 10))} ${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
const near = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b)));
const amount = (value) => (value !== null && typeof value === "object" ? Number(value.amount) : value);

await run(async (checks) => {
  const { data, server } = await allOrganisations();
  const browser = await launch();
  const { page } = await openPage(browser);
  const truths = new Map();
  const truth = (org, asOf) => {
    const name = `${org} ${asOf}`;
    if (!truths.has(name)) truths.set(name, new Truth(data, org, asOf));
    return truths.get(name);
  };
  const words = process.argv.slice(2);
  const chosen = others.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  let numbers = 0;
  for (const one of [...pages(words), ...chosen]) {
    if (one.before && !one.path.includes("flow")) continue; // shows what the page without it shows
    await page.goto(server.url + one.path);
    await settled(page);
    await one.before?.(page);
    let shown = await page.evaluate(collect);
    if (one.tables) {
      const switches = page.locator("main .tbc-tools button:text-is('Table')");
      for (let i = await switches.count(); i > 0; --i) await switches.nth(i - 1).click();
      await settled(page);
      shown = [...shown, ...(await page.evaluate(collect))];
    }
    const org = /^\/o\/(\w+)/.exec(one.path)?.[1];
    if (shown.length === 0 || org === undefined) continue;
    const wrong = new Map(); // kind of key: the first fault of it, and how many
    const tell = (key, what) => {
      const kind = key.replace(/\[[^\]]*\]/g, "[…]");
      wrong.set(kind, { what: wrong.get(kind)?.what ?? `${key}: ${what}`, count: (wrong.get(kind)?.count ?? 0) + 1 });
    };
    const query = new URL(server.url + one.path).searchParams;
    const edited = /\/risk\/scenario\/edit\/([^?]+)/.exec(one.path);
    if (edited) query.set("scenario", edited[1]);
    const asked = query.get("as-of");
    for (const { key, value, asOf, day, text, lines } of shown) {
      numbers += 1;
      if (asked !== null && !asOf.startsWith(asked)) tell(key, `is of ${asOf} on a page as of ${asked}`);
      const own = truth(org, asOf);
      let known = own.resolve(key, (then) => truth(org, then), query);
      const stretch = /^flow\.item\[(\w+)\]\.stretches\[(\d+)\]\.days$/.exec(key);
      if (stretch) {
        const days = own.lengthFrom(stretch[1], lines[Number(stretch[2])], lines[Number(stretch[2]) + 1] ?? null);
        known = days === undefined ? null : { value: days, unit: "days", width: 0, status: days === null ? "not_measurable" : "ok" };
      }
      if (known === null) {
        tell(key, "no figure and no cell of this key; name it as docs/reference/figures.md or the arrays of `tiebeam flow metrics --json` do");
        continue;
      }
      const page = JSON.parse(value);
      if (!near(amount(page), amount(known.value))) tell(key, `the page holds ${value}, the command line says ${JSON.stringify(known.value)}`);
      if (day !== null && page !== null) {
        // A day in place of its distance: the day, and that the two agree.
        if (text.replace(/\u00a0/g, " ") !== dayName(day)) tell(key, `'${text}' for ${day}`);
        if (dayName(new Date(Date.parse(`${asOf.slice(0, 10)}T00:00:00Z`) + page * 86_400_000).toISOString()) !== dayName(day)) tell(key, `${day} is not ${page} days after ${asOf}`);
      } else if (page === null) {
        const said = faultWithoutValue(text, known.status);
        if (said !== "") tell(key, said);
      } else if (!/^(✓|✗)?\s*no.change/.test(text)) {
        const said = fault(text, amount(page), known);
        if (said !== "") tell(key, said);
      } else if (Math.abs(amount(page)) > (known.least ?? 0) / 2 + 1e-9) tell(key, `'${text}' for ${value}`);
    }
    checks.passed += new Set(shown.map(({ key }) => key)).size - [...wrong.values()].reduce((sum, { count }) => sum + count, 0);
    for (const { what, count } of wrong.values()) {
      checks.failed += count;
      console.log(`FAILED: ${one.name}: ${what}${count > 1 ? ` (and ${count - 1} more of its kind)` : ""}`);
    }
  }
  console.log(`${numbers} numbers compared`);
  checks.check("pages hold numbers", words.length > 0 || numbers > 1500, `only ${numbers}: do the pages still mark them with data-figure?`);
  await browser.close();
  await server.stop();
});

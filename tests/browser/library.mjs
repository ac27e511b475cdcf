// Nobody starts from a blank form: in the browser alone from the library of starting points to a curve against an
// appetite, in the time a slow reader needs, and back in one step; ten guesses by keyboard.
//   node tests/browser/library.mjs

import path from "node:path";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { asked, send, serve, temporaryFolder } from "./support/program.mjs";
import { SlowReader } from "./support/slow_reader.mjs";

const mostSeconds = 180;
const chosen = ["ransomware", "payment-fraud", "key-person", "failed-change", "programme-overrun"];
const heading = async (page) => (await page.locator("h1").innerText()).replace(/[\s\u00a0]+/g, " ");
const list = (data, type) => asked(data, "our-company", "record", type, "list").records;

async function library(checks, page, data, url) {
  const reader = new SlowReader(page);
  await reader.then(() => page.goto(`${url}/o/our-company/risk/starters`), () => page.locator("#starter-people").waitFor());
  checks.check("twenty starting points stand there, none ticked", (await page.locator("[data-starter]").count()) === 20 && (await page.locator("[data-starter] input:checked").count()) === 0);
  await reader.then(() => page.locator("#starter-people").fill("900"));
  await reader.then(() => page.locator("#starter-revenue").fill("200m"));
  await reader.then(() => page.locator("#starter-sector").selectOption("manufacturing"), () => page.waitForURL(/sector=manufacturing/));
  for (const id of chosen) await reader.then(() => page.locator(`#starter-${id}`).check(), () => page.waitForFunction(() => document.querySelector("[aria-busy='true']") === null));
  checks.check("the title says what a bad year costs", /One year in ten.*€/.test(await heading(page)), await heading(page));
  checks.check("its curve is drawn before anything is written", (await page.locator("[data-chart=starters] path.p-actual").count()) === 1 && list(data, "scenario").length === 0);
  const shown = await page.locator("h1 [data-figure]").getAttribute("data-value");
  await reader.then(() => page.getByRole("button", { name: "Add 5 scenarios" }).click(), () => page.locator("#agree").waitFor());
  await reader.then(() => page.locator("#agree-name").fill("Ravi Okafor"));
  await reader.then(() => page.getByRole("button", { name: "Set the appetite" }).click(), () => page.locator("[data-chart=exposure] svg.drawing").waitFor(), "#main h1");
  const curve = page.locator("[data-chart=exposure]");
  checks.check("today and the appetite are drawn", (await curve.locator("path.p-actual").count()) === 1 && (await curve.locator("path.guard").count()) === 1, await curve.innerText());
  checks.check("the title says how it stands against what was agreed", /agreed|tell/.test(await heading(page)), await heading(page));
  console.log(`from the library to a curve against an appetite: ${reader.told}`);
  checks.check("a slow reader is there in three minutes", reader.seconds < mostSeconds, reader.told);
  const bad = asked(data, "our-company", "risk", "exposure").figures.find((figure) => figure.key === "risk.loss.p90");
  checks.check("the number that was promised is the number that stands", JSON.stringify(bad.value) === shown, `${shown} ${JSON.stringify(bad.value)}`);
  const appetite = list(data, "appetite");
  checks.check("two points are kept with the name of who agreed", appetite.length === 2 && appetite.every((one) => one.set_by === "ravi-okafor"), JSON.stringify(appetite));
}

async function backAgain(checks, page, data, url) {
  await page.goto(`${url}/o/our-company/risk/starters`);
  await settled(page);
  checks.check("what is on record cannot be ticked again", await page.locator("#starter-ransomware").isDisabled());
  await page.locator("#starter-fine").check();
  await settled(page);
  const before = list(data, "control").length;
  await page.getByRole("button", { name: "Add 1 scenario" }).click();
  await page.locator("#agree").waitFor();
  checks.check("one more is there, with its control", list(data, "scenario").length === 6 && list(data, "control").length === before + 1);
  await page.getByRole("button", { name: "Undo" }).click();
  await checks.holds("one step takes it back", () => list(data, "scenario").length === 5 && list(data, "control").length === before, () => JSON.stringify(list(data, "scenario").map((one) => one.id)));
}

async function refused(checks, page, url) {
  await page.goto(`${url}/o/our-company/risk/starters`);
  await settled(page);
  await page.locator("#starter-people").fill("a few");
  await page.locator("#starter-people").blur();
  checks.check("what is no number is told beside its question", /Write a number/.test(await page.locator("#starter-people-fault").innerText()));
  await page.goto(`${url}/o/our-company/risk/starters?chosen=fine&step=agree`);
  await settled(page);
  await page.locator("#agree .amount").nth(1).fill("100");
  await page.locator("#agree-known + button, #agree-known ~ button").first().click(); // who agreed before
  await page.getByRole("button", { name: "Set the appetite" }).click();
  checks.check("a rarer year that is cheaper is told beside it", /may cost more/.test(await page.locator("#agree").innerText()));
  checks.check("and so is a missing name", /somebody's/.test(await page.locator("#agree-who").innerText()));
}

/** Once more with an appetite on record: it is changed, not set beside itself. */
async function agreedAgain(checks, page, data, url) {
  await page.goto(`${url}/o/our-company/risk/starters?chosen=fine&step=agree`);
  await settled(page);
  const before = list(data, "appetite");
  const shown = await page.locator("#agree .amount").evaluateAll((all) => all.map((one) => one.value));
  checks.check("the appetite on record stands there", JSON.stringify(shown) === JSON.stringify(["1m", "5m"]), JSON.stringify([shown, before.map((one) => one.loss)]));
  checks.check("with who agreed to it", (await page.locator("#agree-known").inputValue()) === "Ravi Okafor", await page.locator("#agree-known").inputValue());
  await page.locator("#agree .amount").nth(0).fill("1.2m");
  await page.getByRole("button", { name: "Set the appetite" }).click();
  await page.waitForURL("**/risk");
  const after = list(data, "appetite");
  checks.check("a point is moved, and none comes beside it", JSON.stringify(after.map((one) => one.id)) === JSON.stringify(before.map((one) => one.id)) && after.some((one) => one.loss.amount === "1200000.00") && !after.some((one) => one.loss.amount === "1000000.00"), JSON.stringify(after.map((one) => [one.id, one.loss])));
}

async function guesses(checks, page, data, url) {
  await page.goto(`${url}/o/our-company/risk/calibration`);
  await settled(page);
  await page.getByRole("button", { name: "Begin" }).click();
  checks.check("a name is needed, and the field is told", (await page.locator("#guess-name").getAttribute("aria-invalid")) === "true");
  await page.locator("#guess-name").fill("Dana Reyes");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.locator("#guess-low").waitFor();
  await page.keyboard.type("9");
  await page.keyboard.press("Enter");
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  checks.check("ends in the wrong order are told, and nothing is lost", /exchange/.test(await page.locator("#guess-high-fault").innerText()) && (await page.locator("#guess-low").inputValue()) === "9");
  await page.locator("#guess-low").fill("1");
  await page.locator("#guess-high").focus();
  await page.keyboard.press("Enter");
  for (let i = 2; i <= 10; ++i) {
    await page.getByText(`Question ${i} of 10`).waitFor();
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await page.keyboard.type("1bn");
    await page.keyboard.press("Enter");
  }
  await page.getByText("Question by question").waitFor();
  await settled(page);
  const round = asked(data, "our-company", "risk", "calibration").people[0].rounds[0];
  const said = JSON.parse(await page.locator("h1 [data-figure]").getAttribute("data-value"));
  checks.check("the page says as many hits as the command line", said === round.hits.value && round.answers.length === 10, `${said} ${JSON.stringify(round.hits)}`);
  checks.check("by keyboard alone ten ranges were given, nine of them as wide as can be", said >= 9, await heading(page));
}

await run(async (checks) => {
  const data = path.join(temporaryFolder(), "data");
  const server = await serve(data);
  await send(server.url, "POST", "/orgs", { name: "Our company", currency: "EUR" });
  const browser = await launch();
  const { page, faults } = await openPage(browser);
  await library(checks, page, data, server.url);
  await backAgain(checks, page, data, server.url);
  await refused(checks, page, server.url);
  await agreedAgain(checks, page, data, server.url);
  await guesses(checks, page, data, server.url);
  const found = await faults();
  checks.check("nothing is wrong in the console", found.length === 0, found.slice(0, 5).join("\n  "));
  await browser.close();
  await server.stop();
});

// The main job in a browser, with a pointer: from The Table down to a line of the source file, through
// every page of the flow room, and a record changed and changed back. Back and reload keep the view.
//   node tests/browser/journey.mjs

import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { asked, importSample, root, serve, temporaryFolder } from "./support/program.mjs";

await run(async (checks) => {
  const data = temporaryFolder();
  importSample(data);
  const server = await serve(data);
  const browser = await launch();
  const { page, faults } = await openPage(browser);
  const main = page.locator("#main");
  const drawer = page.locator("[role=dialog][aria-labelledby=drawer-title]");
  const heading = async () => (await page.locator("h1").innerText()).replace(/\s+/g, " ");
  const search = () => new URL(page.url()).searchParams;
  const noFaults = async (where) => {
    const found = await faults();
    checks.check(`nothing is wrong in the console ${where}`, found.length === 0, found.slice(0, 5).join("\n  "));
  };
  const reload = async () => {
    await page.reload();
    await settled(page);
  };

  // The Table answers in a sentence of figures.
  await page.goto(`${server.url}/o/sample`);
  await settled(page);
  const answer = await heading();
  checks.check("The Table's title is a sentence with numbers", /\d/.test(answer) && answer.length > 40, answer);
  checks.check("The Table has five slots", (await main.locator(".five > *").count()) === 5, "rooms/briefing/web/parts/Slots.svelte");
  await noFaults("on The Table");

  // A number opens: formula, inputs, rows with file and line, command to recompute.
  const key = "flow.cycle_time.km.p85";
  await main.locator(`.five [data-figure="${key}"]`).click();
  await drawer.waitFor();
  const told = asked(data, "sample", "figure", key, "--explain");
  await checks.holds("the drawer shows the rows behind the number", async () => (await drawer.locator("li:has(.what)").count()) > 0, "no evidence rows within 8 s");
  const text = (await drawer.innerText()).replace(/\u00a0/g, " ");
  checks.check("the drawer shows the formula", text.includes(told.trail.formula), `expected "${told.trail.formula}"`);
  const source = told.trail.inputs.find((input) => "import" in input);
  checks.check("the drawer names the file that went in", source !== undefined && text.includes(source.import), JSON.stringify(told.trail.inputs));
  checks.check("evidence rows name file and line", /incident_event_log_2016Q1\.csv\.gz: lines? [\d,]+/.test(text), text.slice(-300));
  checks.check("the drawer gives the command to recompute", text.includes(`tiebeam figure ${key}`), "no command in the drawer");
  checks.check("the address holds the open figure", search().get("figure") === key, page.url());
  await page.goBack();
  await checks.holds("Back closes the drawer", async () => (await drawer.count()) === 0, "the drawer is still open");
  await page.goForward();
  await drawer.waitFor();
  await reload();
  await checks.holds("reload keeps the drawer open", async () => (await drawer.locator("li:has(.what) a").count()) > 0, page.url());
  await noFaults("with the drawer");

  // Down to the life of one item, and to the lines it was read from.
  const row = drawer.locator("li:has(.what)").first();
  const item = await row.locator("a").innerText();
  await row.locator("a").click();
  const life = main.locator("section", { has: page.locator("h2", { hasText: `The life of ${item}` }) });
  await life.waitFor();
  await settled(page);
  const lines = gunzipSync(fs.readFileSync(path.join(root, "sample", "incident_event_log_2016Q1.csv.gz"))).toString().split("\n");
  const stretches = await life.locator("tbody tr").evaluateAll((rows) => rows.map((one) => ({ state: one.querySelector("th").firstChild.textContent.trim(), place: one.querySelector("td.file").textContent })));
  checks.check("the life line lists its stretches", stretches.length > 1, await life.innerText());
  for (const { state, place } of stretches) {
    const line = Number(/^incident_event_log_2016Q1\.csv\.gz, line (\d+)$/.exec(place)?.[1]);
    const read = lines[line - 1] ?? "";
    checks.check(`'${place}' of ${item} is the line that says ${state}`, read.startsWith(`${item},`) && read.includes(state), `that line reads: ${read}`);
  }
  await reload();
  await checks.holds("reload keeps the item open", () => life.isVisible(), page.url());
  await page.goBack();
  await settled(page);
  checks.check("Back returns to The Table", (await heading()) === answer, await heading());
  await checks.holds("with the figure still open", () => drawer.isVisible(), page.url());
  if ((await drawer.count()) === 0) await main.locator(`.five [data-figure="${key}"]`).click();
  await drawer.getByRole("button", { name: "Close" }).click();
  await checks.holds("Close closes the drawer", async () => (await drawer.count()) === 0 && !search().has("figure"), page.url());
  await noFaults("on the way to a line of the source");

  // Every page of the flow room, from its tab.
  await page.getByRole("navigation", { name: "Rooms", exact: true }).getByRole("link", { name: /^Flow/ }).click();
  await settled(page);
  const tabs = main.getByRole("navigation", { name: /Views of/ }).getByRole("link");
  const names = await tabs.allInnerTexts();
  checks.check("the flow room has eleven views", names.length === 11, names.join(", "));
  let before = await heading();
  for (const name of names.slice(1)) {
    await tabs.getByText(name, { exact: true }).click();
    await checks.holds(`${name} opens`, async () => (await heading()) !== before, `its title is that of the page before: ${before}`);
    await settled(page);
    before = await heading();
    checks.check(`${name}: the tab says where one is`, (await main.locator(".tabs [aria-current=page]").innerText()) === name, "aria-current is elsewhere");
    checks.check(`${name}: the title is a sentence`, before.length > 15 && /[.?]$/.test(before), before);
    // The sample has no deployments: there the page says how to bring them in.
    const shown = name === "Delivery" ? main.getByRole("link", { name: "Import deployments and incidents" }) : main.locator("svg, canvas, table");
    checks.check(`${name}: something was drawn or listed`, (await shown.count()) > 0, "nothing is shown, and no next step");
    await noFaults(`on ${name}`);
  }
  await reload();
  checks.check("reload keeps the view", (await heading()) === before, await heading());
  await page.goBack();
  await checks.holds("Back goes one view back", async () => (await heading()) !== before, await heading());
  await settled(page);

  // What the value stream promises is not on record: the slot is open.
  const promised = page.locator(".five > *", { hasText: "Finished as promised" });
  const table = async () => {
    await page.getByRole("navigation", { name: "Rooms", exact: true }).getByRole("link", { name: "The Table" }).click();
    await promised.waitFor();
    await settled(page);
  };
  await table();
  checks.check("without a promise the slot is open", (await promised.locator("[data-figure]").count()) === 0, await promised.innerText());
  await page.getByRole("navigation", { name: "Rooms", exact: true }).getByRole("link", { name: "Records" }).click();
  await settled(page);
  await main.getByRole("link", { name: /^Value streams?/ }).first().click();
  await main.getByRole("link", { name: "Incidents" }).click();
  await main.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Expectation days").fill("10");
  await main.getByRole("button", { name: "Save" }).click();
  await checks.holds("saving says so", async () => /saved/.test(await page.locator(".toasts").innerText()), "no toast");
  await checks.holds("the program has it", () => asked(data, "sample", "record", "value_stream", "show", "incidents").expectation_days === 10, "tiebeam record value_stream show incidents");
  await table();
  await checks.holds("the slot is a figure now", async () => (await promised.locator("[data-figure='flow.expectation.share']").count()) === 1, () => promised.innerText());
  const shown = JSON.parse(await promised.locator("[data-figure='flow.expectation.share']").getAttribute("data-value"));
  const computed = asked(data, "sample", "figure", "flow.expectation.share").value;
  checks.check("it is the program's number", shown === computed, `the page has ${shown}, tiebeam figure has ${computed}`);

  // Its history has the change; undone, the slot is open again.
  await page.goto(`${server.url}/o/sample/records/value_stream/incidents/history`);
  await settled(page);
  const entry = main.locator("ol > li").first();
  checks.check("the history shows the change", /expectation days.*10/is.test(await entry.innerText()), await entry.innerText());
  await entry.getByRole("button", { name: /Undo/ }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Undo" }).click();
  await checks.holds("the history has the way back as an entry", async () => (await main.locator("ol > li").count()) >= 3 || /Expectation days\s*10/i.test(await main.locator("ol > li").first().innerText()), () => main.innerText());
  await checks.holds("the program has no promise again", () => asked(data, "sample", "record", "value_stream", "show", "incidents").expectation_days == null, "tiebeam record value_stream show incidents");
  await table();
  await checks.holds("the slot is open again", async () => (await promised.locator("[data-figure]").count()) === 0, () => promised.innerText());
  await noFaults("while a record was changed");

  await browser.close();
  await server.stop();
});

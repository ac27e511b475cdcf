// A first run by keyboard, in an empty directory: an own organisation, an export nobody has seen before, every
// step of its import with the program killed and started again in each, first findings, who wrote, and a
// second organisation that shows nothing of the first. Says how long the waits were.
//   node tests/browser/first_run.mjs [ROWS]      ROWS of the large export, 100000 unless said; 0: none

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { serve, temporaryFolder } from "./support/program.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
const large = Number(process.argv[2] ?? 100_000);
const states = ["Neu", "In Bearbeitung", "Wartet auf Lieferant", "Erledigt", "Odd corner"];
const two = (n) => String(n).padStart(2, "0");

/** An event export with words of its own, semicolons, days before months and a row that cannot be read. */
function history(items, name) {
  const lines = ["item;at;state;team"];
  for (let i = 0; i < items; i += 1) {
    for (let step = 0; step < 4; step += 1) {
      if (step === 3 && i % 5 === 0) continue;
      const day = new Date(Date.UTC(2026, 0, 1 + (i % 170) + step * (1 + (i % 6)), 8, (i * 7 + step) % 60));
      lines.push(`${name}-${i};${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.2026 ${two(day.getUTCHours())}:${two(day.getUTCMinutes())};${i % 41 === 0 && step === 1 ? states[4] : states[step]};Desk ${i % 4}`);
    }
  }
  lines.push(`${name}-x;bald;Neu;Desk`);
  return Buffer.from(lines.join("\n") + "\n");
}

await run(async (checks) => {
  const data = path.join(temporaryFolder(), "data");
  let server = await serve(data);
  const port = Number(new URL(server.url).port);
  const browser = await launch();
  const { page, faults } = await openPage(browser);
  const away = [/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_SOCKET_NOT_CONNECTED|EventSource/, /status of 404.*\/jobs\/job_/]; // it was killed
  const main = page.locator("#main");
  const param = (name) => new URL(page.url()).searchParams.get(name);
  const step = (said) => page.waitForFunction((wanted) => (new URL(location.href).searchParams.get("step") ?? "drop") === wanted, said);
  /** Presses Tab until something with this name has the focus, then Enter. */
  const press = async (name, role = /.*/) => {
    for (let i = 0; i < 120; i += 1) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(() => `${document.activeElement?.textContent ?? ""} ${document.activeElement?.getAttribute("aria-label") ?? ""}`);
      if (name.test(here.trim()) && role.test(here)) return page.keyboard.press("Enter");
    }
    throw new Error(`Tab never reaches ${name}`);
  };
  const clean = async (where) => {
    await settled(page);
    await page.evaluate(axe);
    const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), tags);
    checks.check(`${where}: axe finds nothing`, violations.length === 0, violations.map((one) => `${one.id}: ${one.nodes[0].target}`).join("\n  "));
    const found = await faults(away);
    checks.check(`${where}: nothing is wrong in the console`, found.length === 0, found.slice(0, 4).join("\n  "));
  };
  /** The program is killed, and started again where it was. */
  const restart = async () => {
    await server.kill();
    server = await serve(data, port);
    await page.reload();
    await settled(page);
  };

  // The doors.
  await page.goto(`${server.url}/`);
  await page.getByRole("heading", { name: "Start with ours" }).waitFor();
  checks.check("the real sample is behind a door", await page.getByRole("button", { name: "Look at the sample" }).isVisible());
  await clean("the doors");
  await page.locator("#begin-name").focus();
  await page.keyboard.type("Northmere Foods");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/o/northmere-foods/sources/import");
  await settled(page);

  // Step 1: a file that is read, and one that is refused beside its name.
  await page.locator("#import-file").setInputFiles([
    { name: "vorgaenge.csv", mimeType: "text/csv", buffer: history(200, "V") },
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<html><body>Please sign in</body></html>") },
  ]);
  const lines = main.locator("ul > li");
  await lines.filter({ hasText: "vorgaenge.csv" }).getByText("ok", { exact: true }).waitFor();
  await checks.holds("a file that cannot be read says why beside its name", () => lines.filter({ hasText: "page.html" }).locator(".why").isVisible(), () => main.innerText());
  await clean("files");
  await restart();
  await checks.holds("killed with files waiting: both are there", async () => (await lines.count()) === 2, () => main.innerText());

  // Words nobody knows: what each column is can be said.
  await page.locator("#import-file").setInputFiles({ name: "fremd.csv", mimeType: "text/csv", buffer: Buffer.from("Nummer X;Angelegt X;Zu X\nA-1;10.01.2026 08:00;12.01.2026 08:00\nA-2;31.01.2026 08:00;\n") });
  const strange = lines.filter({ hasText: "fremd.csv" });
  await strange.getByLabel("What Nummer X is").waitFor();
  await clean("a file of unknown columns");
  for (const [column, role] of [["Nummer X", "key"], ["Angelegt X", "created"], ["Zu X", "resolved"]]) await strange.getByLabel(`What ${column} is`).selectOption(role);
  await strange.getByText("ok", { exact: true }).waitFor();
  checks.check("told what its columns are, it is read", /Tickets, \d+ entries are new/.test(await strange.innerText()), await strange.innerText());
  await strange.getByRole("button", { name: "Drop fremd.csv" }).click();
  await strange.waitFor({ state: "detached" });
  await press(/^Go on with vorgaenge/);
  await step("read");

  // Step 2: what was read; an answer reads it again.
  await settled(page);
  checks.check("what was read is told", /semicolon/i.test(await main.innerText()), await main.innerText());
  checks.check("rejected rows are shown, and can be taken along", /bald/.test(await main.innerText()) && (await main.getByRole("link", { name: /Download/ }).getAttribute("href")).endsWith("/rejects.csv"));
  await page.getByLabel("Order of dates").focus();
  await page.keyboard.press("ArrowDown");
  await main.getByText("Reading the file again").waitFor();
  await settled(page);
  await checks.holds("an answer stays", async () => (await page.getByLabel("Order of dates").inputValue()) === "day-first", () => main.innerText());
  await clean("what we read");
  await restart();
  checks.check("killed at what was read: the step and the answer are there", param("step") === "read" && (await page.getByLabel("Order of dates").inputValue()) === "day-first", page.url());
  await press(/^Go on$/);
  await step("means");

  // Step 3: meanings.
  await settled(page);
  const odd = page.getByLabel("What Odd corner means");
  checks.check("a state nobody knows says so", (await odd.inputValue()) === "" || /guess/.test(await main.innerText()), await main.innerText());
  await odd.focus();
  await odd.selectOption("wait");
  await settled(page);
  const party = page.getByLabel("Whom Wartet auf Lieferant waits for");
  if ((await party.count()) > 0) {
    await party.focus();
    await page.keyboard.type("vendor");
    await page.keyboard.press("Tab");
    await settled(page);
  }
  await clean("what it means");
  await restart();
  await checks.holds("killed at the meanings: what was chosen is there", async () => param("step") === "means" && (await odd.inputValue()) === "wait", () => page.url());
  await page.goBack();
  await checks.holds("Back goes a step back", async () => param("step") === "read", () => page.url());
  await page.goForward();
  await step("means");
  await settled(page);
  await press(/^Go on$/);
  await step("preview");

  // Step 4 and 5: the preview, and the import with the program killed in it.
  await settled(page);
  checks.check("the preview says what is new and what is rejected", /New\s+7\d\d/.test(await main.innerText()) && /Rejected\s+✗ 1/.test(await main.innerText()), await main.innerText());
  await clean("preview");
  await restart();
  await press(/^Import [\d,]+ entr/);
  await server.kill();
  server = await serve(data, port);
  await step("findings").catch(async () => {
    await page.reload(); // a page that was told nothing for ten seconds
    await step("findings");
  });
  await settled(page);
  const sources = async (org) => (await (await fetch(`${server.url}/api/v1/orgs/${org}`)).json()).sources;
  const made = await sources("northmere-foods");
  checks.check("killed in the import: it is there once", made.length === 1 && made[0].rejected === 1, JSON.stringify(made));

  const link = new URL(page.url());
  link.search = `?step=import&file=prv_0000000000000000`;
  await page.goto(link.href);
  await settled(page);
  checks.check("an address alone imports nothing", param("step") === null && (await sources("northmere-foods")).length === 1, page.url());
  await page.goto(`${server.url}/o/northmere-foods/sources/import?step=findings&import=${made[0]?.id}`);
  await settled(page);

  // Step 6: findings.
  await checks.holds("first findings are figures that open", async () => (await main.locator("[data-figure]").count()) >= 5, () => main.innerText());
  checks.check("three next steps, no more", (await main.locator("ol:not(nav ol) > li").count()) === 3, await main.innerText());
  await clean("first findings");
  await main.locator('[data-figure="flow.cycle_time.km.p85"]').focus();
  await page.keyboard.press("Enter");
  await checks.holds("with its trail", async () => (await page.locator("[role=dialog][aria-labelledby=drawer-title]").innerText()).includes("How it was made"), async () => page.locator("[role=dialog]").allInnerTexts());
  await page.keyboard.press("Escape");

  // Who wrote.
  await page.goto(`${server.url}/o/northmere-foods/records/person/new`);
  await settled(page);
  await page.locator("#field-name").focus();
  await page.keyboard.type("Dana Reyes");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/records/person/dana-reyes");
  await settled(page);
  await page.locator(".rail .who").focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("I am").selectOption("dana-reyes");
  await page.keyboard.press("Escape");
  await checks.holds("the rail says who writes, not verified", async () => /Dana Reyes\s*identity not verified/.test(await page.locator(".rail .who").innerText()));
  await page.goto(`${server.url}/o/northmere-foods/records/person/dana-reyes/edit`);
  await settled(page);
  await page.locator("#field-role").fill("Head of operations");
  await page.locator("#field-role").press("Enter");
  await page.waitForURL("**/records/person/dana-reyes");
  await settled(page);
  await page.goto(`${server.url}/o/northmere-foods/records/person/dana-reyes/history`);
  await settled(page);
  await checks.holds("the history says who it was, not verified", async () => /Dana Reyes\s*identity not verified/.test(await main.locator("ol > li").first().innerText()), () => main.innerText());
  await clean("history");

  // A large export, and a second organisation.
  await page.goto(`${server.url}/?all=1`);
  await page.locator("#begin-name").focus();
  await page.keyboard.type("Other Works");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/o/other-works/sources/import");
  await settled(page);
  checks.check("another organisation shows nothing of the first", !/vorgaenge|Dana|Northmere Foods/.test(await main.innerText()), await main.innerText());
  if (large > 0) {
    const file = path.join(path.dirname(data), "large.csv");
    fs.writeFileSync(file, history(Math.ceil(large / 3.8), "L"));
    const dropped = performance.now();
    await page.locator("#import-file").setInputFiles(file);
    await page.getByRole("button", { name: /^Go on/ }).waitFor({ timeout: 30_000 });
    const looked = performance.now();
    for (const next of ["read", "means", "preview"]) {
      const begun = performance.now();
      await page.getByRole("button", { name: /^Go on/ }).click();
      await step(next);
      await page.locator("h1").waitFor();
      console.log(`the step ${next}: ${(performance.now() - begun).toFixed(0)} ms`);
    }
    const asked = performance.now();
    await page.getByRole("button", { name: /^Import [\d,]+ entr/ }).click();
    await page.waitForFunction(() => document.querySelectorAll("#main .figs [data-figure]").length >= 5, undefined, { timeout: 30_000 });
    const done = performance.now();
    const waited = (looked - dropped + done - asked) / 1000;
    const held = await sources("other-works");
    checks.check("every row of the large file is there", held.length === 1 && held[0].rows >= large && held[0].rejected === 1, JSON.stringify(held.map((one) => [one.rows, one.rejected])));
    console.log(`${held[0].rows} rows: ${((looked - dropped) / 1000).toFixed(1)} s to look at it, ${((done - asked) / 1000).toFixed(1)} s to import it and show first findings`);
    console.log(`waited in all: ${waited.toFixed(1)} s`);
    await page.goto(`${server.url}/`);
    await settled(page);
    checks.check("all organisations stand side by side", (await main.locator("a[data-row]").count()) === 2, await main.innerText());
    await clean("all organisations");
  }
  await browser.close();
  await server.stop();
});

// The same job with the keyboard alone: no pointer event is sent, and at every step one sees where one
// is, also beside the open drawer.
//   node tests/browser/keyboard.mjs

import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { watchPointers, whereAmI } from "./support/keys.mjs";
import { asked, importSample, serve, temporaryFolder } from "./support/program.mjs";

await run(async (checks) => {
  const data = temporaryFolder();
  importSample(data);
  const server = await serve(data);
  const browser = await launch();
  const { page, context, faults } = await openPage(browser);
  await context.addInitScript(watchPointers);
  const drawer = page.locator("[role=dialog][aria-labelledby=drawer-title]");
  const heading = async () => (await page.locator("h1").innerText()).replace(/\s+/g, " ");
  const path = () => new URL(page.url()).pathname;
  const hiddenFocus = new Map();
  const here = async (after) => {
    const now = await page.evaluate(whereAmI);
    if (now !== null && now.fault !== "") hiddenFocus.set(`${now.name} on ${path()} ${now.fault}`, after);
    return now;
  };
  const press = async (key) => {
    await page.keyboard.press(key);
    return here(key);
  };
  /** Tab, or another key, until `test` holds for what has the focus. */
  const until = async (what, test, { key = "Tab", most = 90 } = {}) => {
    let now = await here("");
    for (let i = 0; i < most; ++i) {
      if (now !== null && test(now)) return checks.check(`${key} reaches ${what}`, true) && now;
      now = await press(key);
    }
    checks.check(`${key} reaches ${what}`, false, `not within ${most} presses on ${path()}; the focus is on ${now?.name}`);
    return null;
  };
  const shortcut = async (keys, expected) => {
    for (const key of keys) await page.keyboard.press(key);
    await checks.holds(`${keys.join(" ")} goes to ${expected}`, () => path() === `/o/sample${expected}`, () => page.url());
    await settled(page);
  };

  await page.goto(`${server.url}/o/sample`);
  await settled(page);

  // Past the rail.
  const skip = await press("Tab");
  checks.check("the first stop is the link past the rail", /skip/i.test(skip?.text ?? ""), skip?.name);
  await page.keyboard.press("Enter");
  await checks.holds("it leads to the content", () => page.evaluate(() => document.activeElement?.id === "main"), () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120)));

  // A figure opens by Enter and by p; Esc closes, and the focus is back on it.
  const key = "flow.cycle_time.km.p85";
  for (const opener of ["Enter", "p"]) {
    await until(`the figure ${key}`, (now) => now.figure === key && now.tag === "BUTTON");
    await page.keyboard.press(opener);
    await checks.holds(`${opener} opens the figure`, () => drawer.isVisible(), "no drawer");
    await checks.holds("the focus goes into the drawer", async () => (await here(opener))?.inDrawer === true, async () => (await here(""))?.name);
    await page.keyboard.press("Escape");
    await checks.holds("Esc closes it", async () => (await drawer.count()) === 0, "the drawer is still there");
    await checks.holds("the focus is back on the figure", async () => (await here("Escape"))?.figure === key, async () => (await here(""))?.name);
  }
  // With the drawer open the page stays usable: nothing that has the focus lies under it.
  await page.keyboard.press("Enter");
  await drawer.waitFor();
  await press("Shift+Tab");
  for (let i = 0; i < 12; ++i) await press("Shift+Tab");
  if ((await drawer.count()) === 0) {
    await until(`the figure ${key} again`, (now) => now.figure === key && now.tag === "BUTTON");
    await page.keyboard.press("Enter");
  } else await page.keyboard.press("Escape").then(() => page.keyboard.press("Enter"));
  await drawer.locator("li:has(.what) a").first().waitFor();

  // From a row of evidence to the item's life.
  const row = await until("a row of the evidence", (now) => now.inDrawer && /item=/.test(now.href));
  await page.keyboard.press("Enter");
  await checks.holds("Enter opens the life of the item", async () => (await page.locator("h2", { hasText: `The life of ${row?.text}` }).count()) === 1, () => page.url());
  await settled(page);

  // Shortcuts, tabs of the room, the drawing.
  await shortcut(["g", "t"], "");
  await shortcut(["g", "f"], "/flow");
  const views = await page.locator("main .tabs a").allInnerTexts();
  for (const view of views.slice(1)) {
    await until(`the tab ${view}`, (now) => now.tag === "A" && now.text === view, { key: "Shift+Tab", most: 12 });
    const before = path();
    await page.keyboard.press("Enter");
    await checks.holds(`Enter opens ${view}`, () => path() !== before, () => page.url());
    await settled(page);
    checks.check(`${view}: the focus is on its title`, (await page.evaluate(() => document.activeElement?.tagName)) === "H1", "Page.svelte");
  }
  await shortcut(["g", "f"], "/flow");
  await until("the drawing", (now) => /Arrow keys walk/.test(now.label));
  await press("ArrowRight");
  await checks.holds("an arrow key says a mark of the drawing", async () => /\d/.test(await page.locator(".tbc-hear").first().innerText()), "the live line is empty");
  await page.keyboard.press("Enter");
  await checks.holds("Enter on it goes on to what it stands for", () => path() === "/o/sample/flow/cycle-time" || page.url().includes("="), () => page.url());
  await settled(page);
  await shortcut(["g", "s"], "/strategy");
  await shortcut(["g", "i"], "/investment");

  // The rail, rows by j and k, the list of keys.
  await until("Records in the rail", (now) => now.tag === "A" && now.text === "Records", { key: "Shift+Tab", most: 30 });
  await page.keyboard.press("Enter");
  await checks.holds("Enter goes to the records", () => path() === "/o/sample/records", () => page.url());
  await settled(page);
  await page.keyboard.press("j");
  const first = await here("j");
  await page.keyboard.press("j");
  const second = await here("j");
  await page.keyboard.press("k");
  checks.check("j and k walk the rows", first !== null && second !== null && first.name !== second.name && (await here("k"))?.name === first.name, `${first?.name}, ${second?.name}`);
  await page.keyboard.press("?");
  await checks.holds("? shows the keys", async () => (await here("?"))?.inDialog === true, "no dialog has the focus");
  await page.keyboard.press("Escape");
  await checks.holds("Esc returns to the row", async () => (await here("Escape"))?.name === first?.name, async () => (await here(""))?.name);

  // A record by name, changed and saved.
  await page.keyboard.press("/");
  await checks.holds("/ opens the search", async () => (await here("/"))?.inDialog === true, "no dialog has the focus");
  await page.keyboard.type("incidents");
  const chosen = page.locator("dialog [role=option][aria-selected=true]");
  await checks.holds("typing finds the value stream", async () => (await page.locator("dialog [role=option]", { hasText: "Incidents" }).count()) > 0, "nothing of that name");
  await settled(page);
  for (let i = 0; i < 20 && !/^Incidents.*(stream|incidents)/i.test((await chosen.innerText()).replace(/\s+/g, " ")); ++i) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await checks.holds("Enter opens it", () => path() === "/o/sample/records/value_stream/incidents", () => page.url());
  await settled(page);
  await page.keyboard.press("e");
  await checks.holds("e edits it", () => path().endsWith("/edit"), () => page.url());
  await settled(page);
  await until("the field Expectation days", (now) => /expectation_days/.test(now.id));
  await page.keyboard.type("10");
  await page.keyboard.press("Control+Enter");
  await checks.holds("Ctrl Enter saves", () => asked(data, "sample", "record", "value_stream", "show", "incidents").expectation_days === 10, "tiebeam record value_stream show incidents");
  await checks.holds("and goes back to the record", () => path() === "/o/sample/records/value_stream/incidents", () => page.url());
  await settled(page);

  // Seen in its history, and undone.
  await until("its history", (now) => now.tag === "A" && now.text === "History");
  await page.keyboard.press("Enter");
  await checks.holds("Enter opens the history", () => path().endsWith("/history"), () => page.url());
  await settled(page);
  await until("Undo of the change", (now) => now.tag === "BUTTON" && /^Undo…/.test(now.text));
  await page.keyboard.press("Enter");
  await until("Undo in the question", (now) => now.inDialog && now.text === "Undo", { most: 6 });
  await page.keyboard.press("Enter");
  await checks.holds("the promise is gone again", () => asked(data, "sample", "record", "value_stream", "show", "incidents").expectation_days == null, "tiebeam record value_stream show incidents");
  await checks.holds("the question is closed", async () => (await page.locator("dialog[open]").count()) === 0, "a dialog is still open");
  await shortcut(["g", "t"], "");
  const promised = page.locator(".five > *", { hasText: "Finished as promised" });
  await checks.holds("the slot is open again", async () => (await promised.locator("[data-figure]").count()) === 0, () => promised.innerText());

  for (const [what, after] of hiddenFocus) checks.check("one sees where the focus is", false, `${what}${after === "" ? "" : ` (after ${after})`}`);
  const pointers = await page.evaluate(() => window.pointersSeen);
  checks.check("no pointer event was sent", pointers.length === 0, pointers.join(", "));
  const seen = await faults();
  checks.check("nothing is wrong in the console", seen.length === 0, seen.slice(0, 5).join("\n  "));
  await browser.close();
  await server.stop();
});

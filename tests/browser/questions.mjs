// Questions put to the pages that look ahead: typed, clicked and slid; the address holds each, and going
// back undoes it.
//   node tests/browser/questions.mjs

import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { allOrganisations } from "./support/organisations.mjs";

await run(async (checks) => {
  const { server } = await allOrganisations();
  const browser = await launch();
  const { page, faults } = await openPage(browser);
  const query = () => decodeURIComponent(new URL(page.url()).search);
  const heading = async () => {
    await settled(page);
    return (await page.locator("h1").innerText()).replace(/\s+/g, " ");
  };

  await page.goto(`${server.url}/o/long/flow/forecast`);
  checks.check("the page answers before anything is asked", /open work, \d+ items, is done by \d+ \w+ \d{4}/.test(await heading()), await heading());
  const items = page.getByLabel("Items", { exact: true });
  await items.fill("20 to 40");
  await items.press("Enter");
  checks.check("a range is typed as people write it", query() === "?items=20-40" && /20 to 40 items/.test(await heading()), `${query()} ${await heading()}`);
  await items.fill("many");
  await items.press("Enter");
  await settled(page);
  checks.check("what is no number is marked, and said why", (await items.getAttribute("aria-invalid")) === "true" && (await page.getByRole("alert").count()) === 1, query());
  await faults([/status of 422/]);
  await page.getByRole("button", { name: "The open work" }).click();
  checks.check("the open work is one click", query() === "" && /open work/.test(await heading()), `${query()} ${await heading()}`);
  await page.getByRole("button", { name: "How many by a day?" }).click();
  checks.check("the other question has four weeks as its day", query() === "?by=2025-12-01" && /at least \d+ items are finished by 1 Dec 2025/.test(await heading()), `${query()} ${await heading()}`);
  await page.goBack();
  checks.check("going back asks the question before", query() === "" && /open work/.test(await heading()), `${query()} ${await heading()}`);
  await page.locator("h1 [data-day]").first().click();
  await page.locator("#drawer-title").waitFor();
  checks.check("a day opens as the figure it is", /days/.test(await page.locator("[role=dialog]").innerText()), "no days in the drawer");
  await page.keyboard.press("Escape");

  await page.goto(`${server.url}/o/long/flow/what-if`);
  const first = await heading();
  checks.check("the page ranks before anything is tried", /^What would help most: .+ \d/.test(first), first);
  await page.evaluate(() => {
    window.heard = [];
    let last = "";
    new MutationObserver(() => {
      const text = [...document.querySelectorAll("[role=status][aria-live]")].map((one) => one.textContent ?? "").find((one) => one.startsWith("With it")) ?? "";
      if (text !== "" && text !== last) window.heard.push(performance.now());
      last = text;
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  await page.getByRole("button", { name: "Cut the stays in Queue by 30 %" }).click();
  const one = await heading();
  checks.check("a lever of the ranking is picked", query() === "?cut=Queue:30" && /^With this change/.test(one), `${query()} ${one}`);
  const slider = page.getByRole("slider", { name: "How much: Queue" });
  await slider.focus();
  const before = await page.evaluate(() => history.length);
  for (let i = 0; i < 25; ++i) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(1500);
  const more = await heading();
  checks.check("a slider moves the answer by keys, and the address with it", query() === "?cut=Queue:55" && more !== one, `${query()} ${more}`);
  const heard = await page.evaluate(() => window.heard);
  const gaps = heard.slice(1).map((at, i) => at - heard[i]);
  checks.check("what changes is said, at most once a second", heard.length > 0 && gaps.every((gap) => gap > 900), `${heard.length} times, ${gaps.map(Math.round).join(", ")} ms apart`);
  await page.getByRole("button", { name: "Add a change" }).click();
  await page.getByLabel("What to do, 2").selectOption("remove");
  await page.getByLabel("State, 2").selectOption("Awaiting approval");
  const both = await heading();
  checks.check("several combine", query() === "?cut=Queue:55&remove=Awaiting+approval" && /^With these changes/.test(both), `${query()} ${both}`);
  await page.reload();
  checks.check("a reload gives the same answer", (await heading()) === both, await heading());
  await page.getByRole("button", { name: "Take out Queue" }).click();
  await settled(page);
  const focus = await page.evaluate(() => document.activeElement?.textContent?.trim());
  checks.check("one is taken out, and the focus stays near", query() === "?remove=Awaiting+approval" && focus === "Add a change", `${query()} ${focus}`);
  await page.goBack();
  checks.check("going back puts it in again", (await heading()) === both, `${query()} ${await heading()}`);
  checks.check("history did not grow with each step of the slider", (await page.evaluate(() => history.length)) - before < 12, `${await page.evaluate(() => history.length)} after ${before}`);
  const seen = await faults();
  checks.check("no console error, nothing refused", seen.length === 0, seen.join("\n  "));
  await browser.close();
  await server.stop();
});

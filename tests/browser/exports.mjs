// The first five minutes, in the browser alone: an empty directory, an export as one of six products writes it, to
// the diagnosis and a brief whose numbers open. Says what a slow reader would need for each: the waits measured
// here, five seconds for each click or field, and every word that can be seen on the way, once, at 180 a minute; of
// the pages where the way ends, the sentence that answers. Choices inside a closed list and the line on top of each page
// (whose numbers, as of when) are not read.
//   node tests/browser/exports.mjs
import path from "node:path";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { exported } from "./support/exports.mjs";
import { serve, temporaryFolder } from "./support/program.mjs";

const secondsAnAction = 5;
const wordsAMinute = 180;
const mostSeconds = 300;

process.setMaxListeners(4 * exported.length); // a server and a folder each, ended with the run

await run(async (checks) => {
  const browser = await launch();
  for (const file of exported) {
    const server = await serve(path.join(temporaryFolder(), "data"));
    const { page, faults } = await openPage(browser);
    const main = page.locator("#main");
    let [actions, words, waited] = [0, 0, 0];
    const seen = new Set();
    /** What can be seen of a page and was not read before. */
    const read = async (what) => {
      const lines = await page.evaluate((selector) => {
        const found = [];
        const walk = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const at = walk.currentNode.parentElement;
          if (at.closest("option, .hidden-text, svg, header.top") === null && at.checkVisibility()) found.push(walk.currentNode.data.trim());
        }
        return found;
      }, what);
      for (const line of lines) {
        if (!seen.has(line)) words += line.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
        seen.add(line);
      }
    };
    /** Does something, waits for what it leads to, and reads it. */
    const then = async (act, until, what = "#main") => {
      actions += 1;
      const begun = performance.now();
      await act();
      await until();
      await settled(page);
      waited += performance.now() - begun;
      await read(what);
    };
    const step = (said) => () => page.waitForFunction((wanted) => new URL(location.href).searchParams.get("step") === wanted, said);
    const press = (name) => () => page.getByRole("button", { name }).first().click();

    await then(() => page.goto(`${server.url}/`), () => page.locator("#begin-name").waitFor());
    await then(() => page.locator("#begin-name").fill("Our company"), async () => undefined);
    await then(press(/^Begin/), () => page.waitForURL("**/sources/import"));
    await then(() => page.locator("#import-file").setInputFiles({ name: file.name, mimeType: "application/octet-stream", buffer: file.bytes }), () => page.getByRole("button", { name: /^Go on/ }).waitFor());
    for (const next of ["read", "means", "preview"]) await then(press(/^Go on/), step(next));
    await then(press(/^Import [\d,]+ entr/), step("findings"));
    const figures = await (await fetch(`${server.url}/api/v1/orgs/our-company/figures?prefix=flow.`)).json();
    const value = (key) => figures.figures.find((one) => one.key === key)?.value;
    checks.check(`${file.name}: every ticket is there`, value("flow.items") === file.tickets, `${value("flow.items")} of ${file.tickets}`);
    checks.check(`${file.name}: every end is there`, value("flow.finished") === file.closed, `${value("flow.finished")} of ${file.closed}`);
    await then(() => page.goto(`${server.url}/o/our-company/partnership/diagnosis`), () => main.locator("h1").waitFor(), "#main h1");
    await checks.holds(`${file.name}: the diagnosis names symptoms`, async () => /symptoms? of order taking/.test(await main.locator("h1").innerText()), () => main.innerText());
    await then(() => page.goto(`${server.url}/o/our-company`), () => main.locator("[data-figure]").first().waitFor(), "#main h1");
    await then(() => main.locator("h1 [data-figure]").first().click(), () => page.locator("[role=dialog]").waitFor(), "[role=dialog] h2");
    await checks.holds(`${file.name}: its number opens down to the file`, async () => (await page.locator("[role=dialog]").innerText()).includes(file.name), () => page.locator("[role=dialog]").innerText());
    const seconds = waited / 1000 + actions * secondsAnAction + (words / wordsAMinute) * 60;
    console.log(`${file.name}: ${actions} actions, ${words} words, ${(waited / 1000).toFixed(1)} s of waiting: ${seconds.toFixed(0)} s`);
    checks.check(`${file.name}: a slow reader is there in under five minutes`, seconds < mostSeconds, `${seconds.toFixed(0)} s`);
    const found = await faults();
    checks.check(`${file.name}: nothing is wrong in the console`, found.length === 0, found.slice(0, 4).join("\n  "));
    await page.close();
    await server.stop();
  }
  await browser.close();
});

// Pictures of every page (1440 x 1000 in light and dark, print, 390 px) on contact sheets, and the boxes
// of each page: no text over text, none cut off, nothing wider than the window, no empty panel, no
// target too small.
//   node tests/browser/contact_sheet.mjs [OUT [WORD...]]      OUT is build/browser unless said

import fs from "node:fs";
import path from "node:path";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { faultsOfBoxes } from "./support/geometry.mjs";
import { allOrganisations } from "./support/organisations.mjs";
import { pages } from "./support/pages.mjs";
import { root } from "./support/program.mjs";
import { sheets } from "./support/sheet.mjs";

const [folder = path.join(root, "build", "browser"), ...words] = process.argv.slice(2);
/** Fit one window and print to one page (docs: the first view of each room). */
const onePage = ["/o/sample", "/o/full", "/o/full/flow", "/o/full/strategy", "/o/full/investment"];
/** Print to one page, whatever their height on the screen. */
const onePaper = ["/o/full/partnership/diagnosis", "/o/long/partnership/diagnosis", "/o/sample/partnership/diagnosis"];

/** Mean tone of what bitmaps hold, of those that are as dark as the page. */
function bitmapsInTheDark() {
  return [...document.querySelectorAll("canvas")].flatMap((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0, count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 60) [sum, count] = [sum + data[i], count + 1];
    const tone = Math.round(sum / Math.max(1, count));
    return count > 0 && tone < 100 ? [tone] : [];
  });
}

await run(async (checks) => {
  fs.mkdirSync(path.join(folder, "pages"), { recursive: true });
  for (const name of fs.readdirSync(folder)) if (/^(light|dark|print|phone)-\d+\.png$/.test(name)) fs.rmSync(path.join(folder, name)); // of the last run
  const { server } = await allOrganisations();
  const browser = await launch();
  const large = await openPage(browser), small = await openPage(browser, { width: 390, height: 844 });
  const taken = { light: [], dark: [], print: [], phone: [] };
  const told = new Set();

  const boxes = async (page, where) => {
    const found = await page.evaluate(faultsOfBoxes);
    const news = found.filter((line) => !told.has(line));
    news.forEach((line) => told.add(line));
    checks.check(`${where}: every box is in its place`, found.length === 0, news.length > 0 ? news.slice(0, 12).join("\n  ") : "as on a page above");
  };
  const take = async (page, kind, one, options = {}) => {
    const file = path.join(folder, "pages", `${one.name.replace(/[^\w]+/g, "-")}-${kind}.png`);
    await page.screenshot({ path: file, ...options });
    taken[kind].push({ title: one.name, file });
  };
  for (const one of pages(words)) {
    const { page } = large;
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.goto(server.url + one.path);
    await settled(page);
    await one.before?.(page);
    await settled(page);
    await boxes(page, `${one.name} at 1440 px`);
    if (onePage.includes(one.path) && !one.before) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      checks.check(`${one.name} fits 1440 x 1000 without scrolling`, height <= 1000, `it is ${height} px high`);
    }
    await take(page, "light", one);
    await page.emulateMedia({ colorScheme: "dark" });
    await settled(page);
    const dim = await page.evaluate(bitmapsInTheDark);
    checks.check(`${one.name}: drawings follow the colours`, dim.length === 0, `after the change to dark, bitmaps are drawn in a tone of ${dim.join(", ")} of 255, on a dark page`);
    await take(page, "dark", one);
    await page.setViewportSize({ width: 1123, height: 794 });
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    await settled(page);
    if ((await page.locator("dialog[open]").count()) === 0) await boxes(page, `${one.name} in print`); // nobody prints a question
    await take(page, "print", one);
    if ([...onePage, ...onePaper].includes(one.path) && !one.before) {
      const pdf = await page.pdf({ format: "A4", landscape: true, preferCSSPageSize: true, printBackground: true });
      const count = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
      checks.check(`${one.name} prints to one A4 landscape page`, count === 1, `it prints to ${count}`);
    }
    await small.page.goto(server.url + one.path);
    await settled(small.page);
    await one.before?.(small.page);
    await settled(small.page);
    await boxes(small.page, `${one.name} at 390 px`);
    const height = Math.min(1500, await small.page.evaluate(() => document.documentElement.scrollHeight));
    await small.page.setViewportSize({ width: 390, height: Math.max(844, height) }); // the bar at the bottom stays there
    await take(small.page, "phone", one);
    await small.page.setViewportSize({ width: 390, height: 844 });
  }
  for (const kind of ["light", "dark", "print"]) await sheets(browser, folder, kind, taken[kind], { columns: 3, width: kind === "print" ? 760 : 860, each: 9 });
  await sheets(browser, folder, "phone", taken.phone, { columns: 6, width: 390, each: 12 });
  console.log(`contact sheets are in ${path.relative(process.cwd(), folder) || "."}`);
  await browser.close();
  await server.stop();
});

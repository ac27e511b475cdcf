// Measures the page against its budgets, on the sample and on an organisation of 100,000 items. Prints;
// nothing here is a test, for times depend on the machine.
//   node tests/browser/limits.mjs

import fs from "node:fs";
import path from "node:path";
import { launch, openPage, settled } from "./support/browser.mjs";
import { stateMap, writeMany } from "./support/many.mjs";
import { importSample, serve, temporaryFolder, tiebeam } from "./support/program.mjs";

const row = (what, budget, measured) => console.log(`${what.padEnd(58)} ${budget.padStart(8)}   ${measured}`);
const ms = (value) => `${Math.round(value)} ms`;
const quantile = (values, p) => [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(p * values.length) - 1)];

/** Before the page: when it last changed, how long events took to the next picture, how long bitmaps took. */
function watch() {
  window.seen = { changed: 0, events: [], bitmaps: [] };
  new MutationObserver(() => (window.seen.changed = performance.now())).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.seen.events.push({ id: entry.interactionId, duration: entry.duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  let began = 0;
  const { getContext } = HTMLCanvasElement.prototype, { putImageData } = CanvasRenderingContext2D.prototype;
  HTMLCanvasElement.prototype.getContext = function (...words) {
    began = performance.now();
    return getContext.apply(this, words);
  };
  CanvasRenderingContext2D.prototype.putImageData = function (...words) {
    putImageData.apply(this, words);
    window.seen.bitmaps.push(performance.now() - began);
  };
}
const changed = (page) => page.evaluate(() => window.seen.changed);
const now = (page) => page.evaluate(() => performance.now());

const data = temporaryFolder();
importSample(data);
const file = path.join(data, "many.csv"), map = path.join(data, "many.toml");
const { items, events } = writeMany(file);
fs.writeFileSync(map, stateMap);
const before = performance.now();
tiebeam(data, "many", "import", file, "--state-map", map, "--tz", "UTC", "--name", "Many");
console.log(`made ${items} items with ${events} events; import took ${((performance.now() - before) / 1000).toFixed(1)} s`);
fs.rmSync(file);
fs.rmSync(map);
const server = await serve(data);
const browser = await launch();
row("what", "budget", "measured");

// Bytes of the first page, as they come over the wire.
{
  const { page, context } = await openPage(browser);
  const client = await context.newCDPSession(page);
  const kinds = new Map(), bytes = { Script: 0, Stylesheet: 0, Font: 0 };
  await client.send("Network.enable");
  client.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind in bytes) bytes[kind] += encodedDataLength;
  });
  await page.goto(`${server.url}/o/sample`);
  await settled(page);
  row("first page: script, compressed", "150 kB", `${Math.round(bytes.Script / 1000)} kB`);
  row("first page: style, compressed", "30 kB", `${Math.round(bytes.Stylesheet / 1000)} kB`);
  row("first page: fonts", "", `${Math.round(bytes.Font / 1000)} kB`);
  await context.close();
}

// From an address to the complete Table: a new browser profile each time, then with the files kept.
for (const org of ["sample", "many"]) {
  for (const kind of ["first visit", "again"]) {
    const took = [];
    let kept = null;
    for (let round = 0; round < 4; ++round) {
      const opened = kind === "again" && kept ? kept : await openPage(browser);
      if (opened !== kept) await opened.context.addInitScript(watch);
      await opened.page.goto(`${server.url}/o/${org}`);
      await settled(opened.page);
      if (kind === "first visit" || kept) took.push(await changed(opened.page));
      if (kind === "again") kept = opened;
      else await opened.context.close();
    }
    await kept?.context.close();
    row(`${org}: The Table from its address to complete, ${kind}`, org === "many" ? "1 s" : "", `${took.map(ms).join(", ")}`);
  }
}

// Keys and clicks in the organisation of 100,000 items.
{
  const { page, context } = await openPage(browser);
  await context.addInitScript(watch);
  await page.goto(`${server.url}/o/many`);
  await settled(page);
  await page.waitForTimeout(3000); // the other pages are fetched meanwhile, as for a reader of the sentence
  const answers = [];
  const act = async (what, action) => {
    const from = await now(page);
    await action();
    await settled(page);
    const last = await changed(page);
    if (last > from) answers.push({ what, took: last - from });
  };
  const rail = page.getByRole("navigation", { name: "Rooms", exact: true });
  await act("from The Table to Flow", async () => {
    await rail.getByRole("link", { name: /^Flow/ }).click();
  });
  for (const view of ["Cycle time", "Ageing", "Cumulative flow", "Distribution", "Where it waits", "Forecast", "Overview"]) {
    await act(`tab ${view}`, () => page.locator("main .tabs a", { hasText: new RegExp(`^${view}$`) }).click());
  }
  await act("The Table", () => rail.getByRole("link", { name: "The Table" }).click());
  await act("a figure", () => page.locator(".five [data-figure]").first().click());
  await act("Esc", () => page.keyboard.press("Escape"));
  const seen = [];
  const collect = async () => {
    const batch = seen.length;
    for (const { id, duration } of await page.evaluate(() => window.seen.events)) seen.push({ id: `${batch} ${id}`, duration });
  };
  await collect();
  await page.goto(`${server.url}/o/many/records/work_item`);
  await settled(page);
  const search = page.getByRole("searchbox");
  for (const text of ["W-0", "W-01", "W-012", "W-0123", "W-01234"]) await act(`search '${text}' of 100,000`, () => search.fill(text));
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await act("palette", () => page.keyboard.press("/"));
  for (const letter of "W-0999") await act(`palette '${letter}'`, () => page.keyboard.press(letter));
  await page.keyboard.press("Escape");
  await collect();
  const durations = [...new Map(seen.map(({ id, duration }) => [id, duration])).values()];
  row("many: key or click to the next picture, p95", "200 ms", durations.length === 0 ? "under 16 ms" : `${ms(quantile(durations, 0.95))} of those over 16 ms (${durations.length})`);
  const times = answers.map(({ took }) => took);
  row("many: key or click to the whole answer, p50 and p95", "", `${ms(quantile(times, 0.5))}, ${ms(quantile(times, 0.95))}`);
  for (const { what, took } of [...answers].sort((a, b) => b.took - a.took).slice(0, 6)) row(`  slowest: ${what}`, "", ms(took));
  await context.close();
}

// The scatter of all finished items: the bitmap's own time, and the whole picture.
{
  const { page, context } = await openPage(browser);
  await context.addInitScript(watch);
  const client = await context.newCDPSession(page);
  await page.goto(`${server.url}/o/many/flow/cycle-time`);
  await settled(page);
  const points = await page.locator("main [data-figure='flow.cycle_time.count']").first().getAttribute("data-value");
  const first = await page.evaluate(() => window.seen.bitmaps.slice());
  row(`many: scatter of ${points} points, first bitmap`, "150 ms", first.map((one) => `${one.toFixed(1)} ms`).join(", "));
  row("many: cycle-time page from its address to complete", "", ms(await changed(page)));
  const redraws = [];
  for (let i = 0; i < 8; ++i) {
    await page.setViewportSize({ width: 1440 - 10 * (i + 1), height: 1000 });
    await settled(page);
  }
  redraws.push(...(await page.evaluate((from) => window.seen.bitmaps.slice(from), first.length)));
  row("many: scatter, redraw (another width), p95", "33 ms", `${quantile(redraws, 0.95).toFixed(1)} ms of ${redraws.length}`);
  const from = await page.evaluate(() => window.seen.bitmaps.length);
  const team = page.locator("main select").first();
  const filtered = [];
  for (const index of [1, 2, 3, 0]) {
    const start = await now(page);
    await team.selectOption({ index });
    await settled(page);
    filtered.push((await changed(page)) - start);
  }
  const parts = await page.evaluate((at) => window.seen.bitmaps.slice(at), from);
  row("many: scatter, redraw with a part chosen, p95", "33 ms", `${quantile(parts, 0.95).toFixed(1)} ms of ${parts.length}; page complete in ${filtered.map(ms).join(", ")}`);

  // Memory after walking the pages for a while.
  for (let round = 0; round < 10; ++round) {
    for (const view of ["Overview", "Cycle time", "Ageing", "Cumulative flow", "Where it waits"]) {
      await page.locator("main .tabs a", { hasText: new RegExp(`^${view}$`) }).click();
      await page.waitForTimeout(60);
    }
  }
  await settled(page);
  await client.send("HeapProfiler.enable");
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  row("many: page memory after 50 changes of view (JavaScript heap)", "150 MB", `${Math.round(usedSize / 1e6)} MB`);
  await context.close();
}
const pages = fs.readFileSync(`/proc/${server.pid}/statm`, "utf8").split(" ")[1];
row("server: resident memory after all of this", "", `${Math.round((Number(pages) * 4096) / 1e6)} MB`);
await browser.close();
await server.stop();
process.exit(0);

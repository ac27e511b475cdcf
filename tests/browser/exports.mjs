// The first five minutes, in the browser alone: an empty directory, an export as one of six products writes it, to
// the diagnosis and a brief whose numbers open. Says what a slow reader would need for each; of the pages where the
// way ends, the sentence that answers is read.
//   node tests/browser/exports.mjs
import path from "node:path";
import { launch, openPage } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { exported } from "./support/exports.mjs";
import { serve, temporaryFolder } from "./support/program.mjs";
import { SlowReader } from "./support/slow_reader.mjs";

const mostSeconds = 300;

process.setMaxListeners(4 * exported.length); // a server and a folder each, ended with the run

await run(async (checks) => {
  const browser = await launch();
  for (const file of exported) {
    const server = await serve(path.join(temporaryFolder(), "data"));
    const { page, faults } = await openPage(browser);
    const main = page.locator("#main");
    const reader = new SlowReader(page);
    const then = (...way) => reader.then(...way);
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
    console.log(`${file.name}: ${reader.told}`);
    checks.check(`${file.name}: a slow reader is there in under five minutes`, reader.seconds < mostSeconds, reader.told);
    const found = await faults();
    checks.check(`${file.name}: nothing is wrong in the console`, found.length === 0, found.slice(0, 4).join("\n  "));
    await page.close();
    await server.stop();
  }
  await browser.close();
});

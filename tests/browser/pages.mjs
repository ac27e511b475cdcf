// Every page in light and dark: no violation that axe finds (WCAG 2.2 A and AA), no refused content, no
// console error.
//   node tests/browser/pages.mjs [WORD...]        only pages whose name holds a word

import { violations } from "./support/axe.mjs";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { allOrganisations } from "./support/organisations.mjs";
import { pages } from "./support/pages.mjs";

await run(async (checks) => {
  const { server } = await allOrganisations();
  const browser = await launch();
  const told = new Set(); // one line for each kind of violation of a page
  const { page, faults } = await openPage(browser);
  for (const one of pages(process.argv.slice(2))) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(server.url + one.path);
    await settled(page);
    await one.before?.(page);
    await settled(page);
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      if (scheme === "dark") await settled(page);
      const lines = await violations(page);
      const news = lines.filter((line) => !told.has(line));
      lines.forEach((line) => told.add(line));
      checks.check(`${one.name}, ${scheme}: axe finds nothing`, lines.length === 0, news.length > 0 ? news.join("\n  ") : "as on a page above");
    }
    const seen = await faults(one.expected);
    checks.check(`${one.name}: no console error, nothing refused`, seen.length === 0, seen.slice(0, 4).join("\n  "));
  }
  await browser.close();
  await server.stop();
});

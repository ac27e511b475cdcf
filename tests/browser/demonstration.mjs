// Every way through the demonstration, from link to link: each page opens without a fault, wide and
// narrow, every box is in its place, and axe finds nothing. Of pages that differ in their record alone,
// one each.
//   node tests/browser/demonstration.mjs [--quick]        quick: one type of records, and without axe

import { violations } from "./support/axe.mjs";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { faultsOfBoxes } from "./support/geometry.mjs";
import { serve, temporaryFolder, tiebeam } from "./support/program.mjs";

const home = "/o/northmere-foods";
const isQuick = process.argv.includes("--quick");

/** Of two paths with the same kind one is enough: "/records/team/desk/edit" and "/records/team/lab/edit". */
const kindOf = (path) => {
  const kind = path.replace(/(\/records\/[^/]+\/|\/risk\/scenario\/(?:edit\/)?|\/investment\/case\/|\/partnership\/review\/)(?!new$)[^/]+/, "$1ID");
  return isQuick ? kind.replace(/(\/records\/)[^/]+/, "$1TYPE") : kind;
};

/** Paths that a page links to. */
const linked = (from) => [...document.querySelectorAll("a[href]")].map((a) => new URL(a.href)).filter((url) => url.origin === location.origin && url.pathname.startsWith(from)).map((url) => url.pathname);

await run(async (checks) => {
  const data = temporaryFolder();
  tiebeam(data, null, "demo");
  const server = await serve(data);
  const browser = await launch();
  const kinds = new Set([home]);
  const waiting = [home];
  const look = async ({ page, faults }, path) => {
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(server.url + path);
    await settled(page);
    for (const link of await page.evaluate(linked, home)) {
      if (kinds.has(kindOf(link))) continue;
      kinds.add(kindOf(link));
      waiting.push(link);
    }
    for (const scheme of isQuick ? [] : ["dark", "light"]) {
      await page.emulateMedia({ colorScheme: scheme });
      await settled(page);
      const found = await violations(page);
      checks.check(`${path}, ${scheme}: axe finds nothing`, found.length === 0, found.join("\n  "));
    }
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 1440 ? 1000 : 844 });
      await settled(page);
      const found = await page.evaluate(faultsOfBoxes);
      checks.check(`${path}, ${width} px: every box is in its place`, found.length === 0, found.slice(0, 8).join("\n  "));
    }
    const title = await page.locator("h1").innerText();
    checks.check(`${path} is a page`, !/made a mistake|nothing (is )?(here|at)/i.test(title), title);
    const seen = await faults();
    checks.check(`${path}: no console error, nothing refused`, seen.length === 0, seen.slice(0, 4).join("\n  "));
  };
  let busy = 0;
  const walk = async (tab) => {
    while (waiting.length + busy > 0) {
      const path = waiting.shift();
      if (path === undefined) {
        await tab.page.waitForTimeout(50); // another tab may find more
        continue;
      }
      busy += 1;
      await look(tab, path);
      busy -= 1;
    }
  };
  await Promise.all([await openPage(browser), await openPage(browser)].map(walk));
  console.log(`${kinds.size} kinds of pages`);
  await browser.close();
  await server.stop();
});

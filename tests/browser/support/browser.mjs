// The browser, and pages that note every fault: console errors, exceptions, refused contents.

import { chromium } from "playwright-core";

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"] });
  return browser;
}

/** Runs in the page before anything else. */
function watch() {
  window.faultsSeen = [];
  document.addEventListener("securitypolicyviolation", (event) => window.faultsSeen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber}`), true);
}

/** A page with a list of its faults, each as one line. */
export async function openPage(browser, { width = 1440, height = 1000, scheme = "light", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", locale: "en-GB", ...options });
  context.setDefaultTimeout(10_000);
  await context.addInitScript(watch);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  return {
    context,
    page,
    /** Faults since the last question but for those that belong to the page. */
    async faults(expected = []) {
      const refused = await page.evaluate(() => window.faultsSeen.splice(0)).catch(() => []);
      const own = faults.splice(0).filter((line) => !expected.some((one) => one.test(line)));
      return [...own, ...refused.map((one) => `refused by the Content-Security-Policy: ${one}`)];
    },
  };
}

/** Until nothing is loading: the page's own skeletons are gone, and figures and charts stand still. */
export async function settled(page) {
  await page.waitForFunction(() => {
    if (document.querySelector("h1") === null) return false;
    if (document.querySelector(".skeleton, [data-skeleton], [aria-busy='true']") !== null) return false;
    return document.fonts.status === "loaded";
  });
  let before = "";
  for (let same = 0; same < 3; ) {
    const now = await page.evaluate(() => `${document.querySelectorAll("*").length} ${document.body.scrollHeight} ${document.querySelector("h1")?.textContent}`);
    same = now === before ? same + 1 : 0;
    before = now;
    await new Promise((next) => setTimeout(next, 50));
  }
}

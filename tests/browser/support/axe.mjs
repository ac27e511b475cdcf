// What axe finds on a page (WCAG 2.2 A and AA), a line for each kind of violation.

import fs from "node:fs";
import { createRequire } from "node:module";

const source = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
const messageOf = ({ any, all, none }) => any[0]?.message ?? all[0]?.message ?? none[0]?.message ?? "";

export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const found = await page.evaluate((asked) => window.axe.run(document, asked), options);
  return found.violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target.join(" ")} ${messageOf(nodes[0])}`);
}

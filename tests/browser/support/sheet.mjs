// Pictures on contact sheets: HTML that the browser draws, each picture with its name.

import fs from "node:fs";
import path from "node:path";

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Writes `${name}-1.png` and so on into `folder`, `columns` wide, `each` pictures a sheet. */
export async function sheets(browser, folder, name, pictures, { columns, width, each }) {
  const page = await browser.newPage({ viewport: { width: columns * (width + 16) + 16, height: 800 } });
  const written = [];
  for (let at = 0; at < pictures.length; at += each) {
    const cells = pictures.slice(at, at + each).map(({ title, file }) => `<figure><figcaption>${escape(title)}</figcaption><img src="data:image/png;base64,${fs.readFileSync(file).toString("base64")}"></figure>`);
    await page.setContent(`<style>body{margin:8px;background:#777;display:grid;grid-template-columns:repeat(${columns},${width}px);gap:8px 16px;align-items:start;font:600 15px sans-serif}
      figure{margin:0}figcaption{color:#fff;padding:2px}img{width:100%;display:block}</style>${cells.join("")}`);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    const file = path.join(folder, `${name}-${at / each + 1}.png`);
    await page.screenshot({ path: file, fullPage: true });
    written.push(file);
  }
  await page.close();
  return written;
}

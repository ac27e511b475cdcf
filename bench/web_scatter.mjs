// How long a scatter of 100,000 points takes in Chromium: first draw and redraw, until the frame is on screen.
// Limits: docs and UX say 150 ms and 33 ms (p95) on two cores without a graphics card. Prints; asserts nothing.
// Use: node bench/web_scatter.mjs [points]      CHROMIUM=/usr/bin/chromium

import { createServer } from "node:http";
import { mkdtempSync, readFileSync, existsSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { chromium } from "playwright-core";
import { build } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const points = Number(process.argv[2] ?? 100_000);
const out = mkdtempSync(join(tmpdir(), "web_scatter-"));
await build({
  root: here("./web_scatter"), configFile: false, logLevel: "error", plugins: [svelte()],
  resolve: { alias: { "@tiebeam": here("../web/src") } },
  build: { outDir: out, emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
const server = createServer((request, response) => {
  const path = join(out, new URL(request.url, "http://x").pathname);
  const file = existsSync(path) && extname(path) ? path : join(out, "index.html");
  response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:" });
  response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: 1188, height: 500 } });
page.on("pageerror", (error) => console.error(error.message));
page.on("console", (message) => message.type() === "error" && console.error(message.text()));
await page.goto(`http://127.0.0.1:${server.address().port}/?n=${points}`);
await page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: 60_000 });

// Wall time says what a person waits on this machine as it is; the main thread's own time does not count
// the turns that other programs take.
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable", { timeDomain: "threadTicks" });
const taskSeconds = async () => (await session.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value;
const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))].toFixed(1);
async function measure(name, what, times) {
  const before = await taskSeconds();
  const { script, frame } = await page.evaluate(([key, count]) => window.bench[key](count), [what, times]);
  const own = (1000 * (await taskSeconds() - before)) / times;
  const wall = times === 1 ? `script ${at(script, 0)} ms, to the frame ${at(frame, 0)} ms` : `script p50 ${at(script, 0.5)} p95 ${at(script, 0.95)} ms, to the frame p50 ${at(frame, 0.5)} p95 ${at(frame, 0.95)} ms`;
  console.log(`${name.padEnd(32)} ${wall}; main thread ${own.toFixed(1)} ms each`);
}
console.log(`${points.toLocaleString("en")} points, 1188 x 356 CSS px, headless Chromium without a graphics card, load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`);
await measure("first draw, page just loaded", "first", 1);
for (let i = 0; i < 3; ++i) await measure("first draw, again", "first", 1);
await measure("redraw: another filter", "filter", 60);
await measure("redraw: a part is dragged", "brush", 60);
await measure("the pointer moves over points", "hover", 60);
await browser.close();
server.close();
rmSync(out, { recursive: true });

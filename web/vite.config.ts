import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const api = process.env["TIEBEAM_API"] ?? "http://127.0.0.1:8460";

/** The licences of everything that the page carries, in one file beside it. */
function licences(): Plugin {
  const manifest = (name: string): { version: string; dependencies?: Record<string, string> } =>
    JSON.parse(readFileSync(here(`../node_modules/${name}/package.json`), "utf8"));
  const text = (name: string): string => {
    const folder = here(`../node_modules/${name}`);
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return `${name} ${manifest(name).version}\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "see its repository"}\n`;
  };
  return {
    name: "licences",
    generateBundle() {
      const own: { dependencies: Record<string, string> } = JSON.parse(readFileSync(here("../package.json"), "utf8"));
      const names = new Set(Object.keys(own.dependencies));
      for (const name of names) {
        if (name === "svelte") continue; // what it depends on is its compiler's
        for (const needed of Object.keys(manifest(name).dependencies ?? {})) {
          if (existsSync(here(`../node_modules/${needed}`))) names.add(needed);
        }
      }
      this.emitFile({ type: "asset", fileName: "licences.txt", source: [...names].sort().map(text).join(`\n${"-".repeat(78)}\n\n`) });
    },
  };
}

export default defineConfig({
  root: here("."),
  plugins: [svelte(), svelteTesting(), licences()],
  resolve: { alias: { "@tiebeam": here("./src") } },
  // While pages are written: `npx vite --config web/vite.config.ts` beside a running `tiebeam serve`.
  server: { proxy: { "/api": { target: api, changeOrigin: true } }, fs: { allow: [here("..")] } },
  build: {
    outDir: process.env["TIEBEAM_WEB_OUT"] ?? here("../build/web"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: [here("./*.test.ts"), here("./src/**/*.test.ts"), here("../rooms/*/web/**/*.test.ts")],
    root: here(".."),
  },
});

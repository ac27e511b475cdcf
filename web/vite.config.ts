import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const api = process.env["TIEBEAM_API"] ?? "http://127.0.0.1:8460";

export default defineConfig({
  root: here("."),
  plugins: [svelte(), svelteTesting()],
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

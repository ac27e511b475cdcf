// Packs the built page so that the program can carry it: every file raw and, where that is smaller,
// gzip, with a list that server/assets.cc includes. Files that did not change are not written again.
//   node web/pack.mjs [FROM [TO]]      default: build/web build/web-packed
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

export function typeOf(path) {
  const type = TYPES[extname(path).toLowerCase()];
  if (!type) throw new Error(`${path}: no content type is known for '${extname(path)}'; add it to web/pack.mjs`);
  return type;
}

// A name that changes with its content: Vite's hash of 8 characters or more, below /assets/ or
// /fonts/. A word of small letters alone ("source-variable.woff2") is no hash.
export function isHashed(path) {
  if (!/^\/(assets|fonts)\//.test(path)) return false;
  const hash = /[-.]([A-Za-z0-9_-]{8,})\.[a-z0-9]+$/.exec(basename(path))?.[1];
  return hash !== undefined && /[A-Z0-9_]/.test(hash.slice(-8));
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function writeIfOther(path, bytes) {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  writeFileSync(path, bytes);
}

// The order of std::string_view: bytes, not letters of a language.
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

export function pack(from, to) {
  mkdirSync(to, { recursive: true });
  const paths = filesBelow(from).map((file) => "/" + relative(from, file).split(sep).join("/"));
  const written = new Set(["web_assets.inc"]);
  const keep = (name, bytes) => {
    writeIfOther(join(to, name), bytes);
    written.add(name);
  };
  const lines = paths.filter((path) => !path.endsWith(".map")).sort(byBytes).map((path, index) => {
    if (!/^[A-Za-z0-9_./@-]+$/.test(path)) throw new Error(`${path}: only A-Z a-z 0-9 _ . / @ - may be in a name`);
    const raw = readFileSync(join(from, path));
    const hash = createHash("sha256").update(raw).digest("hex");
    const zipped = gzipSync(raw, { level: 9 });
    const name = `${hash.slice(0, 32)}`;
    const isSmaller = zipped.length < raw.length;
    keep(`${name}.raw`, raw);
    if (isSmaller) keep(`${name}.gz`, zipped);
    const macro = isSmaller ? "TB_ASSET_WITH_GZIP" : "TB_ASSET";
    return `${macro}(${index}, "${path}", "${typeOf(path)}", "${name}", ${isHashed(path)})`;
  });
  writeIfOther(join(to, "web_assets.inc"), Buffer.from(lines.join("\n") + "\n"));
  for (const old of readdirSync(to)) if (!written.has(old)) rmSync(join(to, old));
  return lines.length;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const from = resolve(process.argv[2] ?? join(root, "build/web"));
  const to = resolve(process.argv[3] ?? join(root, "build/web-packed"));
  if (!existsSync(join(from, "index.html"))) {
    console.error(`error: there is no built page in ${from} [web.not_built]\n hint: build it first: npm run build`);
    process.exit(2);
  }
  console.log(`packed ${pack(from, to)} files into ${to}`);
}

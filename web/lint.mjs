// The rules of the page that a type checker does not know. A table and a loop: each rule says where
// it holds, what it looks for, and what to do instead.
//   node web/lint.mjs            checks web/src and rooms/*/web; exit status 1 when something is found

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const isFormat = (file) => file === "web/src/format.ts";
const isTest = (file) => file.endsWith(".test.ts");
const isChart = (file) => file.startsWith("web/src/charts/");
const isApi = (file) => file.startsWith("web/src/api/");
const roomOf = (file) => /^rooms\/([^/]+)\/web\//.exec(file)?.[1] ?? null;
const isPage = (file) => roomOf(file) !== null || file.startsWith("web/src/pages/");

/** Functions of format.ts that make no text of a number. */
const forPages = new Set([
  "dayText", "localText", "instantText", "endOfDay", "ageText", "oldText", "quarterText", "weekText", "shortHash", "detailText", "numberOf", "unitOf",
]);
const longest = 250;
const madeHere = (found) =>
  `${found.replace(/^\.|\($/g, "")} makes text of a number here; show the number with <Figure>, or add a function to web/src/format.ts, the only place that rounds`;

const patterns = [
  {
    where: (file) => !isFormat(file) && !isTest(file) && !isChart(file), // a chart cuts coordinates
    what: /\.(toFixed|toPrecision|toExponential)\(/,
    say: madeHere,
  },
  {
    where: (file) => !isFormat(file) && !isTest(file),
    what: /\.(toLocaleString|toLocaleDateString|toLocaleTimeString)\(|\bIntl\.(NumberFormat|DateTimeFormat)\b/,
    say: madeHere,
  },
  {
    where: (file) => !isFormat(file) && !isTest(file) && !isChart(file),
    what: /(?:\$\{|>\s*\{|\bString\()\s*Math\.(round|floor|ceil|trunc)\(/,
    say: () => "Math.round makes text here; rounding for people is done by web/src/format.ts, so that a number reads the same everywhere",
  },
  {
    where: (file) => !isApi(file) && !isTest(file),
    what: /(?<![\w.])fetch\(|\bnew (EventSource|XMLHttpRequest|WebSocket)\(|\.sendBeacon\(/,
    say: (found) => `${found.replace(/\($/, "")} is used outside web/src/api; ask with api.* of @tiebeam/api/client, which knows the organisation, the as-of and how errors are said`,
  },
  {
    where: (file) => file.endsWith(".svelte"),
    what: /(?<=\s)style=["'{]/,
    say: () => "a style attribute is refused by the Content-Security-Policy of the page; use a class, or style:property={value} for what changes",
  },
  {
    where: () => true,
    what: /setAttribute\(\s*["']style["']/,
    say: () => "a style attribute is refused by the Content-Security-Policy of the page; set element.style.property instead",
  },
  {
    where: () => true,
    what: /\{@html\b|\.(?:inner|outer)HTML\b|\.insertAdjacentHTML\(/,
    say: () => "text becomes markup here, and what people typed would run; write the markup in the component and put text in with {text}",
  },
  {
    where: () => true,
    script: true,
    what: /(?::|\bas|<|,|\|)\s*any\b(?=\s*[;,)=>|&[\]{}]|\s*$)|\bany\[\]/,
    say: () => "any switches the checker off; name the type, or use unknown and look before use",
  },
  {
    where: () => true,
    raw: true,
    what: /@ts-(ignore|nocheck)\b/,
    say: (found) => `${found} hides an error; correct the type`,
  },
];

/** Blanks comments, keeping lines and columns. */
function withoutComments(text) {
  const blank = (part) => part.replace(/[^\n]/g, " ");
  return text
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/g, (part, before) => before + blank(part.slice(before.length)));
}
/** Only the script of a component. */
function scriptOf(file, text) {
  if (!file.endsWith(".svelte")) return text;
  let out = "";
  let at = 0;
  for (const match of text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf(match[1]);
    out += text.slice(at, start).replace(/[^\n]/g, " ") + match[1];
    at = start + match[1].length;
  }
  return out;
}

/** The source of every import, with the names it takes: static, re-exported, lazy and globbed. */
function importsOf(text) {
  const found = [];
  const add = (match, from, names) => found.push({ line: text.slice(0, match.index).split("\n").length, from, names });
  for (const match of text.matchAll(/\b(?:import|export)\s+(type\s+)?([^;"'()]*?)\s*from\s*["']([^"']+)["']/g)) {
    const listed = /\{([^}]*)\}/.exec(match[2])?.[1] ?? "";
    const names = listed.split(",").map((name) => name.trim()).filter((name) => name !== "" && !name.startsWith("type ")).map((name) => name.split(/\s+as\s+/)[0]);
    add(match, match[3], match[1] ? [] : match[2].includes("*") ? ["*"] : names);
  }
  for (const match of text.matchAll(/\bimport(?:\.meta\.glob)?(?:<[^(]*>)?\s*\(\s*["']([^"']+)["']/g)) add(match, match[1], []);
  for (const match of text.matchAll(/\bimport\s+["']([^"']+)["']/g)) add(match, match[1], []);
  return found;
}

function importFault(file, { from, names }) {
  const room = roomOf(file);
  const target = from.startsWith(".") ? path.posix.join(path.posix.dirname(file), from) : from.replace(/^@tiebeam\//, "web/src/");
  const other = /(?:^|\/)rooms\/([^/]+)\//.exec(target)?.[1];
  if (room !== null && other !== undefined && other !== room) {
    return `room '${room}' imports room '${other}'; ask for a Figure by its key or link to the other room's page instead`;
  }
  if (room !== null && from.startsWith(".") && !target.startsWith(`rooms/${room}/web/`)) {
    return `'${from}' leaves the room; what rooms share is imported as @tiebeam/...`;
  }
  if (isPage(file) && !isTest(file) && /^web\/src\/format(\.ts)?$/.test(target)) {
    const numbers = names.filter((name) => !forPages.has(name));
    if (numbers.length > 0) {
      return `${numbers.join(", ")} of format.ts makes text of a number; numbers reach a page through <Figure> (a cell of a table through cellFigure), so that each can be opened`;
    }
  }
  // What rows.ts says is of the record pages themselves; a room counts, and what it counts is opened.
  if (room !== null && !isTest(file) && /^web\/src\/records\/rows(\.ts)?$/.test(target)) {
    const numbers = names.filter((name) => name !== "rangeWords");
    if (numbers.length > 0) return `${numbers.join(", ")} of records/rows.ts makes text of a number that a room counted; show it with records/HowMany.svelte, so that it can be opened`;
  }
  return null;
}

/** All faults of one file: {line, message}, in order. `file` is relative to the project, with slashes. */
export function lint(file, text) {
  const faults = [];
  const code = withoutComments(text);
  for (const rule of patterns) {
    if (!rule.where(file)) continue;
    const lines = (rule.raw ? text : rule.script ? scriptOf(file, code) : code).split("\n");
    lines.forEach((line, at) => {
      const found = rule.what.exec(line);
      if (found) faults.push({ line: at + 1, message: rule.say(found[0].trim()) });
    });
  }
  for (const one of importsOf(scriptOf(file, code))) {
    const message = importFault(file, one);
    if (message !== null) faults.push({ line: one.line, message });
  }
  const length = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  if (file.endsWith(".svelte") && length > longest) {
    faults.push({ line: longest + 1, message: `${length} lines; a component of over ${longest} does more than one thing: split it` });
  }
  return faults.sort((a, b) => a.line - b.line);
}

function* filesUnder(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(at);
    else if (/\.(ts|js|mjs|svelte)$/.test(entry.name)) yield at;
  }
}

function main() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const rooms = fs.readdirSync(path.join(root, "rooms")).map((room) => path.join(root, "rooms", room, "web"));
  let count = 0;
  for (const folder of [path.join(root, "web", "src"), ...rooms.filter((room) => fs.existsSync(room))]) {
    for (const file of filesUnder(folder)) {
      const name = path.relative(root, file).split(path.sep).join("/");
      for (const { line, message } of lint(name, fs.readFileSync(file, "utf8"))) {
        console.error(`${name}:${line}: ${message}`);
        count += 1;
      }
    }
  }
  if (count > 0) {
    console.error(`${count} ${count === 1 ? "fault" : "faults"} against the rules of the page`);
    process.exit(1);
  }
}
if (process.argv[1] === fileURLToPath(import.meta.url)) main();

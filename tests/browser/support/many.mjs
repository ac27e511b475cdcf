// A large organisation, the same on every machine: events of 100,000 items in 5 states by 20 teams over
// 26 weeks, as a file in the `events` format.

import fs from "node:fs";

/** Mulberry32: the same numbers everywhere. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const states = ["New", "Ready", "Active", "Review", "Done"];
const typical = [1.2, 3, 2.5, 1.5]; // days in each state but the last, in the middle of a long tail
export const stateMap = 'order = ["New", "Ready", "Active", "Review", "Done"]\n\n[states]\n"New" = "wait"\n"Ready" = "wait"\n"Active" = "active"\n"Review" = "wait"\n"Done" = "done"\n';

/** Writes the file and says how many items and events it has. */
export function writeMany(file, { items = 100_000, weeks = 26, teams = 20 } = {}) {
  const next = numbers(20260301);
  const first = Date.UTC(2025, 8, 1), end = first + weeks * 7 * 86_400_000;
  const out = fs.openSync(file, "w");
  let text = "item,at,state,created,type,team\n", events = 0;
  for (let i = 0; i < items; ++i) {
    const key = `W-${String(i + 1).padStart(6, "0")}`;
    const type = ["feature", "defect", "request"][Math.floor(next() * 3)];
    let team = Math.floor(next() * teams);
    let at = first + next() * (end - first);
    for (let state = 0; state < states.length && at < end; ++state) {
      const stamp = new Date(at).toISOString().slice(0, 19);
      text += `${key},${stamp}Z,${states[state]},${state === 0 ? `${stamp}Z` : ""},${type},Team ${team + 1}\n`;
      events += 1;
      at += typical[state] * 86_400_000 * Math.exp(1.1 * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()));
      if (next() < 0.3) team = Math.floor(next() * teams);
    }
    if (text.length > 1 << 20) {
      fs.writeSync(out, text);
      text = "";
    }
  }
  fs.writeSync(out, text);
  fs.closeSync(out);
  return { items, events };
}

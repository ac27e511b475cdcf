// An organisation with a past long enough for forecasts, the same on every machine: events of about 1,900
// items of two value streams over 130 weeks, a file of `events` each. Weeks are not alike: speed drifts,
// nothing is finished over the turn of the year, and some work waits for approval or for a vendor.

import fs from "node:fs";
import path from "node:path";

const dayMs = 86_400_000;
const first = Date.UTC(2023, 4, 8);
const weeks = 130;
export const historyAsOf = "2025-11-03";
export const historyMap = `order = ["Queue", "Analysis", "Development", "Test", "Done"]

[states]
"Queue" = "wait"
"Analysis" = "active"
"Awaiting approval" = "blocked"
"Development" = "active"
"Awaiting vendor" = "blocked"
"Test" = "active"
"Done" = "done"

[party]
"Awaiting approval" = "business decision"
"Awaiting vendor" = "vendor"
`;
/** Share of items that pass a state, and the days in it, in the middle of a long tail. */
const way = [
  ["Queue", 1, 4, 0.9],
  ["Analysis", 1, 1.2, 0.6],
  ["Awaiting approval", 0.45, 5, 0.8],
  ["Development", 1, 3, 0.7],
  ["Awaiting vendor", 0.12, 9, 0.8],
  ["Test", 1, 1.5, 0.7],
  ["Done", 1, 0, 0],
];
const streams = [
  { id: "orders", team: "Order team", aWeek: 9 },
  { id: "invoices", team: "Billing team", aWeek: 5.5 },
];

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
const people = 6; // of each team
const isClosed = (at) => {
  const day = new Date(at).toISOString().slice(5, 10);
  return day >= "12-22" || day <= "01-04";
};

/** Writes a file for each stream, named after it, and says which. */
export function writeHistory(folder) {
  const next = numbers(20260105);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const end = first + weeks * 7 * dayMs;
  const files = [];
  let items = 0;
  for (const { id, team, aWeek } of streams) {
    let text = "item,at,state,created,type,assignee,team\n", drift = 0;
    for (let week = 0; week < weeks; ++week) {
      drift = 0.85 * drift + 0.16 * normal();
      const begun = Math.max(0, Math.round(aWeek * Math.exp(drift) + Math.sqrt(aWeek) * 0.8 * normal()));
      for (let i = 0; i < begun; ++i) {
        const key = `${id === "orders" ? "ORD" : "INV"}-${1000 + items}`;
        const type = ["feature", "feature", "defect", "request"][Math.floor(next() * 4)];
        let at = first + (week + next()) * 7 * dayMs;
        const person = `Person ${id.charAt(0)}${Math.floor(next() * people)}`;
        items += 1;
        for (const [state, share, days, spread] of way) {
          if (next() >= share) continue;
          while (isClosed(at)) at += dayMs;
          if (at >= end) break;
          const stamp = new Date(at).toISOString().slice(0, 19);
          text += `${key},${stamp}Z,${state},${state === "Queue" ? `${stamp}Z` : ""},${type},${state === "Queue" ? "" : person},${state === "Awaiting vendor" ? "Northwind Support" : team}\n`;
          at += days * dayMs * Math.exp(spread * normal()) * Math.exp(-0.5 * drift);
        }
      }
    }
    files.push(path.join(folder, `${id}.csv`));
    fs.writeFileSync(files.at(-1), text);
  }
  return files;
}

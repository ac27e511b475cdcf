// Deployments and incidents of three services over two years before `end`, the same on every machine: one
// ships daily and breaks seldom, one ships weekly and breaks often, one ships once a month. Some changes
// wait to be shipped, and one incident is open.

import fs from "node:fs";
import path from "node:path";

const hourMs = 3_600_000;
const services = [
  { id: "shop", every: 30, breaks: 0.05 },
  { id: "payroll", every: 170, breaks: 0.2 },
  { id: "archive", every: 730, breaks: 0.1 },
];
/** Numbers between 0 and 1, the same each time (Park and Miller 1988). */
function* numbers(seed) {
  for (let now = seed; ; ) yield (now = (now * 48_271) % 2_147_483_647) / 2_147_483_647;
}
const iso = (time) => new Date(time).toISOString().slice(0, 19) + "Z";

/** Writes both files and gives their paths with the format of each. */
export function writeShipped(folder, end) {
  const draw = numbers(20_251_103);
  const next = () => draw.next().value;
  const last = Date.parse(`${end}T00:00:00Z`);
  const shipped = ["deployment,service,environment,started,finished,result,commits,commit_times,is_unplanned"], broken = ["incident,service,opened,restored,deployment,severity"];
  for (const { id, every, breaks } of services) {
    for (let time = last - 730 * 24 * hourMs, n = 1; time < last - 6 * hourMs; time += every * hourMs * (0.5 + next()), ++n) {
      const key = `${id}-${n}`;
      const commits = Array.from({ length: 1 + Math.floor(3 * next()) }, (_, i) => ({ sha: `${key}c${i}`, at: time - every * hourMs * (0.1 + 1.5 * next()) }));
      shipped.push([key, id, "production", iso(time), iso(time + hourMs / 4), "success", commits.map((one) => one.sha).join(";"), commits.map((one) => iso(one.at)).join(";"), next() < breaks / 2].join(","));
      if (next() >= breaks) continue;
      const opened = time + hourMs * (0.5 + 3 * next());
      broken.push([`I-${key}`, id, iso(opened), iso(opened + hourMs * (0.3 + 8 * next() ** 2)), next() < 0.6 ? key : "", "high"].join(","));
    }
    shipped.push(["", id, "production", "", "", "", `${id}-waits`, iso(last - 40 * hourMs), ""].join(","));
  }
  broken.push(["I-open", "payroll", iso(last - 5 * hourMs), "", "", "high"].join(","));
  return [["deployments", shipped], ["incidents", broken]].map(([format, lines]) => {
    const file = path.join(folder, `${format}.csv`);
    fs.writeFileSync(file, `${lines.join("\n")}\n`);
    return { format, file };
  });
}

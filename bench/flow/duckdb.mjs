// The same figures in DuckDB, from a typed table that is already in its database.
//   node bench/flow/duckdb.mjs FOLDER_OF_NODE_MODULES FILE.csv FILE.duckdb THREADS [RUNS]
// FILE.duckdb is made from FILE.csv when it is missing. Prints one line of JSON: the least CPU and
// wall seconds of the runs, peak memory, and sums to compare. Window functions run once, into a
// table that everything else reads.
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const [folder, csv, file, threads, runs = "3"] = process.argv.slice(2);
const require = createRequire(resolve(folder, "package.json"));
const { DuckDBInstance } = require("@duckdb/node-api");

const isNew = !existsSync(file);
const instance = await DuckDBInstance.create(file, { threads });
const duck = await instance.connect();
if (isNew) {
  await duck.run(`create table events as select * from read_csv('${csv}', columns = {
    'row': 'UINTEGER', 'item': 'UINTEGER', 'stamp': 'BIGINT', 'state': 'UTINYINT', 'team': 'UTINYINT'})`);
  await duck.run("checkpoint");
}

const DAY = "86400000000";
const GRACE = `7 * ${DAY}`;
// Ids as in bench/flow/generated_log.h, from 1: 1 is backlog, 11 blocked, 12 done, 13 cancelled.
const ACTIVE = "(3, 5, 7, 9)";
const steps = [
  `create or replace temp table step as
   select item, stamp, state, team,
          lead(stamp) over w as next_at, lag(state) over w as came_from, lag(team) over w as had
   from events window w as (partition by item order by stamp, row)`,
  `create or replace temp table life as
   select item,
          min(stamp) filter (state between 2 and 11) as started,
          max(stamp) filter (next_at is null and state = 12) as finish,
          min(stamp) filter (state = 12 and (next_at is null or next_at - stamp > ${GRACE})) as counted,
          coalesce(bool_or(next_at is null and state = 13), false) as is_cancelled,
          sum(next_at - stamp) filter (state in ${ACTIVE}) as active,
          sum(next_at - stamp) filter (state = 11) as blocked,
          sum(next_at - stamp) filter (state = 12) as done_gap,
          count(*) filter (team <> had) as handoffs
   from step group by item`,
];
// Monday 1970-01-05 starts week 1; days are UTC.
const week = (at) => `((${at} // ${DAY} + 3) // 7)`;
const queries = {
  totals: `select count(*) as items, count(finish) as finished, sum(is_cancelled::int) as cancelled,
     sum(handoffs) as handoffs, sum(finish - started) as cycle,
     sum(active) filter (finish is not null) as active,
     sum(finish - started - coalesce(active, 0) - coalesce(blocked, 0) - coalesce(done_gap, 0)) as wait,
     sum(blocked) filter (finish is not null) as blocked,
     sum(done_gap) filter (finish is not null) as done_gap from life`,
  weeks: `select week, sum(arrivals) as arrivals, sum(finishes) as finishes, any_value(p) as p from (
     select ${week("started")} as week, count(*) as arrivals, 0 as finishes, null as p
     from life where started is not null group by 1
     union all
     select ${week("counted")} as week, 0, count(*), quantile_cont(counted - started, [0.5, 0.85, 0.95])
     from life where counted is not null group by 1) group by week order by week`,
  second: `select count(*) as second_cycles from step join life using (item)
     where state = 12 and stamp > counted and (next_at is null or next_at - stamp > ${GRACE})`,
  stays: `select state, count(*) as stays, quantile_cont(next_at - stamp, [0.5, 0.85, 0.95]) as p
     from step where next_at > stamp group by state order by state`,
  cfd: `with change as (
       select stamp // ${DAY} as day, state, 1 as n from step
       union all
       select stamp // ${DAY} as day, came_from as state, -1 as n from step where came_from is not null),
     daily as (select day, state, sum(n) as n from change group by day, state),
     grid as (select d.day, s.state from
       (select unnest(range((select min(day) from daily), (select max(day) from daily) + 1)) as day) d,
       (select distinct state from daily) s)
     select day, state, sum(coalesce(n, 0)) over (partition by state order by day) as items
     from grid left join daily using (day, state)`,
};

async function rows(query) {
  const reader = await duck.runAndReadAll(query);
  return reader.getRowObjectsJS();
}
const list = (p) => (p ? (Array.isArray(p) ? p : p.items) : []).map(Number);

async function once() {
  const cpu = process.cpuUsage();
  const started = performance.now();
  for (const step of steps) await duck.run(step);
  const answers = {};
  for (const [name, query] of Object.entries(queries)) answers[name] = await rows(query);
  const wall = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  return { answers, wall, cpu: (used.user + used.system) / 1e6 };
}

function sums({ totals, weeks, second, stays, cfd }) {
  const out = {};
  for (const [key, value] of Object.entries(totals[0])) out[key] = BigInt(value ?? 0);
  let arrivals = 0n, finishes = 0n, weekly = 0, count = 0n, stay = 0, cumulative = 0n;
  const first = Number(weeks[0].week);
  for (const row of weeks) {
    const weight = BigInt(Number(row.week) - first + 1);
    arrivals += BigInt(row.arrivals) * weight;
    finishes += BigInt(row.finishes) * weight;
    for (const each of list(row.p)) weekly += each * 1e-6;
  }
  for (const row of stays) {
    count += BigInt(row.stays);
    for (const each of list(row.p)) stay += each * 1e-6;
  }
  const start = cfd.reduce((least, row) => Math.min(least, Number(row.day)), Infinity);
  for (const row of cfd)
    cumulative += BigInt(row.items) * BigInt((Number(row.day) - start + 1) * Number(row.state));
  return { ...out, arrivals, finishes, second_cycles: BigInt(second[0].second_cycles),
    weekly_p: weekly.toFixed(3), stays: count, stay_p: stay.toFixed(3), cfd: cumulative };
}

let best;
let cpu = Infinity, wall = Infinity;
for (let run = 0; run < Number(runs); ++run) {
  best = await once();
  cpu = Math.min(cpu, best.cpu);
  wall = Math.min(wall, best.wall);
}
const version = (await rows("select version() as v"))[0].v;
const parts = [`"engine":"DuckDB ${version}"`, `"threads":${threads}`, `"cpu":${cpu.toFixed(3)}`,
  `"wall":${wall.toFixed(3)}`, `"peak_mb":${Math.round(process.resourceUsage().maxRSS / 1024)}`];
for (const [key, value] of Object.entries(sums(best.answers))) parts.push(`"${key}":${value}`);
console.log(`{${parts.join(",")}}`);

// The import of an event file by DuckDB: one pass from text to typed columns in a file.
//   node bench/import_duckdb.mjs FILE THREADS NEW_DATABASE [FOLDER with node_modules]
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [file, threads, path, modules = "."] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(modules, "package.json"))("@duckdb/node-api");
for (const each of [path, `${path}.wal`]) rmSync(each, { force: true });
const instance = await DuckDBInstance.create(path, { threads });
const connection = await instance.connect();
const cpu = process.cpuUsage();
const start = performance.now();
await connection.run(
  `CREATE TABLE event AS SELECT * FROM read_csv('${file}', header = true, columns = {'item': 'VARCHAR',
   'at': 'TIMESTAMP', 'state': 'VARCHAR', 'team': 'VARCHAR', 'assignee': 'VARCHAR'})`,
);
await connection.run("CHECKPOINT");
const used = process.cpuUsage(cpu);
const wall = (performance.now() - start) / 1e3;
const seconds = ((used.user + used.system) / 1e6).toFixed(2);
const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
console.log(`DuckDB, ${threads} thread(s): ${seconds} CPU s, ${wall.toFixed(2)} s wall, peak ${peak} MB`);
const sums = await connection.runAndReadAll(
  `SELECT count(*), count(DISTINCT item), count(DISTINCT state), sum(epoch("at")::BIGINT) FROM event`,
);
const [rows, items, states, total] = sums.getRowsJson()[0];
console.log(`rows ${rows}, items ${items}, states ${states}, sum of seconds ${total}`);
connection.closeSync();

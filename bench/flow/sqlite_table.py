"""Totals, weekly counts and stays in SQLite (it has no percentiles and no daily table here).
   python3 bench/flow/sqlite_table.py FILE.csv
From a typed table in memory; the CPU and wall seconds are those of the queries. One line of JSON."""
import csv
import json
import resource
import sqlite3
import sys
import time

DAY = 86_400_000_000
GRACE = 7 * DAY
STEP = """create temp table step as select item, stamp, state, team,
  lead(stamp) over w as next_at, lag(team) over w as had
  from events window w as (partition by item order by stamp, row)"""
LIFE = f"""create temp table life as select item,
  min(stamp) filter (where state between 2 and 11) as started,
  max(stamp) filter (where next_at is null and state = 12) as finish,
  min(stamp) filter (where state = 12 and (next_at is null or next_at - stamp > {GRACE})) as counted,
  max(next_at is null and state = 13) as is_cancelled,
  total(next_at - stamp) filter (where state in (3, 5, 7, 9)) as active,
  total(next_at - stamp) filter (where state = 11) as blocked,
  total(next_at - stamp) filter (where state = 12) as done_gap,
  count(*) filter (where team <> had) as handoffs from step group by item"""
TOTALS = """select count(*), count(finish), sum(is_cancelled), sum(handoffs), sum(finish - started),
  sum(cast(active as integer)) filter (where finish is not null),
  sum(cast(finish - started - active - blocked - done_gap as integer)) filter (where finish is not null),
  sum(cast(blocked as integer)) filter (where finish is not null),
  sum(cast(done_gap as integer)) filter (where finish is not null) from life"""
NAMES = ["items", "finished", "cancelled", "handoffs", "cycle", "active", "wait", "blocked", "done_gap"]


def main(path):
    base = sqlite3.connect(":memory:")
    base.execute("create table events (row integer primary key, item integer, stamp integer, state integer, team integer)")
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        base.executemany("insert into events values (?, ?, ?, ?, ?)", rows)
    cpu, wall = time.process_time(), time.perf_counter()
    base.execute(STEP)
    base.execute(LIFE)
    found = dict(zip(NAMES, base.execute(TOTALS).fetchone()))
    found["stays"] = base.execute("select count(*) from step where next_at > stamp").fetchone()[0]
    cost = {"engine": f"SQLite {sqlite3.sqlite_version} (totals only)", "threads": 1,
            "cpu": round(time.process_time() - cpu, 2), "wall": round(time.perf_counter() - wall, 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    print(json.dumps(cost | found))


main(sys.argv[1])

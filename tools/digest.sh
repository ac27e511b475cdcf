#!/usr/bin/env bash
# One result on every machine: builds the simulations with clang and with g++, runs them on 1, 2 and 4
# threads with every kind of vectors this machine has, and prints the one digest, or says which differ.
#   tools/digest.sh          clang-19 and g++ 12
#   tools/digest.sh arm64    also builds base and quant for arm64 and runs their tests in an emulator
set -euo pipefail
cd "$(dirname "$0")/.."

quiet() { "$@" >build/digest.log 2>&1 || { tail -n 40 build/digest.log >&2; exit 3; }; }
build() {
  local preset="$1"
  shift
  mkdir -p build
  [ -f "build/$preset/build.ninja" ] || quiet cmake --preset "$preset"
  quiet ninja -C "build/$preset" "$@"
}

clang=0 gcc=0
build kernel simulation_digest
build kernel-gcc simulation_digest
clang=$(build/kernel/tests/digest/simulation_digest)
gcc=$(build/kernel-gcc/tests/digest/simulation_digest)
if [ "$clang" != "$gcc" ]; then
  echo "error: clang gives $clang, g++ gives $gcc [digest.differs]" >&2
  exit 1
fi
echo "digest $clang: clang-19 and g++ 12, threads and vectors as above"
[ "${1:-}" = arm64 ] || exit 0

tools/setup.sh arm64
build kernel-arm64 simulation_digest tb_base_test tb_quant_test
for test in tb_base_test tb_quant_test; do
  qemu-aarch64 "build/kernel-arm64/$test" --gtest_brief=1
done
echo "digest $(qemu-aarch64 build/kernel-arm64/tests/digest/simulation_digest): arm64"

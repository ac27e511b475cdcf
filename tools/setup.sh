#!/usr/bin/env bash
# Installs what building (and with "tests" what testing) needs, from Debian's packages. Does nothing
# when everything is there. Sourced and called by ./run and ./check.
set -euo pipefail

build_packages=(clang-19 lld-19 cmake ninja-build ccache pkg-config libfmt-dev libcli11-dev libsimdjson-dev
  libsqlite3-dev libssl-dev libsodium-dev libtomlplusplus-dev zlib1g-dev libzstd-dev libxxhash-dev
  libzip-dev libhowardhinnant-date-dev tzdata libboost1.81-dev libhwy-dev)
test_packages=(git clang-format-19 clang-tidy-19 libclang-rt-19-dev llvm-19 libgtest-dev librapidcheck-dev python3 g++
  sqlite3 chromium)

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then return; fi
  if ! command -v apt-get >/dev/null; then
    echo "error: these packages are missing and apt-get is not here to install them: ${missing[*]}" >&2
    exit 3
  fi
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then sudo=(sudo); fi
  echo "installing ${missing[*]}" >&2
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Node comes with npm from some sources; Debian has two packages.
node_packages=()
command -v node >/dev/null || node_packages+=(nodejs)
command -v npm >/dev/null || node_packages+=(npm)

install_packages "${build_packages[@]}" "${node_packages[@]}"
if [ "${1:-}" = tests ]; then install_packages "${test_packages[@]}"; fi
# Another processor: its compiler, an emulator, and the libraries of base and quant for it.
if [ "${1:-}" = arm64 ]; then
  if ! dpkg --print-foreign-architectures | grep -qx arm64; then
    as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" dpkg --add-architecture arm64
  fi
  install_packages g++-aarch64-linux-gnu qemu-user {libfmt-dev,libxxhash-dev,libssl-dev,libhwy-dev,libgtest-dev}:arm64
fi

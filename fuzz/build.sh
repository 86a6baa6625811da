#!/usr/bin/env bash
# Builds the program with all targets, instrumented for libFuzzer. With `LANDFALL_ASAN=1` under AddressSanitizer too,
# which needs RUSTC_BOOTSTRAP=1 on a stable toolchain and is of use for the C code of dependencies only.
set -euo pipefail
cd "$(dirname "$0")"
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags="$flags -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
if [ "${LANDFALL_ASAN:-}" = 1 ]; then
  export RUSTC_BOOTSTRAP=1
  flags="$flags -Zsanitizer=address"
fi
RUSTFLAGS="$flags" cargo build --release --target x86_64-unknown-linux-gnu "$@"

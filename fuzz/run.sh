#!/usr/bin/env bash
# Runs every target for so many seconds (60), or only those that are named: run.sh SECONDS [TARGET…]. Stops at no finding:
# the sum at the end says what was found.
set -uo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
program=${LANDFALL_FUZZ:-target/x86_64-unknown-linux-gnu/release/landfall-fuzz}
targets=${*:-mrz mrz_repair mrz_content lds sod cms asn1 certificate master_list revocation_list import crypto policy translit payload aamva stripe bcbp vds vds_nc idb c40 store ldif deviation_list chip seal picture optical barcode alert alert_csv}
for target in $targets; do
  mkdir -p "corpus/$target" "artifacts/$target"
  LANDFALL_TARGET=$target "$program" "corpus/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=1024 \
    -max_len=65536 -artifact_prefix="artifacts/$target/" -print_final_stats=1 >"artifacts/$target.log" 2>&1
  status=$?
  runs=$(grep -o 'number_of_executed_units: *[0-9]*' "artifacts/$target.log" | grep -o '[0-9]*$')
  echo "$target: status $status, ${runs:-no} runs, $(find "artifacts/$target" -type f | wc -l) findings"
done

#!/bin/bash
# Whole runs, one after the other, each held against the first by `./exolab gate`: are they identical, to the instruction?
#
#     repeat.sh N [arguments of ./exolab run]
#
# Exit status: 0 all are identical; otherwise that of the run or the gate that was not.
set -euo pipefail
cd "$(dirname "$0")/.."
n=$1
shift
first=
for i in $(seq "$n"); do
    log=$(mktemp)
    ./exolab run --no-build "$@" >"$log" 2>&1 || { status=$?; tail -20 "$log"; exit $status; }
    this=results/$(basename "$(readlink results/latest)")
    rm "$log"
    if [ -z "$first" ]; then
        first=$this
        echo "run 1 of $n: $this"
    else
        said=$(./exolab gate --run "$this" --against "$first") || { status=$?; echo "$said"; exit $status; }
        echo "run $i of $n: $this: $(tail -1 <<<"$said")"
    fi
done

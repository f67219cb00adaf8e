#!/usr/bin/env bash
# Runs every benchmark in the Wasm of this runtime and writes the weights. The machine should do nothing else meanwhile.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cargo run --locked -p margin-bench --features runtime-benchmarks -- "$@"

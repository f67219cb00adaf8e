#!/usr/bin/env bash
# Runs every benchmark in the Wasm of this runtime and writes the weights. The machine should do nothing else meanwhile.
set -euo pipefail
. "$(dirname "$0")/env.sh"
# The whole workspace's features, so that its dependencies are built once.
cargo build --locked --workspace --bin margin-bench --features margin-bench/runtime-benchmarks,margin-bench/rough-weights
exec "$CARGO_TARGET_DIR/debug/margin-bench" weights "$@"

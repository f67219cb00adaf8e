#!/usr/bin/env bash
# Measures keepers and full blocks with up to a million accounts and writes tests/bench/scale.md. The machine should do
# nothing else meanwhile.
set -euo pipefail
. "$(dirname "$0")/env.sh"
# The whole workspace's features, so that its dependencies are built once.
cargo build --locked --workspace --bin margin-bench --features margin-bench/runtime-benchmarks
"$CARGO_TARGET_DIR/debug/margin-bench" scale "$@"
# What every call weighs; `make weights` measures it again.
cat tests/bench/weights.md

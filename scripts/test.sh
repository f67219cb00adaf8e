#!/usr/bin/env bash
# Every test: formatting, lints, documentation, unit and property tests, then the real client against the real node.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/lint.sh
cargo test --locked --workspace
cargo build --locked --workspace --bins
cd tests/e2e && npm test

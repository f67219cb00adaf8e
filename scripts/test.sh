#!/usr/bin/env bash
# Every test: unit and property tests, formatting, lints, documentation, then the real client against the real node.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/build.sh
cargo test --locked --workspace
scripts/lint.sh
cd tests/e2e && npm test

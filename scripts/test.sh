#!/usr/bin/env bash
# Every test: unit and property tests, formatting, lints, documentation, then the real client against the real node.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/build.sh
# Property tests draw the same inputs every time here, so that a change is what makes one fail; `make soak` draws others.
export PROPTEST_RNG_SEED="${PROPTEST_RNG_SEED:-20200312}"
cargo test --locked --workspace
scripts/lint.sh
cd tests/e2e && npm test

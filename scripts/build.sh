#!/usr/bin/env bash
# Builds everything once, binaries and tests, so that the demonstration and the tests share one set of dependencies.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cargo build --locked --workspace --all-targets

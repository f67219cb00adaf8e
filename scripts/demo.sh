#!/usr/bin/env bash
# Builds the node and the price source, and runs the demonstration: 12 March 2020 on a development chain.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/build.sh
exec node tests/e2e/demo/main.mjs "$@"

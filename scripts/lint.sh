#!/usr/bin/env bash
# Formatting, lints and documentation, with warnings denied.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

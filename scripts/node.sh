#!/usr/bin/env bash
# A development chain at ws://127.0.0.1:9944 whose prices move: a calm week, a minute of it a second, back and forth. A
# market maker keeps the AMM near them.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/build.sh
bin="$CARGO_TARGET_DIR/debug"
prices=127.0.0.1:9900
trap 'kill $(jobs -p) 2>/dev/null' EXIT
"$bin/margin-price-source" --listen $prices --replay calm --speed 60 --venues 3 --repeat &
node tests/e2e/demo/keep-market.mjs ws://127.0.0.1:9944 "http://$prices" &
"$bin/margin-node" --dev --rpc-cors all \
	--price-source "http://$prices/venues/0/prices" \
	--price-source "http://$prices/venues/1/prices" \
	--price-source "http://$prices/venues/2/prices" "$@"

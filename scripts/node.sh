#!/usr/bin/env bash
# A development chain at ws://127.0.0.1:9944 whose prices move: a calm week, a minute of it a second, back and forth.
set -euo pipefail
. "$(dirname "$0")/env.sh"
scripts/build.sh
bin="$CARGO_TARGET_DIR/debug"
listen=127.0.0.1:9900
"$bin/margin-price-source" --listen $listen --replay calm --speed 60 --venues 3 --repeat &
source=$!
trap 'kill $source 2>/dev/null' EXIT
"$bin/margin-node" --dev --rpc-cors all \
	--price-source "http://$listen/venues/0/prices" \
	--price-source "http://$listen/venues/1/prices" \
	--price-source "http://$listen/venues/2/prices" "$@"

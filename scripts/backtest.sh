#!/usr/bin/env bash
# The margins of BTC and ETH over candles of your own, beside static margins: DATA/BTC_1h.csv.gz and DATA/ETH_1h.csv.gz, or
# the same names without .gz; and what portfolio accounts require of random books. Writes out/backtest: margins.csv,
# report.json, report.svg and portfolio.json. The days may be given; else they are the years 2021 to 2023.
set -euo pipefail
usage="usage: scripts/backtest.sh DATA [--from YYYY-MM-DD [--to YYYY-MM-DD]]"
data=$(cd "${1:?$usage}" && pwd)
shift
. "$(dirname "$0")/env.sh"
[ $# -gt 0 ] || set -- --from 2021-01-01 --to 2023-12-31
candles=()
for asset in BTC ETH; do
	file=$data/${asset}_1h.csv.gz
	[ -f "$file" ] || file=${file%.gz}
	candles+=(--candles "$asset=$file")
done
cargo build --locked -p margin-backtest
out=out/backtest
mkdir -p "$out"
backtest=$CARGO_TARGET_DIR/debug/margin-backtest
"$backtest" margins "${candles[@]}" --out "$out/margins.csv"
"$backtest" evaluate "${candles[@]}" --margins "$out/margins.csv" --json "$out/report.json" --svg "$out/report.svg" "$@"
"$backtest" portfolio "${candles[@]}" --json "$out/portfolio.json" "$@"

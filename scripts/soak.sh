#!/usr/bin/env bash
# The model-based test of the margin pallet with one fresh seed after the other, until it is interrupted or fails. A
# failure prints its seed, and the shortest run that fails: `scripts/soak.sh SEED` repeats it.
set -euo pipefail
. "$(dirname "$0")/env.sh"
export MODEL_CASES="${MODEL_CASES:-200}"
test=tests::model::the_chain_does_what_the_model_says
log=$(mktemp)
trap 'rm -f "$log"' EXIT
round=0
while :; do
	seed=${1:-$(od -An -N8 -tu8 /dev/urandom | tr -d ' ')}
	round=$((round + 1))
	echo "round $round: $MODEL_CASES runs with seed $seed"
	if ! PROPTEST_RNG_SEED=$seed cargo test --locked --workspace --lib -- "$test" >"$log" 2>&1; then
		cat "$log"
		echo "failed with seed $seed"
		exit 1
	fi
	[ $# -eq 0 ] || break
done

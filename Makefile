# The two commands of a newcomer: `make demo` and `make test`. See README.md.
.PHONY: demo test soak node setup lint weights bench backtest clean

demo: setup
	scripts/demo.sh

test: setup
	scripts/test.sh

# The margin pallet against its reference model, with fresh random runs until it is interrupted or fails.
soak: setup
	scripts/soak.sh

# A development chain with moving prices for polkadot.js Apps; stays until interrupted.
node: setup
	scripts/node.sh

setup:
	scripts/setup.sh

lint:
	scripts/lint.sh

# Measures every call and hook again and writes runtime/common/src/weights/measured.
weights: setup
	scripts/weights.sh

# Measures keepers and full blocks with up to a million accounts and writes tests/bench/scale.md.
bench: setup
	scripts/bench.sh

# The margins of BTC and ETH over hourly candles in DATA, beside static margins.
backtest:
	scripts/backtest.sh "$(DATA)"

clean:
	rm -rf out tests/e2e/node_modules
	cargo clean

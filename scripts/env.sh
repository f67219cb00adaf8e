# Sourced by the other scripts: where things are, and which toolchain builds the Wasm.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
if [ -z "${WASM_BUILD_TOOLCHAIN:-}" ] && [ -z "$(ls "$(rustc --print target-libdir --target wasm32v1-none)"/libcore-*.rlib 2>/dev/null)" ]; then
	export WASM_BUILD_TOOLCHAIN=margin-wasm
fi

#!/usr/bin/env bash
# Makes sure that some toolchain can build for wasm32v1-none.
# First choice: the target of the active toolchain, added by rustup. Where its servers are out of reach, Debian's
# `rustc-web` (its own compiler, with the library's source) is set up as a linked toolchain called `margin-wasm`.
set -euo pipefail

say() { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
target=wasm32v1-none
name=margin-wasm

has_target() { [ -n "$(ls "$("$@" --print target-libdir --target $target 2>/dev/null)"/libcore-*.rlib 2>/dev/null)" ]; }

if has_target rustc; then exit 0; fi
if command -v rustup >/dev/null && rustup run $name rustc --version >/dev/null 2>&1 && has_target rustup run $name rustc; then exit 0; fi
if command -v rustup >/dev/null && timeout 120 rustup target add $target >/dev/null 2>&1 && has_target rustc; then exit 0; fi

say "building the $target library from Debian's Rust sources (once)"
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	rustc-web cargo-web rust-web-src rust-web-llvm lld-22 >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src"
printf '[package]\nname = "empty"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n' > "$work/Cargo.toml"
printf '#![no_std]\n' > "$work/src/lib.rs"
(
	cd "$work"
	env -u CARGO_TARGET_DIR RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
		/usr/bin/cargo build --quiet --release -Z build-std=core,alloc --target $target
)
lib=/usr/lib/rustlib/$target/lib
as_root mkdir -p "$lib"
as_root cp "$work"/target/$target/release/deps/libcore-*.rlib "$work"/target/$target/release/deps/liballoc-*.rlib \
	"$work"/target/$target/release/deps/libcompiler_builtins-*.rlib "$lib/"
rustup toolchain link $name /usr
has_target rustup run $name rustc || { say "the $target target could not be set up"; exit 1; }

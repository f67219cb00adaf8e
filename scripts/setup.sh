#!/usr/bin/env bash
# Installs what is missing to build, test and run: system packages, the Wasm target, the JavaScript clients.
# Safe to run again: what is there is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m[setup]\033[0m %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_updated=""
apt_install() {
	command -v apt-get >/dev/null || { say "not a Debian system: please install by hand: $*"; return 1; }
	[ -n "$apt_updated" ] || { as_root apt-get update -qq; apt_updated=1; }
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=()
command -v protoc >/dev/null || missing+=(protobuf-compiler)
{ command -v cc && command -v c++ && command -v make; } >/dev/null || missing+=(build-essential)
if [ ${#missing[@]} -gt 0 ]; then
	say "installing ${missing[*]}"
	apt_install "${missing[@]}"
fi
command -v cargo >/dev/null || { say "Rust is missing: install it with rustup, then run this again"; exit 1; }
command -v node >/dev/null || { say "Node.js 20 or later is missing: install it, then run this again"; exit 1; }

scripts/wasm-toolchain.sh

stamp=tests/e2e/node_modules/.package-lock.json
if [ ! -f "$stamp" ] || [ tests/e2e/package-lock.json -nt "$stamp" ]; then
	say "installing the JavaScript clients"
	(cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error)
	touch "$stamp"
fi

# shellcheck shell=bash
# Settings that every script shares: where things are, which versions of the tools, how to speak. Sourced, never run.
# It installs nothing and builds nothing.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Tools and build folders live in the user's cache, so that the next clone of this repository builds quickly.
APPSHELF_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/appshelf
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$APPSHELF_CACHE/target}
mkdir -p "$APPSHELF_CACHE" "$CARGO_TARGET_DIR"
# A relative build folder would mean another one in every folder that a tool changes to.
CARGO_TARGET_DIR=$(cd "$CARGO_TARGET_DIR" && pwd -P)

# shellcheck disable=SC2034 # read by the scripts that source this
RUST_MINIMUM=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)
TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.4
# The command-line tool and the crate must be the very same version: the lock file decides.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock")

# The mail server that the tests send to, a Python package.
AIOSMTPD_VERSION=1.4.6

TRUNK_HOME=$APPSHELF_CACHE/tools/trunk-$TRUNK_VERSION
WASM_BINDGEN_HOME=$APPSHELF_CACHE/tools/wasm-bindgen-$WASM_BINDGEN_VERSION
AIOSMTPD_HOME=$APPSHELF_CACHE/tools/aiosmtpd-$AIOSMTPD_VERSION
export APPSHELF_TEST_SMTP=$AIOSMTPD_HOME/bin/python
WASM_SPLIT_HOME=$APPSHELF_CACHE/tools/wasm-split-$WASM_SPLIT_VERSION
# rustup's folder last: a shell that was not started as a login shell may lack it.
export PATH="$TRUNK_HOME/bin:$WASM_BINDGEN_HOME/bin:$WASM_SPLIT_HOME/bin:$ROOT/node_modules/.bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

if [[ -t 2 ]]; then BOLD=$'\e[1m' RED=$'\e[31m' PLAIN=$'\e[0m'; else BOLD='' RED='' PLAIN=''; fi

say() { printf '%s==> %s%s\n' "$BOLD" "$*" "$PLAIN" >&2; }
complain() { printf '%s%s: %s%s\n' "$RED" "${0##*/}" "$*" "$PLAIN" >&2; }
fail() { complain "$@"; exit 1; }

#!/bin/sh
# Sets a bare machine up: a Rust compiler with the wasm standard library, lld; with --release wasm-opt, too; with --tests also Chromium and
# the test runner.
# Safe to run again: what is there is left alone. Writes what later commands need into $NEXSENT_CACHE/env.
set -eu
cd "$(dirname "$0")/.."
CACHE="${NEXSENT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/nexsent}"
mkdir -p "$CACHE/bin"
say() { printf 'setup: %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
UPDATED=
packages() {
    missing=
    for p in "$@"; do dpkg -s "$p" >/dev/null 2>&1 || missing="$missing $p"; done
    [ -n "$missing" ] || return 0
    say "installing$missing"
    if [ -z "$UPDATED" ]; then root apt-get update -qq; UPDATED=1; fi
    # shellcheck disable=SC2086
    root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
newest() { apt-cache --names-only search "^$1-[0-9]+\$" | sed "s/ .*//" | sort -t- -k2 -n | tail -1; }

packages ca-certificates gcc libc6-dev cmake make pkg-config

ENV=
wasm_of() { [ -d "$("$@" --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown/lib" ] && ls "$("$@" --print sysroot)"/lib/rustlib/wasm32-unknown-unknown/lib/libcore-*.rlib >/dev/null 2>&1; }
minor() { "$@" --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p'; }
new_enough() { m=$(minor "$@"); [ -n "$m" ] && [ "$m" -ge 95 ]; }

# 1. rustup's own wasm target, where its servers can be reached.
if [ -z "${NEXSENT_DEBIAN_RUST:-}" ] && [ ! -e "$CACHE/debian-rust" ] && have rustup && new_enough rustc; then
    if ! wasm_of rustc; then
        say "asking rustup for the wasm32 target"
        timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1 || say "rustup cannot fetch it here; using Debian's compiler instead"
    fi
    tools() { b="$(rustc --print sysroot)/bin"; [ -x "$b/clippy-driver" ] && [ -x "$b/rustfmt" ]; }
    tools || timeout 120 rustup component add clippy rustfmt >/dev/null 2>&1 || say "rustup cannot fetch clippy here; using Debian's compiler instead"
    if wasm_of rustc && tools; then ENV=rustup; fi
fi

# 2. Debian's compiler, with a wasm standard library built from its sources.
if [ -z "$ENV" ]; then
    packages rustc-web cargo-web rust-web-src rustfmt-web rust-web-clippy
    touch "$CACHE/debian-rust"
    if have rustup; then
        rustup toolchain list | grep -q '^debian-web' || rustup toolchain link debian-web /usr
        ENV="export RUSTUP_TOOLCHAIN=debian-web"
        RUSTUP_TOOLCHAIN=debian-web
        export RUSTUP_TOOLCHAIN
        RUSTC="rustup run debian-web rustc"
        CARGO="rustup run debian-web cargo"
    else
        ENV=":"
        RUSTC=/usr/bin/rustc
        CARGO=/usr/bin/cargo
    fi
    # shellcheck disable=SC2086
    if ! wasm_of $RUSTC || [ "$(cat "$CACHE/wasm-std" 2>/dev/null)" != "$($RUSTC --version)" ]; then
        say "building the wasm standard library (about a minute)"
        [ -n "$(newest lld)" ] || { root apt-get update -qq; UPDATED=1; }
        tmp=$(mktemp -d)
        mkdir -p "$tmp/src"
        printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$tmp/Cargo.toml"
        echo '#![no_std]' >"$tmp/src/lib.rs"
        (
            cd "$tmp"
            env -u RUSTC_WORKSPACE_WRAPPER CARGO_TARGET_DIR="$tmp/target" CARGO_PROFILE_RELEASE_OPT_LEVEL=s RUSTFLAGS=-Cembed-bitcode=yes RUSTC_BOOTSTRAP=1 \
                $CARGO build --release --target wasm32-unknown-unknown -Z build-std=std,panic_abort,proc_macro -q
        )
        lib="$($RUSTC --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"
        # The linked toolchain's sysroot is /usr.
        root mkdir -p "$lib"
        rm -f "$tmp"/target/wasm32-unknown-unknown/release/deps/libempty-*
        root sh -c "rm -f '$lib'/*.rlib; cp '$tmp'/target/wasm32-unknown-unknown/release/deps/*.rlib '$lib'/"
        rm -rf "$tmp"
        $RUSTC --version >"$CACHE/wasm-std"
    fi
else
    ENV=":"
fi

# lld, under the name that the linker flag asks for; Debian's has a version in its name.
if ! have ld.lld && [ ! -e "$CACHE/bin/ld.lld" ]; then
    LLD=$(newest lld)
    [ -n "$LLD" ] || { root apt-get update -qq; UPDATED=1; LLD=$(newest lld); }
    packages "$LLD"
    ln -sf "/usr/bin/ld.lld-${LLD#lld-}" "$CACHE/bin/ld.lld"
fi
WASM_LD=
for f in /usr/bin/wasm-ld /usr/bin/wasm-ld-*; do [ -x "$f" ] && WASM_LD=$f; done

if [ "${1:-}" = --tests ]; then packages chromium opendkim procps python3-dkim strace; fi
# The browser tests' packages, and wasm-opt, which a release asks for too.
if [ "${1:-}" = --tests ] || [ "${1:-}" = --release ]; then
    have npm || packages nodejs npm
    if [ ! -d "$CACHE/node/node_modules/@playwright/test" ] || ! cmp -s end2end/package.json "$CACHE/node/package.json"; then
        say "installing the browser tests' packages, and wasm-opt"
        mkdir -p "$CACHE/node"
        cp end2end/package.json end2end/package-lock.json "$CACHE/node/"
        (cd "$CACHE/node" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund)
    fi
fi

# Lighthouse, for `make bars` alone.
if [ "${2:-}" = --bars ] && ! cmp -s end2end/bars/package.json "$CACHE/node-bars/package.json"; then
    say "installing lighthouse"
    mkdir -p "$CACHE/node-bars"
    cp end2end/bars/package.json end2end/bars/package-lock.json "$CACHE/node-bars/"
    (cd "$CACHE/node-bars" && npm ci --silent --no-audit --no-fund) || { rm -f "$CACHE/node-bars/package.json"; exit 1; }
fi

{
    echo "$ENV"
    echo "export PATH=\"$CACHE/bin:\$PATH\""
    [ -z "$WASM_LD" ] || echo "export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$WASM_LD"
    echo "export NEXSENT_CACHE=\"$CACHE\""
    # Clippy as the workspace's compiler: one build lints, tests and runs, and the dependencies are compiled once.
    echo "export RUSTC_WORKSPACE_WRAPPER=clippy-driver"
    # Outside the checkout: the database is compiled once a machine, not once a clone.
    echo "export CARGO_TARGET_DIR=\"\${CARGO_TARGET_DIR:-$CACHE/target}\""
} >"$CACHE/env"

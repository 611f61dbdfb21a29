#!/bin/sh
# The browser tests, with packages that are installed once a machine.
set -eu
cd "$(dirname "$0")/../end2end"
export NODE_PATH="$NEXSENT_CACHE/node/node_modules"
NEXSENT_ROOT=$(cd .. && pwd)
export NEXSENT_ROOT
export NEXSENT_BIN="$CARGO_TARGET_DIR/debug/nexsent"
export NEXSENT_GALLERY="$CARGO_TARGET_DIR/gallery"
OUT="$CARGO_TARGET_DIR/end2end"
mkdir -p "$OUT"
# Node looks for packages beside the files: the tests run from a copy beside the packages.
RUN=$(mktemp -d "$NEXSENT_CACHE/node/run.XXXXXX")
trap 'rm -rf "$RUN"' EXIT
cp -r ./*.ts tests "$RUN/"
cd "$RUN"
export NEXSENT_OUT="$OUT"
"$NEXSENT_CACHE/node/node_modules/.bin/playwright" test "$@"

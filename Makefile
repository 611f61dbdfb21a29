# `make demo` and `make test` set a bare machine up by themselves; the rest are short names of everyday work.
CACHE := $(if $(NEXSENT_CACHE),$(NEXSENT_CACHE),$(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/nexsent)
ENV := . "$(CACHE)/env" &&
# Always the same selection: another one would unify features differently and compile the database again.
SELECT := --workspace --exclude nexsent-frontend --all-targets
NEXSENT := "$$CARGO_TARGET_DIR/debug/nexsent"
# Arguments of the demo: make demo ONCE=1, make demo ARGS='--recipients 2000'
DEMO := $(if $(ONCE),--once) $(ARGS)
.PHONY: demo test bench bars gallery setup setup-tests build site release fmt shots walk

demo: setup build site
	@$(ENV) exec $(NEXSENT) demo $(DEMO)

test: setup-tests
	@$(ENV) cargo fmt --all --check && cargo fmt --manifest-path xtask/split/Cargo.toml --check
	@$(ENV) CLIPPY_ARGS="-Dwarnings__CLIPPY_HACKERY__" cargo build $(SELECT)
	@$(ENV) CLIPPY_ARGS="-Dwarnings__CLIPPY_HACKERY__" RUST_MIN_STACK=16777216 cargo test $(SELECT)
	@$(MAKE) --no-print-directory site gallery
	@$(ENV) scripts/e2e.sh

# make bench B='campaign --recipients 20000'
bench: setup-tests build
	@$(ENV) "$$CARGO_TARGET_DIR/debug/nexsent-bench" $(B)

# The interface's bars: layout shift, the way from page to page, Lighthouse; of the small build, as JSON in $$CARGO_TARGET_DIR/end2end/bars.json.
bars: setup-tests build
	@scripts/setup.sh --tests --bars
	@$(ENV) "$$CARGO_TARGET_DIR/debug/xtask" site --release
	@$(ENV) BARS=1 scripts/e2e.sh bars

# The kit as a site of its own, for any static file server: $$CARGO_TARGET_DIR/gallery.
gallery:
	@$(ENV) "$$CARGO_TARGET_DIR/debug/xtask" gallery

setup:
	@scripts/setup.sh

setup-tests:
	@scripts/setup.sh --tests

build:
	@$(ENV) CLIPPY_ARGS="-Dwarnings__CLIPPY_HACKERY__" cargo build $(SELECT)

site:
	@$(ENV) "$$CARGO_TARGET_DIR/debug/xtask" site

# Screenshots of every page, both themes, three widths, into $$CARGO_TARGET_DIR/shots.
shots: setup-tests build site
	@$(ENV) SHOTS=1 scripts/e2e.sh shots

# Every page with axe, both themes, three widths: some minutes.
walk: setup-tests build site
	@$(ENV) WALK=1 scripts/e2e.sh walk

fmt:
	@$(ENV) cargo fmt --all && cargo fmt --manifest-path xtask/split/Cargo.toml

release:
	@scripts/setup.sh --release
	@$(ENV) cargo build --release -p nexsent && cargo run -p xtask -- site --release

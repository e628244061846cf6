# The few commands that a checkout needs; each is plain cargo once a C compiler is there.

CARGO ?= cargo

.PHONY: build test lint bench clean cc browser axe

build: cc
	$(CARGO) build --release --locked

# All tests: the units, the specification, the laws, the program, the README and the guide, and the pages in a browser.
test: cc browser axe
	$(CARGO) test --locked

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings

bench: cc
	$(CARGO) bench --locked

clean:
	$(CARGO) clean

# Code highlighting (onig) and the allocator (mimalloc) are written in C and compiled by cargo; so a C compiler is the
# one thing needed beside Rust.
cc:
	@command -v $${CC:-cc} >/dev/null 2>&1 && exit 0; \
	if ! command -v apt-get >/dev/null 2>&1; then \
		echo "a C compiler is missing: install one with the package manager of this system, then try again" >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo >/dev/null 2>&1; then sudo=sudo; \
	else echo "a C compiler is missing: as root, run \`apt-get install -y build-essential\`, then try again" >&2; exit 1; fi; \
	$$sudo apt-get update && $$sudo apt-get install -y build-essential

# The pages are tried in Chromium. Where it is missing and cannot be installed, those tests say that they are skipped.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null 2>&1 && exit 0; \
	done; \
	if [ -n "$$POSTIL_CHROMIUM" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null 2>&1; then sudo=none; \
	elif [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo >/dev/null 2>&1; then sudo=sudo; \
	else sudo=none; fi; \
	if [ "$$sudo" = none ]; then echo "Chromium is missing, and cannot be installed here: the browser tests are skipped" >&2; exit 0; fi; \
	$$sudo apt-get update && $$sudo apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk || \
		echo "Chromium could not be installed: the browser tests are skipped" >&2

# The rules that pages are held to for accessibility, in a fixed version. Where npm is missing, that test says it is skipped.
AXE := axe-core@4.14.1

axe:
	@[ -f target/axe/node_modules/axe-core/axe.min.js ] && exit 0; \
	if ! command -v npm >/dev/null 2>&1; then echo "npm is missing: the test of accessibility is skipped" >&2; exit 0; fi; \
	npm install --silent --no-audit --no-fund --no-save --prefix target/axe $(AXE) || \
		echo "axe-core could not be fetched: the test of accessibility is skipped" >&2

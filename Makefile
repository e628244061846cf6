# The few commands that a checkout needs; each is plain cargo once a C compiler is there.

CARGO ?= cargo

.PHONY: build test lint bench clean cc

build: cc
	$(CARGO) build --release --locked

# All tests: the units, the specification, the laws, the program, the README and the guide.
test: cc
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

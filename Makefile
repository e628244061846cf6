# The few commands that a checkout needs; each is plain cargo once a C compiler is there.

CARGO ?= cargo

.PHONY: build test lint bench clean cc browser axe hosts

build: cc
	$(CARGO) build --release --locked

# All tests: the units, the specification, the laws, the program, the README and the guide, the pages in a browser, and deploys to real hosts.
test: cc browser axe hosts
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

# Deploys are tried on real targets: stores of S3 and Azure in target/hosts, rsync and an ssh server from the system. What
# is missing and cannot be installed is said by the tests that are skipped.
hosts:
	@mkdir -p target/hosts; cd target/hosts; \
	if ! command -v rsync >/dev/null 2>&1 || ! [ -x /usr/sbin/sshd -o -x /usr/bin/sshd ]; then \
		if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
			apt-get update && apt-get install -y --no-install-recommends rsync openssh-server openssh-client || true; \
		fi; \
	fi; \
	for name in nginx caddy openssl; do \
		if ! PATH="$$PATH:/usr/sbin" command -v $$name >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
			apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends $$name || true; \
		fi; \
	done; \
	if ! command -v moto_server >/dev/null 2>&1 && ! [ -x venv/bin/moto_server ] && command -v python3 >/dev/null 2>&1; then \
		python3 -m venv venv && venv/bin/pip install --quiet 'moto[server]==5.2.*' || rm -rf venv; \
	fi; \
	if ! [ -x node_modules/.bin/azurite-blob ] && command -v npm >/dev/null 2>&1; then \
		npm install --silent --no-audit --no-fund --prefix . s3rver@3.7.1 azurite@3.37.0 || true; \
	fi; \
	for name in rsync sshd openssl nginx caddy moto_server s3rver azurite-blob; do \
		PATH="$$PWD/venv/bin:$$PWD/node_modules/.bin:$$PATH:/usr/sbin" command -v $$name >/dev/null 2>&1 || \
			echo "$$name is missing, and could not be installed here: the deploys that need it are not tried" >&2; \
	done

# Everything from a bare checkout, with Python >= 3.11 and make only. Paths are relative throughout,
# so that the checkout may lie in a folder with spaces in its name.

SHELL := /bin/sh
PYTHON ?=
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --progress-bar off
IN_FRONTEND := cd frontend && PATH="$(CURDIR)/.venv/bin:$$PWD/node_modules/.bin:$$PATH" &&
NPM := $(IN_FRONTEND) npm
FRONTEND := $(shell find frontend/src frontend/public -type f ! -name '*.test.*' 2>/dev/null) \
	$(wildcard frontend/*.json frontend/*.ts frontend/*.html)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export NO_COLOR := 1
export PYTHONUNBUFFERED := 1
# A Node from a wheel knows only the certificates it brings, not those of this system's operator.
export NODE_EXTRA_CA_CERTS ?= $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt \
	/etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem))
export npm_config_cache := $(CURDIR)/build/npm-cache
export npm_config_update_notifier := false
export npm_config_audit := false
export npm_config_fund := false

# What a failed or interrupted command left behind never counts as made.
.DELETE_ON_ERROR:

.PHONY: help run test check soak bench growth audit api clean always
.PHONY: lint format-check types imports unit frontend-lint frontend-types frontend-unit api-fresh

help:
	@echo "make run    the whole product on http://127.0.0.1:8000 (PORT=...)"
	@echo "make test   all tests; make check: the fast part of them"
	@echo "make soak   the fault tests over and over; make bench: how fast it is (ONLY=queue)"
	@echo "make growth what people wait for at 10 k, 1 M and GROWTH (10 M) tasks, the disk checked first"
	@echo "make audit  what is known against the packages; asks PyPI and npm"
	@echo "make clean  removes what was installed and built, never the data"

run: .stamps/server frontend/dist/index.html
	@exec .venv/bin/concord up

check: .stamps/test .stamps/frontend
	@$(MAKE) --no-print-directory -k -j2 -Otarget \
		types frontend-lint lint format-check imports frontend-types frontend-unit unit
	@echo "make check: all is well"

test: check frontend/dist/index.html
	@$(MAKE) --no-print-directory api-fresh
	@echo "Testing the API, the jobs, the faults and the browser's journeys"
	$(PY) -m pytest tests --ignore=tests/unit --ignore=tests/layout -n 2 --dist loadfile --no-loadscope-reorder

soak: .stamps/test frontend/dist/index.html
	SOAK=1 $(PY) -m pytest tests/faults tests/jobs tests/attacks/test_j_fuzz.py --timeout=3600 -v -rA --durations=0

bench: .stamps/test frontend/dist/index.html
	@mkdir -p build
	$(PY) -m bench

growth: .stamps/test
	$(PY) -m bench.growth

# The one target that asks other machines about us: what is known against the packages we lock.
# --strict: a package that could not be asked about is no package that is well.
audit: .stamps/server .stamps/node
	@$(PY) -m venv build/audit && build/audit/bin/python -m pip install --quiet pip-audit
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip \
		-r requirements.lock -r requirements-test.lock -r requirements-node.lock
	$(NPM) audit --audit-level=high

lint:
	$(PY) -m ruff check

format-check:
	$(PY) -m ruff format --check

types:
	$(PY) -m mypy

imports:
	.venv/bin/lint-imports

unit:
	$(PY) -m pytest tests/unit tests/layout -n 2 -q

frontend-lint:
	$(NPM) run --silent lint && npm run --silent format:check

frontend-types:
	$(NPM) run --silent typecheck

frontend-unit:
	$(NPM) run --silent test

# The TypeScript client is generated from the server's own description of its API.
api: build/schema.ts
	@cmp -s $< frontend/src/api/schema.ts || cp $< frontend/src/api/schema.ts

api-fresh: build/schema.ts
	@cmp -s $< frontend/src/api/schema.ts || { \
		echo "frontend/src/api/schema.ts is stale: run make api and commit it."; exit 1; }

build/schema.ts: .stamps/test .stamps/frontend always
	@echo "Describing the API"
	@$(PY) manage.py spectacular --validate --fail-on-warn \
		--format openapi-json --file build/openapi.json
	@$(IN_FRONTEND) openapi-typescript ../build/openapi.json --default-non-nullable false \
		-o ../build/schema.ts >/dev/null
	@$(IN_FRONTEND) prettier --log-level warn --config .prettierrc.json --write ../build/schema.ts

clean:
	rm -rf .venv .stamps build frontend/node_modules frontend/dist frontend/*.tsbuildinfo

# --- What the commands above stand on -----------------------------------------------------------

# A moved checkout needs a new environment: a virtual environment knows its place by heart.
.stamps/place: always
	@mkdir -p .stamps build
	@echo "$(CURDIR)" | cmp -s - $@ || echo "$(CURDIR)" > $@

.stamps/venv: .stamps/place
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
			2>/dev/null; then \
			echo "Making a virtual environment with $$("$$python" --version)"; \
			rm -rf .venv && "$$python" -m venv .venv && touch $@ && exit 0; \
			exit 1; \
		fi; \
	done; \
	echo "No Python 3.11 or later with venv and ensurepip was found. Install one (on Debian and"; \
	echo "Ubuntu also the package python3-venv), or name it: make run PYTHON=/path/to/python3"; \
	exit 1

.stamps/server: .stamps/venv requirements.lock pyproject.toml
	@echo "Installing the server's Python packages, about a minute"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.stamps/test: .stamps/server requirements-test.lock
	@echo "Installing the Python packages for tests, about a minute"
	@$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

.stamps/node: .stamps/venv requirements-node.lock
	@if PATH="$$PATH" node -e '[a, b] = process.versions.node.split(".").map(Number); \
		process.exit(a > 22 || (a == 22 && b >= 12) ? 0 : 1)' 2>/dev/null && npm -v >/dev/null 2>&1; \
	then echo "Using Node $$(node --version)"; \
	else echo "Installing Node from a wheel"; $(PIP) --require-hashes -r requirements-node.lock; fi
	@touch $@

.stamps/frontend: .stamps/node frontend/package.json frontend/package-lock.json
	@echo "Installing the front end's packages, about a minute"
	@$(NPM) ci --silent
	@touch $@

frontend/dist/index.html: .stamps/frontend $(FRONTEND)
	@echo "Building the front end"
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

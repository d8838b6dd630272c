# Two commands matter to a newcomer: `make demo` and `make test`. Both prepare what they need in .venv, once.
PYTHON ?= python3
BIN := .venv/bin
# The locks are complete, and Python compiles what it imports: resolving and compiling beforehand takes ten seconds more.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
# A day with a bot that is killed is mostly waiting: three at once on two cores, and who is done takes from the others.
PYTEST := $(BIN)/python -m pytest -n 3 --dist worksteal
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
BUILD_NEEDS := 'hatchling>=1.33\neditables>=0.6\n'
LANGUAGES := en fr
POT_HEADER := --project=launchroom --version= --msgid-bugs-address="the project's issues"

.PHONY: day setup setup-dev demo test check faults simulate bench lock locales lint types contracts tests tests-fast
.DELETE_ON_ERROR:

setup: .venv/run.stamp
setup-dev: .venv/dev.stamp

# `make demo DEMO="--language en"`: any option of `launchroom demo`.
demo: setup
	@$(BIN)/launchroom demo $(DEMO)

test: lint types contracts tests

# The checks that need no day to pass: everything but the slow, the journeys and the browser. They compute and do not wait: a worker a core.
check: lint types contracts tests-fast

# More days on which the bot is killed than the suite has time for: at random, and at every named point at its 1st, 4th and 9th passage.
faults: setup-dev
	LAUNCHROOM_KILLED_DAYS=5 $(PYTEST) -q tests/journeys/test_killed.py tests/journeys/test_card.py

# The example's forty-six hours, driven by people who answer, with the bot as it runs: about six minutes.
day: setup-dev
	LAUNCHROOM_WHOLE_DAY=1 $(PYTEST) -q -s tests/journeys/test_long_day.py

# Ten thousand random days of pages, handovers and updates, and as many of the rest, at the level of the rules: about a quarter of an hour.
simulate: setup-dev
	LAUNCHROOM_DAYS=3400 $(PYTEST) -q tests/laws/test_histories.py tests/laws/test_zones.py

bench: setup-dev
	@$(BIN)/python -m bench

lint: setup-dev
	$(BIN)/ruff check .

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports --no-logo

tests: setup-dev
	$(PYTEST)

tests-fast: setup-dev
	$(BIN)/python -m pytest -n 2 -q -m "not slow and not journey and not chromium"

# The dev lock holds the run lock's versions, so that one .venv serves both. `make lock UPGRADE=--upgrade` moves to the newest.
lock: setup-dev
	printf $(BUILD_NEEDS) | $(COMPILE) $(UPGRADE) --extra sandbox pyproject.toml - -o requirements.lock
	printf $(BUILD_NEEDS) | $(COMPILE) $(UPGRADE) --extra dev pyproject.toml - -c requirements.lock -o requirements-dev.lock

# The code's sentences into the catalogues, with nothing guessed; what the code no longer says is taken out.
locales: setup-dev
	$(BIN)/pybabel -q extract -F pyproject.toml $(POT_HEADER) --add-location=file --sort-by-file -o .venv/launchroom.pot .
	for language in $(LANGUAGES); do \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=140 \
	    -l $$language -i .venv/launchroom.pot -o bot/locales/$$language/launchroom.po || exit 1; \
	done

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Launch Room needs Python 3.11 or newer; name one with: make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Preparing .venv: about half a minute, once."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

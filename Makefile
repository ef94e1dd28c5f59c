# Heard. `make demo` and `make test` are all that a newcomer needs; both set up what they want first.

PYTHON ?= python3
BIN := .venv/bin
# The environment of the demo grows into the one of the tests.
DEMO := .venv/.demo
READY := .venv/.ready
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
NPM := node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help setup demo test fast check lint types contracts migrations manifests golden playground-teams clean-demo lock bench tour soak

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## build the whole environment in .venv/

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Heard needs Python 3.11 or later; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv

$(DEMO): requirements.lock | $(BIN)/python
	.ci/install requirements.lock
	@touch $(DEMO)

$(READY): requirements-dev.lock | $(BIN)/python
	.ci/install requirements-dev.lock
	@touch $(DEMO) $(READY)

demo: $(DEMO) ## start a sample school with a local stand-in for Slack and Teams
	@$(BIN)/python -m bot demo

test: $(READY) ## run every test, PostgreSQL and a headless browser included (WORKERS=1: one after another)
	@$(BIN)/python -m tests.node || true
	$(PYTEST) $(SPREAD)

fast: $(READY) ## run the tests that take a minute: rules, handlers, store on SQLite, adapters; without the longest
	$(PYTEST) $(SPREAD) tests/rules tests/handlers tests/architecture tests/bot/slack tests/bot/teams -q -m "not long"

check: lint types contracts migrations manifests ## lint, types, import contracts, migrations, manifests

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/pyright

contracts: $(READY)
	$(BIN)/lint-imports

migrations: $(READY)
	$(BIN)/python -m store.migrations.check

manifests: $(READY) $(NPM)
	$(BIN)/python -m manifest check

$(NPM): $(READY) package-lock.json
	$(BIN)/python -m tests.node
	@touch $(NPM)

golden: $(READY) ## draw the golden files anew; look at the difference before you commit it
	$(BIN)/python -m pytest --golden -q tests/bot/slack tests/bot/teams

LONG := tests/rules/test_lives.py tests/wording/test_guard.py tests/bot/slack/test_malformed.py \
  tests/bot/teams/test_never_a_500.py tests/handlers/test_life_stateful.py tests/attacks/test_authority_table.py \
  tests/wording/test_metamorphic.py

soak: $(READY) ## kill the program for ten minutes and look for anything lost or doubled; the long form of the property tests
	HEARD_SOAK_SECONDS=600 $(PYTEST) tests/faults/test_killed.py -s
	HEARD_AIMED=300 $(PYTEST) tests/faults/test_aimed.py -s
	HEARD_EVERY_POINT=1 $(PYTEST) -n $(WORKERS) --dist load -p tests.faults.progress tests/faults/test_points.py
	HEARD_SOAK_SECONDS=600 HEARD_LIFE_EXAMPLES=100 HEARD_WHOLE_TABLE=1 HEARD_EVERY_NOTE=1 $(PYTEST) $(SPREAD) $(LONG)

bench: $(READY) ## count what a concern costs a teacher, measure the wording guard, the way from /concern to the form, the start, a long trail, the leads' work with 100,000 concerns, submissions under load (minutes)
	$(BIN)/python -m tests.bench.reporter
	$(BIN)/python -m tests.wording.bench
	$(BIN)/python -m tests.bench.command
	$(BIN)/python -m tests.bench.trail
	$(BIN)/python -m tests.bench.authority
	$(BIN)/python -m tests.bench.cases
	$(BIN)/python -m tests.bench.loads

tour: $(READY) ## photograph every page on both platforms for the guide, into tests/tour/
	@mkdir -p tests/tour
	HEARD_SHOTS=tests/tour $(BIN)/python -m pytest -q tests/journeys/test_tour.py

playground-teams: $(READY) ## start Microsoft 365 Agents Playground against the program
	@$(BIN)/python -m bot.playground.agents

clean-demo: ## empty the demo
	rm -rf .demo

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

lock: $(READY) ## pin what pyproject.toml asks for, for the demo, for Graph, for the tests; delete a lock to take newer versions
	$(BIN)/python -m pip install --quiet --require-hashes -r .ci/uv.lock
	echo uv | $(LOCK) --no-annotate --output-file .ci/uv.lock -
	$(LOCK) --extra graph --extra azure --extra aws --extra dev --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --constraint requirements-dev.lock --extra graph --output-file requirements-graph.lock pyproject.toml
	$(LOCK) --constraint requirements-dev.lock --extra azure --output-file requirements-azure.lock pyproject.toml
	$(LOCK) --constraint requirements-dev.lock --extra aws --output-file requirements-aws.lock pyproject.toml
	$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

# Every command of the project. `make demo` and `make test` do all their own set-up.

PY := .venv/bin/python
TESTS ?= tests
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bench prove hooks clean

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: .venv/ready ## the virtual environment, from the hashed lock

.venv/ready: requirements.lock requirements-setup.lock pyproject.toml
	@.ci/setup

demo: setup ## an invented city, fed through the real intake, on http://localhost:8000
	@DJANGO_SETTINGS_MODULE=chengxin.settings.demo .venv/bin/chengxin demo

test: setup ## all tests: rules, rooms, doors, journeys, house
	@.ci/browser
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

check: setup ## what must hold before a commit: style, types, layers, migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	@# without a server Django warns that it compared no history; the history is compared by the tests
	$(PY) -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --settings chengxin.settings.testing

format: setup ## put the code into its style
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: setup ## the measured promises, written to docs/benchmarks.md
	$(PY) -m bench

prove: setup ## the long proofs: killed workers, a full disk, a lost database, erasure, removed entries supplied again
	$(PY) -m prove

hooks: setup ## check before each commit, without fetching anything
	.venv/bin/prek install

clean: ## remove the environment, the embedded database and all that was made
	@[ ! -x .venv/bin/python ] || $(PY) -m chengxin.foundation.server remove
	rm -rf .venv .state .mypy_cache .ruff_cache .import_linter_cache .hypothesis static-collected build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

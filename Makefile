# `make report` and `make test` need only Python >= 3.11 with pip, git and make; everything else is set up here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROJECT ?= projects/halland
OUT ?= reports/$(notdir $(patsubst %/project.yaml,%,$(patsubst %/,%,$(PROJECT))))
export PYTHONPATH :=

.DEFAULT_GOAL := help
.PHONY: help setup report test test-all coverage lint format lab docs bench calibrate reference messages lock clean

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## make .venv with the pinned packages

$(VENV)/.ready: requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; give another with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

report: setup ## make the evaluation of PROJECT (default: projects/halland) in OUT
	$(BIN)/evaluation report $(PROJECT) --out $(OUT)

test: setup ## run the fast tests
	$(BIN)/python -m pytest -q -n auto --dist loadgroup -m "not slow and not browser"

test-all: setup ## run every test
	$(BIN)/python -m pytest -q -n auto --dist loadgroup

coverage: setup ## run every test, and show which lines none of them runs
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --cov --cov-report=term:skip-covered

lint: setup ## check style, layers, notebooks and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb

format: setup ## put the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lab: setup ## open JupyterLab in notebooks/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lab.txt
	$(BIN)/jupyter lab notebooks

docs: setup ## build the guide and the reference of functions in build/docs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -c docs -d build/doctrees . build/docs

bench: setup ## measure speed, as ratios within one run
	$(BIN)/python -m benchmarks

calibrate: setup ## measure what the default methods promise, and write docs/calibration.md
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.calibrate

reference: setup ## compare the estimators with the values computed in R
	$(BIN)/python -m tests.reference.check tests/reference/cases

messages: setup ## collect the texts to translate and bring the Swedish catalogue up to date
	$(BIN)/pybabel -q extract --no-default-keywords -k msg -k pmsg:1c,2 -k nmsg:1,2 --add-location=file --sort-output --omit-header -o src/evaluation/text/locale/evaluation.pot src/evaluation
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -i src/evaluation/text/locale/evaluation.pot -d src/evaluation/text/locale -D evaluation -l sv

lock: ## pin the packages anew (needs uv)
	uv pip compile pyproject.toml --extra test $(LOCK) -o requirements/lock.txt
	uv pip compile pyproject.toml --extra test --extra lab $(LOCK) -o requirements/lab.txt
	uv pip compile pyproject.toml --extra test --extra docs $(LOCK) -o requirements/docs.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header --no-annotate -q

clean: ## remove .venv and everything made from data
	rm -rf $(VENV) build docs/api src/*.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find data/raw data/processed reports -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

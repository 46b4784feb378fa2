# The environment is made once; it is remade only when pyproject.toml or constraints.txt changes.

PYTHON ?= python3
PORT := 8501
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test check e2e bench train readme clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11; name a newer one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make environments here; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making .venv with the pinned packages: some minutes, once." >&2
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(STAMP) ## Make .venv with the pinned packages

run: $(STAMP) ## Open the desk on http://localhost:8501; builds the index first where it is missing or stale
	$(BIN)/triage serve --port $(PORT)

test: $(STAMP) ## Run the unit tests and those that load the model
	$(BIN)/python -m pytest -m "not e2e"

check: $(STAMP) ## Format, lint, types, import contracts, unit tests with branch coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not model and not e2e" --cov --cov-report=term:skip-covered

e2e: $(STAMP) ## Drive the desk in Chromium
	$(BIN)/python -m pytest -m e2e

bench: $(STAMP) ## Measure speed and memory on this machine
	$(BIN)/python -m bench

train: $(STAMP) ## Learn the weights of `split` again from training/ and say how well they do (3 minutes)
	$(BIN)/python -m training.roles
	$(BIN)/python -m training.handling

readme: $(STAMP) ## Run the session of the README again and write what comes out
	$(BIN)/python tests/readme_session.py

clean: ## Remove the environment, the index and every cache; the corpus stays
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find index -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything a newcomer needs: `make run` and `make test`. Each does its own set-up.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help install run test check format lint types imports slow clean
.DEFAULT_GOAL := help

help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

install: $(STAMP) ## create .venv, install the pinned packages, prepare the embedding model

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/duibiao prepare
	@touch $(STAMP)

run: install ## load the sample documents and serve http://127.0.0.1:8000
	$(BIN)/duibiao ingest corpus/documents
	$(BIN)/duibiao serve

test: install ## run the tests
	$(BIN)/python -m pytest

check: install format lint types imports ## run every gate
	$(BIN)/python -m pytest

format: install
	$(BIN)/ruff format --check .

lint: install
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

slow: install ## run the tests that need minutes
	$(BIN)/python -m pytest -m slow

clean: ## remove the virtual environment and all derived files
	rm -rf .venv data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Everything there is to do. `make` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PROJECT := setup.cfg pyproject.toml
ADDRESS := $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

.DEFAULT_GOAL := help
.PHONY: help run test check format bench relevance wheel sources clean

help: ## list what there is to do
	@echo "莞韶岗位互通 · Guanshao Job Exchange"
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed ## start the exchange with its sample data (HOST=0.0.0.0 PORT=9000 to change the address)
	$(BIN)/guanshao run --sample $(ADDRESS)

test: $(VENV)/installed-tools ## run all tests (T="-k name" for some); without PostgreSQL or Chromium theirs are skipped
	$(BIN)/python -m pytest $(T)

check: $(VENV)/installed-tools ## lint, types, formatting of imports and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports setup.cfg

format: $(VENV)/installed-tools ## lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed-bench ## measure against the bars and print the table
	$(BIN)/python tests/bench $(B)

relevance: $(VENV)/installed-relevance ## ask the graded queries of ours and two other engines; fails below what landed
	$(BIN)/python -m tests.relevance.start $(R)

wheel: $(VENV)/installed-tools ## build the wheel, install it elsewhere and start it there
	PYTHON=$(BIN)/python .ci/check_wheel

sources: $(VENV)/installed-tools ## start the stand-in site of both cities, to try sources against (PORT=8795 to change the port)
	$(BIN)/python -m tests.site $(if $(PORT),--port $(PORT)) $(S)

clean: ## remove everything that was built (not the data in var/)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)."; \
	  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(PROJECT) | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/installed-tools: $(PROJECT) | $(BIN)/python
	$(PIP) install --editable '.[test,check]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: $(PROJECT) | $(BIN)/python
	$(PIP) install --editable '.[test,bench]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-relevance: $(PROJECT) | $(BIN)/python
	$(PIP) install --editable '.[test,relevance]'
	@touch $@ $(VENV)/installed

# Everything runs in .venv, which is made here from pinned requirements. On a fresh Debian machine this needs
# python3 (3.11 or later), python3-venv and make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= 2

.PHONY: help demo test validators archives check bench torture reference clean

help:
	@echo "make demo       run the example from beginning to end; it ends with a page to open"
	@echo "make test       run all tests"
	@echo "make validators install the programs that read a release in the tests (make test does it too)"
	@echo "make check      style, types, layering, documentation"
	@echo "make bench      measure speed and memory (tens of minutes); results go to benchmarks/out"
	@echo "make torture    kill writers hundreds of times on each database and check what is left"
	@echo "make reference  write docs/reference anew from the code"
	@echo "make clean      remove the environment and everything made here"

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cenotaph needs Python 3.11 or later; this is $$($(PYTHON) --version)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Install python3-venv first."; exit 1; }
	@echo "Installing Cenotaph into $(VENV) ..."
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP_INSTALL) --editable '.[test]'
	@touch $@

# They have a part that is built from source. Where that cannot be done their tests are skipped, and fail in CI.
$(VENV)/.validators: $(VENV)/.test
	@echo "Installing the programs that read a release in the tests ..."
	@if $(PIP_INSTALL) --editable '.[test,validators]'; then touch $@; else \
	    echo "Frictionless, Datasette, FollowTheMoney or axe could not be installed (libicu-dev, pkg-config and g++ are needed)."; \
	    test -z "$$CENOTAPH_REQUIRE_ALL"; fi

validators: $(VENV)/.validators

# In an environment of its own: it needs other versions of what Cenotaph is built on.
$(VENV)-archives/.ready: constraints-archives.txt
	@echo "Installing other people's tools for web archives into $(VENV)-archives ..."
	@test -x $(VENV)-archives/bin/python || $(PYTHON) -m venv $(VENV)-archives
	@if $(VENV)-archives/bin/python -m pip install --quiet --disable-pip-version-check --requirement constraints-archives.txt; \
	    then touch $@; else echo "pywb and wacz could not be installed."; test -z "$$CENOTAPH_REQUIRE_ALL"; fi

archives: $(VENV)-archives/.ready

demo: $(VENV)/.run
	@$(BIN)/cenotaph demo

test: $(VENV)/.validators $(VENV)-archives/.ready
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/unit/test_layering.py tests/unit/test_documentation.py

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

torture: $(VENV)/.test
	$(BIN)/python -m benchmarks.torture

reference: $(VENV)/.test
	$(BIN)/python -m tools.write_reference

clean:
	rm -rf $(VENV) $(VENV)-archives demo build dist benchmarks/out .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf src/*.egg-info

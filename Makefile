# make app: set up and open the workbook.   make test: set up and run every test.   make check: lint, types, rooms.
# make bench: the page beside its peers.
# make password: what puts a password on files that are shared.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: app test check install install-test password notebooks bench clean
.DEFAULT_GOAL := app

app: install
	@$(BIN)/second-thoughts $(ARGS)

install: $(VENV)/installed

test: install-test check
	$(BIN)/python -m pytest --nbval --numprocesses 2 --dist loadfile

check: install-test
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/node tests/javascript/node_modules/eslint/bin/eslint.js --config tests/javascript/eslint.config.js \
		--max-warnings 0 widgets

install-test: $(VENV)/installed-test tests/javascript/node_modules/.package-lock.json
	@$(BIN)/python tests/chromium.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer. Install it, or name one: make PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is not there. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib widgets >/dev/null || true
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

tests/javascript/node_modules/.package-lock.json: tests/javascript/package.json $(VENV)/installed-test
	@cd tests/javascript && PATH="$(CURDIR)/$(BIN):$$PATH" "$(CURDIR)/$(BIN)/npm" ci --silent --no-audit --no-fund
	@touch $@

password: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[password]'

notebooks: install-test
	$(BIN)/python tests/notebooks/refresh.py

bench: install-test
	$(BIN)/python -m benchmarks.page $(ARGS)
	$(BIN)/python -m benchmarks.start

clean:
	rm -rf $(VENV) tests/javascript/node_modules

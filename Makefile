# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
export PYTHONWARNINGS := ignore
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
# uv from the machine where there is one, else a private copy of it
UV := $(shell command -v uv 2>/dev/null || echo build/uv/bin/uv)
# uv keeps downloads in HOME; where that is missing or read-only, in build/
ifneq ($(shell test -n "$$HOME" -a -d "$$HOME" -a -w "$$HOME" && echo writable),writable)
export UV_CACHE_DIR ?= $(CURDIR)/build/uv-cache
export UV_PYTHON_INSTALL_DIR ?= $(CURDIR)/build/uv-python
export PIP_NO_CACHE_DIR ?= 1
endif
# A variable that is set, here or in the environment, reaches the commands; an unset one must not arrive as an empty one.
ifdef PORT
export PORT
endif

.PHONY: help setup run widget shell page test faults train facts purge eval bench lint validate lock clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup: $(STAMP) ## make the environment from the lock file

build/uv/bin/uv:
	@echo "Installing uv ..."
	@$(PYTHON) -m venv build/uv || { echo "Python cannot make a virtual environment; run 'apt-get install python3-venv'."; exit 1; }
	@build/uv/bin/pip install --quiet --disable-pip-version-check uv || { echo "uv could not be installed; check the network and the package index (PIP_INDEX_URL)."; exit 1; }

$(STAMP): requirements.lock .python-version | $(UV)
	@echo "Making the environment (Python 3.10) ..."
	@$(UV) venv --quiet --allow-existing --python 3.10 $(VENV) || { echo "The environment could not be made: Python 3.10 is needed; install it ('pyenv install 3.10') or let uv fetch it."; exit 1; }
	@$(UV) pip sync --quiet --python $(BIN)/python requirements.lock || { echo "The packages could not be installed; check the network and the package index (UV_INDEX_URL), then run 'make setup' again."; exit 1; }
	@echo "import os; os.environ.setdefault('RASA_TELEMETRY_ENABLED', 'false')" > $$($(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/rasa_telemetry_off.pth
	@rm -rf $(VENV)/lib/python3.10/site-packages/rasa/cli/initial_project/tests # else `rasa test` runs the starter's own stories
	@touch $@

run: $(STAMP) ## serve on 127.0.0.1:5005 (PORT= for another) until Ctrl-C
	@$(BIN)/python -m tools.build_widget || true
	@$(BIN)/python -m bot.serve

widget: $(STAMP) ## build the website widget if its sources changed
	@$(BIN)/python -m tools.build_widget

shell: $(STAMP) ## talk to the assistant in this terminal
	@$(BIN)/python -m bot.shell

build/page-env/made: requirements-page.lock | $(UV)
	@$(UV) venv --quiet --clear --python $(BIN)/python $(@D) || { echo "The environment of the page could not be made; run 'make setup' first."; exit 1; }
	@$(UV) pip sync --quiet --python $(@D)/bin/python $< || { echo "The packages of the page could not be installed; check the network and the package index (UV_INDEX_URL)."; exit 1; }
	@touch $@

page: $(STAMP) ## show all facts, sources, reviews and changes on 127.0.0.1:8001, to read
	@$(BIN)/python -m bot.cli facts page

test: $(STAMP) ## run every test
	@$(BIN)/python -m tools.build_widget || true
	@$(BIN)/python -m bot.train
	@$(BIN)/python -m pytest

faults: $(STAMP) ## test faults under load, some minutes (wants nginx, Redis, PostgreSQL, faketime, root)
	@$(BIN)/python -m bot.train
	@FAULTS=1 $(BIN)/python -m pytest -n 0 tests/faults

train: $(STAMP) ## train the dialogue model if its inputs changed
	@$(BIN)/python -m bot.train

facts: $(STAMP) ## check data/facts and load it into the store
	@$(BIN)/python -m bot.cli facts load

purge: $(STAMP) ## forget conversations older than RETENTION_DAYS
	@$(BIN)/python -m bot.cli conversations purge

eval: $(STAMP) ## measure understanding on tests/data/eval
	@$(BIN)/python -m tools.evaluate

bench: $(STAMP) ## measure speed against a stock Rasa project (BENCH="--quick --keep")
	@$(BIN)/python -m tools.bench $(BENCH)

lint: $(STAMP) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

validate: $(STAMP) ## let Rasa check domain, rules and training data
	@$(BIN)/rasa data validate

lock: | $(UV) ## write requirements.lock and requirements-page.lock anew
	$(UV) pip compile requirements.in --override overrides.txt --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --output-file requirements.lock
	$(UV) pip compile requirements-page.in --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --output-file requirements-page.lock

clean: ## remove what was built, not the environment
	rm -rf build models .rasa results

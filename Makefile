# `make` alone lists what there is. Everything runs in .venv, made from requirements.lock.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

# The interpreter that makes .venv; `make install PYTHON=/path/to/python3.12` chooses another.
PYTHON ?= python3.11
# More options for the program (`run`, `bench`, `eval`) or for pytest (`test`, `test-all`).
ARGS ?=

PY := .venv/bin/python
NEWSDESK := .venv/bin/newsdesk
PIP := $(PY) -m pip --disable-pip-version-check --quiet
CODE := app ingest eval tests docs

# Sets $$python to $(PYTHON) when that is there and can be used, else to python3.
find_python = for python in "$(PYTHON)" python3; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo "Newsdesk needs Python 3.11, 3.12 or 3.13 with venv" \
	"(on Debian: apt install python3 python3-venv); or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }

.PHONY: help install run test test-all fuzz check bench eval train-verifier ablation screenshots readme format lock clean

help: ## list what make can do
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
	printf '  make %-15s %s\n' "$$name" "$$what"; done

install: .venv/installed ## make .venv with the exact versions of requirements.lock
	@echo "Installed: $(NEWSDESK)"

run: .venv/installed ## open the chat on 127.0.0.1:7860; an empty archive first gets the sample articles
	@status=$$($(NEWSDESK) status --json) && \
	if printf '%s' "$$status" | $(PY) -c 'import json, sys; sys.exit(json.load(sys.stdin)["articles"] != 0)'; \
	then $(NEWSDESK) ingest --sample; fi && \
	exec $(NEWSDESK) chat $(ARGS)

test: .venv/installed ## run the tests, all but the slow ones
	@$(PY) -m pytest -n 2 -m "not slow" $(ARGS)

test-all: .venv/installed ## run all tests, the slow ones too
	@$(PY) -m pytest $(ARGS)

fuzz: .venv/installed ## fuzz the readers, 10 minutes each: make fuzz ARGS="HTML feed --minutes 1"
	@$(PY) -m tests.fuzz $(ARGS)

check: .venv/installed ## lint, formatting and types
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m mypy

bench: .venv/installed ## measure the speed beside LlamaIndex, LangChain and Haystack on the same articles
	@$(NEWSDESK) eval bench $(ARGS)

eval: .venv/installed ## run the smoke suites on the sample archive; reports in build/eval
	@$(NEWSDESK) eval smoke $(ARGS)

train-verifier: .venv/installed ## fit the weights of the verifier anew: make train-verifier ARGS="--data DIR"
	@$(PY) -m eval.verifier train $(ARGS)

ablation: .venv/installed ## what each part of the search is worth: make ablation ARGS="SUITE=HOME ... --write"
	@$(PY) -m eval.ablation $(ARGS)

screenshots: .venv/installed ## take the pictures of docs/ anew (needs Chromium)
	@$(PY) docs/screenshot.py

readme: .venv/installed ## run what README.md shows and write the outputs into it
	@$(PY) -m docs.readme

format: .venv/installed ## put imports and layout in order
	@$(PY) -m ruff check --fix-only $(CODE)
	@$(PY) -m ruff format $(CODE)

lock: ## write requirements.lock anew: the newest versions that pyproject.toml allows
	@$(find_python); rm -rf build/lock && "$$python" -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check install "torch==$(TORCH)" ".[bench,dev]"
	@{ echo "# Exact versions of everything that is installed; written by 'make lock'."; \
	build/lock/bin/python -m pip freeze --exclude newsdesk | sed -E '$(PORTABLE)'; } > requirements.lock
	@rm -rf build/lock

clean: ## remove .venv and what tools left behind
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# torch is held at one version, whichever build of it (CPU, CUDA) an index offers: the lock names neither
# the build nor what only the CUDA build needs.
TORCH := 2.13.0
PORTABLE := /^(nvidia-|cuda-|triton)/d; s/\+(cpu|cu[0-9]+)$$//

.venv/python:
	@$(find_python); echo "Making .venv with $$("$$python" -V) ..."; "$$python" -m venv --clear .venv
	@touch $@

.venv/locked: requirements.lock | .venv/python
	@echo "Installing the versions of requirements.lock (minutes the first time) ..."
	@$(PIP) install -r requirements.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

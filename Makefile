# What is done often. Needs the environment of CONTRIBUTING.md.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
# What `corpus-diff` compares the working tree with.
REV ?= HEAD

.PHONY: test lint docs fit golden corpus-diff

test:
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check src tests benchmarks corpora
	$(PYTHON) -m mypy

# Pages made from the program, the rule files and corpora/expected.json.
docs:
	$(PYTHON) -m apologylint.cli.reference

# The learned score, then the figures that depend on it, then the pages that show them. Read the difference.
fit:
	$(PYTHON) corpora/fit.py
	$(MAKE) golden docs

golden:
	APOLOGYLINT_GOLDEN=write $(PYTHON) -m pytest tests/test_corpora.py

corpus-diff:
	$(PYTHON) corpora/diff.py $(REV)

#!/bin/sh
# Installs the tools that the benchmarks compare with into a folder: sh benchmarks/peers.sh FOLDER
set -eu
mkdir -p "$1"
cd "$1"
python3 -m venv python
python/bin/python -m pip install --quiet proselint==0.16.0 codespell==2.4.3
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund write-good@1.0.8 textlint textlint-rule-prh alex@11

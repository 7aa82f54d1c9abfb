#!/usr/bin/env bash
# Writes requirements.lock from pyproject.toml, and bench/requirements.lock for the benchmarks alone: every package, for
# every platform, with its hashes and without the address it was found at. Versions already locked stay unless --upgrade
# is given.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  .uv/bin/uv pip compile "$@" --universal --python-version "$(cat .python-version)" --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links --quiet
}
compile pyproject.toml --group dev --output-file requirements.lock "$@"
compile --group bench --constraint requirements.lock --output-file bench/requirements.lock "$@"

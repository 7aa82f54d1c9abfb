#!/usr/bin/env bash
# Writes requirements.lock from pyproject.toml: every package, for every platform, with its hashes and without the
# address it was found at. Versions already locked stay unless --upgrade is given.
set -euo pipefail
cd "$(dirname "$0")/.."
.uv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock "$@"

#!/usr/bin/env bash
# Puts uv into .uv/ when it is missing, and makes .venv/ hold exactly what requirements.lock says.
set -euo pipefail
cd "$(dirname "$0")/.."
UV_VERSION=0.13.9

install_uv() {
  echo "Installing uv $UV_VERSION into .uv/"
  # Debian's python3 may come without venv, and its pip then installs only into a folder it is told.
  if python3 -m venv .uv >/dev/null 2>&1; then
    .uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
    return
  fi
  rm -rf .uv
  local pip=(python3 -m pip)
  "${pip[@]}" --version >/dev/null 2>&1 || pip=(pip)
  "${pip[@]}" install --quiet --disable-pip-version-check --target .uv/lib "uv==$UV_VERSION"
  mkdir -p .uv/bin
  ln -sf ../lib/bin/uv .uv/bin/uv
}

.uv/bin/uv --version >/dev/null 2>&1 || install_uv

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then
  if ! said=$(.uv/bin/uv venv --quiet --clear --python "$(cat .python-version)" .venv 2>&1); then
    echo "$said" | tail -n 3 >&2
    echo "Python 3.13 is needed: uv found none and could fetch none. Install it, then run make again." >&2
    exit 1
  fi
fi

echo "Installing what requirements.lock says into .venv/"
.uv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements.lock
touch .venv/.synced

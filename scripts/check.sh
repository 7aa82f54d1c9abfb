#!/usr/bin/env bash
# Every check but the tests. Each step prints one line; a failing one prints what it found, and the others still run.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=0

step() {
  local title=$1 said
  shift
  if said=$("$@" 2>&1); then
    echo "ok    $title"
  else
    failed=1
    printf 'FAIL  %s\n%s\n' "$title" "$said"
  fi
}

templates() {
  find templates -name '*.html' -exec djade --check --target-version 6.1 {} +
}

# The settings of a real site, with a key and a folder made for the occasion: nothing is silenced.
deployment() {
  local folder status=0
  folder=$(mktemp -d)
  env PALMARES_ENV=production PALMARES_ALLOWED_HOSTS=palmares.example.fr PALMARES_PRIVATE_DIR="$folder" \
    PALMARES_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    DATABASE_URL=postgres://palmares@127.0.0.1:5432/palmares PALMARES_PROXIES=1 \
    PALMARES_TRUSTED_ORIGINS=https://palmares.example.fr PALMARES_CONTACT_EMAIL=redaction@palmares.example.fr \
    PALMARES_PUBLISHER=Exemple PALMARES_PUBLISHER_DETAILS=Exemple PALMARES_PUBLICATION_DIRECTOR=Exemple \
    PALMARES_HOSTING=Exemple \
    python manage.py check --deploy --fail-level WARNING || status=$?
  rm -rf "$folder"
  return $status
}

step "ruff check" ruff check --output-format concise
step "ruff format" ruff format --check
step "mypy" mypy
step "layers (import-linter)" lint-imports --no-cache
step "templates (djade)" templates
step "migrations are made" env -u PALMARES_ENV python manage.py makemigrations --check --dry-run
step "deployment (check --deploy)" deployment
step "requirements.lock agrees with pyproject.toml" python scripts/check_lock.py
step "installed packages agree (uv pip check)" .uv/bin/uv pip check --python .venv/bin/python
step "messages are compiled" python scripts/check_messages.py
step "the engine knows no binary float" python scripts/check_floats.py
step "names of files" python scripts/check_names.py
exit $failed

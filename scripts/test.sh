#!/usr/bin/env bash
# The whole suite: first everything but the browser, then the browser tests in processes of their own (a browser driver
# leaves an event loop behind, which Django's database tests then trip over). Files run in their order, so that the slow
# ones do not come last, on one process alone.
#
# PALMARES_CHROMIUM names the browser when it is not in the PATH; PALMARES_REQUIRE_BROWSER=1 makes its absence an error.
set -uo pipefail
cd "$(dirname "$0")/.."
NO_TEST_COLLECTED=5

find_chromium() {
  if [ -n "${PALMARES_CHROMIUM:-}" ]; then
    command -v "$PALMARES_CHROMIUM"
    return
  fi
  # Without its windows first: it draws the same pages in three quarters of the time.
  for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

no_browser() {
  if [ "${PALMARES_REQUIRE_BROWSER:-}" = 1 ]; then
    echo "ERROR: the browser tests are required and no Chromium was found." >&2
    return 1
  fi
  cat <<'BOX'

+--------------------------------------------------------------------------+
|  THE BROWSER TESTS WERE SKIPPED: no Chromium was found.                  |
|  Install one (Debian: apt-get install chromium-headless-shell, or        |
|  chromium), or name it in PALMARES_CHROMIUM, then run make test again.   |
+--------------------------------------------------------------------------+
BOX
}

status=0
.venv/bin/python -m pytest -p no:anyio -n 2 --dist loadfile --no-loadscope-reorder -m "not browser" \
  --ignore=tests/browser "$@" || status=$?

if PALMARES_CHROMIUM=$(find_chromium); then
  export PALMARES_CHROMIUM
  browser_status=0
  # Each process reads every file it is given: these are all that open a browser, and a test says so.
  [ $# -gt 0 ] || set -- tests/browser tests/look/test_look_in_browser.py
  # Plugins that no browser test uses are left out: one of them takes a second to load, in each process.
  DJANGO_ALLOW_ASYNC_UNSAFE=true .venv/bin/python -m pytest -p no:anyio -p no:schemathesis \
    -n 2 --dist loadfile --no-loadscope-reorder -m browser "$@" || browser_status=$?
  [ $browser_status -eq $NO_TEST_COLLECTED ] && browser_status=0
  [ $status -eq 0 ] && status=$browser_status
else
  unset PALMARES_CHROMIUM
  no_browser || status=1
fi
exit $status

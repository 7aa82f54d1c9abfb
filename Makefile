# Everything one does with this project. It needs pip, make, this checkout, and a Python 3.13 that uv finds or fetches.
# `make` alone lists the targets.

PORT ?= 8000
PYTHON := .venv/bin/python
UV := .uv/bin/uv
TEMPLATES = $(shell find templates -name '*.html')
# The demonstration is always the development site on SQLite, whatever the shell it is started from has set.
DEMO := env -u DATABASE_URL -u PALMARES_ENV $(PYTHON) manage.py

OPEN_DATA := PALMARES_VAR_DIR=$(CURDIR)/var/open-data env -u PALMARES_ENV $(PYTHON) manage.py

.DEFAULT_GOAL := help
.PHONY: help demo demo-data open-data open-data-site run test check bench fix states messages pictures reset lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: demo-data ## From nothing to a running site with its data, on http://127.0.0.1:8000/ (PORT=… for another)
	@$(DEMO) runserver 127.0.0.1:$(PORT)

demo-data: .venv/.synced ## The same without starting the server
	@$(DEMO) demo_data --migrate --port $(PORT)

open-data: .venv/.synced ## A real ranking from the official files in DATA=… (docs/open-data.md)
	@$(if $(DATA),,echo "Say where the official files are: make open-data DATA=folder (docs/open-data.md names them)"; exit 2)
	@$(OPEN_DATA) open_data --data "$(DATA)" --check
	@$(if $(DATABASE_URL),,rm -rf var/open-data)
	@mkdir -p var/open-data
	@$(OPEN_DATA) migrate --verbosity 0
	@$(OPEN_DATA) open_data --data "$(DATA)" --port $(PORT)

open-data-site: .venv/.synced ## The site of that ranking, on http://127.0.0.1:8000/
	@$(OPEN_DATA) runserver 127.0.0.1:$(PORT)

run: .venv/.synced ## Start the development server on the data that are there
	@$(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

test: .venv/.synced ## The whole suite, on SQLite or on the PostgreSQL of DATABASE_URL
	@bash scripts/test.sh

check: .venv/.synced ## Format, lint, types, layers, templates, migrations, deployment
	@bash scripts/check.sh

bench: .venv/.bench ## The benchmarks
	@for file in bench/bench_*.py; do \
		if [ -e "$$file" ]; then $(PYTHON) "$$file" || exit 1; else echo "There is no benchmark in bench/."; fi; \
	done

fix: .venv/.synced ## Format the code and the templates, and mend what can be mended without thought
	@.venv/bin/ruff check --fix --quiet || true
	@.venv/bin/ruff format --quiet
	@$(if $(TEMPLATES),.venv/bin/djade --target-version 6.1 $(TEMPLATES) || true)

states: .venv/.synced ## Write docs/states.md anew from the tables of moves
	@$(PYTHON) manage.py write_states

messages: .venv/.synced ## Gather the messages to translate (needs gettext), and compile the translations
	@if command -v xgettext >/dev/null; then \
		$(PYTHON) manage.py makemessages -l en --no-location --no-obsolete --no-wrap -i .venv -i .uv -i var -i tests -v 0; \
	else echo "xgettext is not there (Debian: apt-get install gettext): compiling only"; fi
	@$(PYTHON) scripts/check_messages.py --compile

pictures: .venv/.synced ## Take the pictures of docs/pictures anew, from the demonstration (needs Chromium)
	@$(PYTHON) scripts/pictures.py

reset: ## Throw away the development site's database and private files
	rm -rf var

lock: .venv/.synced ## Write requirements.lock anew from pyproject.toml (UPGRADE=1 takes newer versions)
	@bash scripts/lock.sh $(if $(UPGRADE),--upgrade)
	@bash scripts/setup.sh

.venv/.synced: requirements.lock .python-version scripts/setup.sh
	@bash scripts/setup.sh

.venv/.bench: bench/requirements.lock .venv/.synced
	@echo "Installing what bench/requirements.lock says into .venv/"
	@$(UV) pip install --quiet --require-hashes --python $(PYTHON) -r bench/requirements.lock
	@touch $@

# make run, make test; the others are for developers. Needs Python 3.11+ and make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export SITE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: run test check bench nightly clean

run: $(VENV)/runtime
	@$(BIN)/python -m newsagg.secret_key
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "Importing seeds/ and publishing what is new in it (an editor's decisions stay)."
	@$(BIN)/python manage.py import_seeds --publish
	@echo
	@echo "The news:      http://127.0.0.1:$(PORT)/"
	@echo "The desk:      http://127.0.0.1:$(PORT)/admin/"
	@echo "An editor:     $(if $(VAR_DIR),VAR_DIR='$(VAR_DIR)' )$(BIN)/python manage.py createsuperuser"
	@echo "To stop:       Ctrl-C"
	@exec $(BIN)/gunicorn newsagg.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

test: $(VENV)/dev
	@$(BIN)/python -m pytest -n auto -m "not nightly" $(ARGS)

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	SECRET_KEY=check $(BIN)/mypy
	SECRET_KEY=check $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=check-only-check-only-check-only-check-only-0123456789 SITE_URL=https://news.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/dev
	@$(BIN)/python -m bench $(ARGS)

nightly: $(VENV)/dev
	@$(BIN)/python -m pytest -n auto -m "nightly" $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: requirements.txt requirements-dev.txt $(VENV)/runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

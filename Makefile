# Two commands do everything: `make letter` and `make test`. Each installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := $(RUN_PACKAGES) poppler-utils libreoffice-writer-nogui python3-uno fonts-croscore liblouis20 liblouis-data python3-louis chromium chromium-driver postgresql
FIXTURE ?= fixtures/ansford/inspection.yaml
HOUSE ?= joint

DATA ?= workspace-demo
PORT ?= 8000

.PHONY: letter test workspace bench soak sbom clean

letter: $(VENV)/ready
	@sh tools/need-packages.sh $(RUN_PACKAGES)
	@$(BIN)/letters compose $(FIXTURE) --house $(HOUSE) -o out/

test: $(VENV)/ready
	@sh tools/need-packages.sh $(TEST_PACKAGES)
	@command -v npm >/dev/null || sh tools/need-packages.sh npm
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --durations=60

workspace: $(VENV)/ready
	@sh tools/need-packages.sh $(RUN_PACKAGES)
	@$(BIN)/letters serve --data $(DATA) --port $(PORT) --demo fixtures

bench: $(VENV)/ready
	@sh tools/need-packages.sh $(TEST_PACKAGES)
	$(BIN)/python -m benchmarks.docx_speed
	$(BIN)/python -m benchmarks.pdf_speed
	$(BIN)/python -m benchmarks.check_speed
	$(BIN)/python -m benchmarks.merge_speed
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.redline_noise
	$(BIN)/python -m benchmarks.overview_scale
	$(BIN)/python -m benchmarks.publish_speed
	$(BIN)/python -m benchmarks.web_speed

soak: $(VENV)/ready
	@sh tools/need-packages.sh $(TEST_PACKAGES)
	$(BIN)/python -m tests.versions.soak_merge 5000
	$(BIN)/python -m tests.soak_kills
	LETTERS_FUZZ_ROUNDS=2000 $(BIN)/pytest tests/test_doors_under_fuzz.py
	LETTERS_KILLS=100 LETTERS_WRITES=100 $(BIN)/pytest -s tests/web/test_reliability.py
	LETTERS_LIVES=200 $(BIN)/pytest tests/workspace/test_random_lives.py

sbom: $(VENV)/ready
	@$(BIN)/python -m tools.sbom

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "letters needs Python 3.11 or later; set PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "letters needs python3-venv: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) out

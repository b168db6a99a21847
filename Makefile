# Two commands on a fresh machine: make demo, make test. Everything lands in .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: help setup models demo unit test test-hard torture lock sbom audit docs check bench bench-long bench-mastering bench-batch bench-derive bench-studio clean

help:            ## show the targets
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  +##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/.installed   ## make .venv and install the package with pinned versions

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv $(VENV)
	@echo 'installing into $(VENV): some minutes and 3 GB, once'
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off -c constraints.txt -e '.[dev]'
	@touch $@

models: setup    ## fetch the default model weights, once
	@$(BIN)/chaitime models pull

demo:            ## make the sample episode
	@began=$$(date +%s); $(MAKE) --no-print-directory models && $(BIN)/chaitime process episodes/001-tom-ellery && \
		echo "made in $$(( $$(date +%s) - began )) s, installing and fetching included"

unit: setup      ## pure Python in under a minute: no torch, no models, no network
	$(BIN)/python -m pytest --unit -n logical --maxprocesses 4 --dist worksteal

test: unit       ## all but what takes minutes, with real models on short audio
	$(BIN)/chaitime models pull default whisper-tiny.en
	$(BIN)/python -m pytest -m 'not unit and not hard' -n logical --maxprocesses 4 --dist loadfile

test-hard: models   ## what takes minutes: batches of real engines, killed twenty times
	$(BIN)/chaitime models pull whisper-tiny.en
	$(BIN)/python -m pytest -m hard

torture: models  ## everything that is tried to break it; write docs/reliability.md
	$(BIN)/chaitime models pull whisper-tiny.en
	$(BIN)/python scripts/reliability.py

lock: setup      ## pin every package of the default install by its sum; list the licences
	$(BIN)/python scripts/lock.py
	$(BIN)/python scripts/licences.py

sbom: setup      ## write dist/sbom.cdx.json: what the default install is made of (CycloneDX)
	$(PYTHON) -m venv .venv-sbom
	.venv-sbom/bin/python -m pip install --disable-pip-version-check --quiet 'cyclonedx-bom>=7,<8'
	mkdir -p dist
	.venv-sbom/bin/cyclonedx-py requirements requirements.lock --output-reproducible -o dist/sbom.cdx.json

audit: setup     ## compare what is locked with advisories on this disk: make audit ADVISORIES=FOLDER
	$(BIN)/python scripts/audit.py '$(ADVISORIES)'

docs: setup      ## build the docs site, offline, into build/site
	test -d .venv-docs || $(PYTHON) -m venv .venv-docs
	.venv-docs/bin/python -m pip install --disable-pip-version-check --quiet 'mkdocs-material>=9.7,<10'
	$(BIN)/python scripts/reference.py
	.venv-docs/bin/mkdocs build --quiet

check: setup     ## style, types, import direction, file lengths
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_lengths.py
	$(BIN)/python scripts/house_figures.py --check

bench: models    ## measure words, speakers and speed; write docs/benchmarks.md
	-$(MAKE) .venv-whisperx/.installed
	$(BIN)/python -m bench

bench-long: models   ## 1 h and 4 h of sound through the whole way
	$(BIN)/python -m bench long

bench-mastering: models   ## loudness, peaks, voices, times, memory and speed of the MP3
	$(BIN)/python -m bench mastering

bench-batch: models   ## throughput by workers, cost and memory of the batch layer
	$(BIN)/python -m bench batch

bench-derive: setup    ## CPU seconds of what every run derives again, by length of the talk
	$(BIN)/python -m bench derive

bench-studio: setup    ## how fluid the studio is at 30,000 and 60,000 words, in a real Chromium
	$(BIN)/python -m bench studio

# WhisperX asks for versions of its own, so it gets an environment of its own
.venv-whisperx/.installed:
	$(PYTHON) -m venv .venv-whisperx
	.venv-whisperx/bin/python -m pip install --disable-pip-version-check torch==2.13.0 torchaudio==2.11.0 \
		faster-whisper nltk transformers pandas pyannote.audio==4.0.7 omegaconf
	.venv-whisperx/bin/python -m pip install --disable-pip-version-check --no-deps whisperx==3.8.1
	@touch $@

clean:           ## remove what was built, keep recordings and models
	rm -rf $(VENV) .venv-sbom .venv-docs dist build .mypy_cache .ruff_cache .pytest_cache
	rm -rf episodes/*/out episodes/*/work episodes/*/facts episodes/*/episode.json

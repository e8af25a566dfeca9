# Build, test and try Tailrace. `make -n TARGET` shows what a target would run.

# The Swift on the path, else the one in its usual folder.
SWIFT ?= $(firstword $(shell command -v swift 2>/dev/null) $(wildcard /opt/swift/usr/bin/swift) swift)
# Further options of `swift build` and `swift test`, for example: make test SWIFT_BUILD_FLAGS="--jobs 2"
SWIFT_BUILD_FLAGS ?=

TAILRACE    := .build/release/tailrace
# gzip is unpacked by ISA-L where its development files are, by zlib elsewhere. `make TAILRACE_ISAL=0` builds without.
# Looked for anew by each command: `packages` may just have installed it.
TAILRACE_ISAL ?= $(shell cat /usr/include/isa-l/igzip_lib.h /usr/local/include/isa-l/igzip_lib.h 2>/dev/null | head -c 1 | wc -c)
export TAILRACE_ISAL
SAMPLE_LOGS := $(addprefix SampleLogs/,mail tickets documents finance loans pilots)
DEMO_STORE  := .build/demo/tailrace.sqlite
# What `make bench` measures: the size of its logs, how often each is read, the sizes whose events are to cost the same,
# and into how many files one log is cut. `make bench SIZES=1,10,100,1000,10000` takes half an hour longer.
MEGABYTES ?= 1000
RUNS ?= 5
SIZES ?= 1,10,100,1000
FILES ?= 1,100,10000
# Where `make bench-peers-setup` puts Python packages, and `make bench` looks for them.
BENCH_PYTHON := .build/bench/python

.DEFAULT_GOAL := build
.PHONY: demo build test lint bench bench-trial bench-programs bench-peers-setup bench-tail profile kernels peers torture
# Seeds of `make bench-absorption`.
SEEDS ?= 303 404
.PHONY: bench-absorption bench-copies bench-real-logs bench-fingerprints bench-formats bench-index fuzz sanitize samplelogs packages backcast

## demo: replay the sample logs into a new store and show what they say
demo: build
	rm -rf $(dir $(DEMO_STORE))
	mkdir -p $(dir $(DEMO_STORE))
	$(TAILRACE) replay --config SampleLogs/tailrace.yaml --store $(DEMO_STORE) $(SAMPLE_LOGS)
	@echo
	@echo 'Look on:  $(TAILRACE) alerts --store $(DEMO_STORE)'
	@echo '          sqlite3 $(DEMO_STORE) "SELECT * FROM v1_dictionary"'
	@echo 'Your own: $(TAILRACE) replay FOLDER'

## build: the one binary, optimised
build: packages
	$(SWIFT) build -c release --product tailrace $(SWIFT_BUILD_FLAGS)

## test: all tests; those that compare with other programs need python3 and zstd, and pass over where they are absent
test: packages
	@for tool in python3 zstd; do command -v $$tool >/dev/null || echo "note: no $$tool here; tests that need it are skipped"; done
	$(SWIFT) test $(SWIFT_BUILD_FLAGS)

## lint: format and style of the sources, syntax of the scripts, no white space at line ends of papers
lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	bash -n .ci/run && bash -n .ci/packages
	@if command -v python3 >/dev/null; then echo 'python3 -m py_compile .ci/*.py'; \
	  PYTHONPYCACHEPREFIX=.build/python python3 -m py_compile .ci/*.py; \
	  else echo 'note: no python3 here; the syntax of .ci/*.py is not looked at'; fi
	! grep -nE '[[:space:]]+$$' *.md docs/*.md docs/decisions/*.md SampleLogs/*.md

BENCH := .ci/bench.py --build .build/release --folder .build/bench --python $(BENCH_PYTHON)/bin/python

## bench: every figure of a replay beside other readers of the same files, written into docs/benchmarks.md; an hour
bench: bench-programs
	$(BENCH) --megabytes $(MEGABYTES) --runs $(RUNS) --sizes $(SIZES) --files $(FILES) \
	  --page docs/benchmarks.md --json .build/bench/figures.json

## bench-trial: the same with 30 MB and one run, printed only: does it work, and what is far off?
bench-trial: bench-programs
	$(BENCH) --megabytes 30 --runs 1 --sizes 1,10,30 --files $(FILES) --json .build/bench/trial.json

bench-programs: build
	$(SWIFT) build -c release --product samplelogs $(SWIFT_BUILD_FLAGS)
	$(SWIFT) build -c release --product stagetimes $(SWIFT_BUILD_FLAGS)

## bench-peers-setup: install DuckDB and polars for `make bench`, under .build; jq, igzip, zstd come from the system
bench-peers-setup:
	python3 -m venv $(BENCH_PYTHON)
	$(BENCH_PYTHON)/bin/pip install --quiet duckdb polars

## profile: where the time of a replay goes, as a listing and as a picture of flames (perf); PROFILE_LOG=FILE for your own
profile: bench-programs
	@mkdir -p .build/profile
	@test -n "$(PROFILE_LOG)" || test -e .build/profile/load.ndjson.gz || { \
	  .build/release/samplelogs --load .build/profile/load.ndjson --megabytes 300 && gzip -6 .build/profile/load.ndjson; }
	.ci/profile-replay.py $(TAILRACE) $(or $(PROFILE_LOG),.build/profile/load.ndjson.gz) .build/profile

## bench-tail: append to commit, idle, restart inside 1 GB, 30,000 files, bombs (docs/benchmarks.md)
bench-tail: build
	.ci/bench-tail.py $(TAILRACE) .build/bench-tail

## bench-formats: read SIZE MB of each format's own samples, beside `gzip -dc` (docs/benchmarks.md)
bench-formats: build
	@.ci/bench-formats.py $(TAILRACE) .build/bench-formats $(or $(SIZE),300) $(or $(RUNS),3)

## bench-copies: how well copies are named, by kind of edit and by script, beside MinHash and TLSH where installed
bench-copies: build
	@.ci/bench-copies.py $(TAILRACE) $(COPIES_FLAGS)

## bench-fingerprints: a replay of SIZE MB with and without the fingerprints of its texts, beside `gzip -dc`
bench-fingerprints: bench-programs
	@mkdir -p .build/bench
	@.build/release/samplelogs --load .build/bench/fingerprints.ndjson --megabytes $(or $(SIZE),1000)
	@gzip -f -6 .build/bench/fingerprints.ndjson
	@.ci/bench-fingerprints.py $(TAILRACE) .build/bench .build/bench/fingerprints.ndjson.gz $(or $(RUNS),3)

## bench-absorption: false alarms, detection and forecasts of the queue rule on simulated stages, beside rules by hand
bench-absorption: packages
	$(SWIFT) build -c release --product stagesim $(SWIFT_BUILD_FLAGS)
	for weeks in 8 26; do for seed in $(SEEDS); do .build/release/stagesim $$seed 200 100 $$weeks; done; done
	.build/release/stagesim cost
	for habit in fasterUnderLoad abandoned priorities shared; do \
	    for seed in $(SEEDS); do .build/release/stagesim $$seed 100 50 8 $$habit; done; done

## bench-real-logs: the queue rule on logs of real queues, REAL_LOGS=FOLDER (nothing where there are none)
bench-real-logs: build
	@.ci/episodes.py $(TAILRACE) $(or $(REAL_LOGS),../shared/data/ticket)

## bench-index: the fingerprint index of 1, 10 and 50 million hashes: probes, memory, restart, recall at the memory cap
bench-index: packages
	$(SWIFT) build -c release --product indexbench $(SWIFT_BUILD_FLAGS)
	.build/release/indexbench

## backcast: how well `whatif` foretells the weeks of a log; BACKCAST_LOG=FILE BACKCAST_FLAGS="--until DATE" for your own
backcast: build
	rm -rf .build/backcast
	mkdir -p .build/backcast
	$(TAILRACE) replay --store .build/backcast/tailrace.sqlite \
	  $(or $(BACKCAST_LOG),--config SampleLogs/tailrace.yaml) > .build/backcast/replay.txt
	$(TAILRACE) whatif --store .build/backcast/tailrace.sqlite --backcast 4 $(BACKCAST_FLAGS)

## kernels: count the instructions of the hot path's stages, and compare them with what is allowed (.ci/kernels.json)
kernels: packages
	$(SWIFT) build -c release --product kernels $(SWIFT_BUILD_FLAGS)
	$(SWIFT) build -c release --product samplelogs $(SWIFT_BUILD_FLAGS)
	.ci/kernels.py .build/release/kernels .build/release/samplelogs .build/kernels $(KERNELS_FLAGS)

## peers: the same file scenarios with Tailrace and the other readers of logs that are installed (docs/benchmarks.md)
peers: build
	.ci/peers.py $(TAILRACE) .build/peers

# `make torture` repeats what `make test` does of tailing, longer: rounds, kills and seeds times TORTURE, and random
# rotation, damage and kills for TORTURE_SECONDS. SEED repeats an earlier run. Some half an hour with the defaults.
TORTURE ?= 10
TORTURE_SECONDS ?= 600
SEED ?= $(shell date +%s)

## torture: tailing under kills, rotation, damage, power loss and a full disk, for long; as root it has a disk to fill
torture: build
	$(SWIFT) build --build-tests $(SWIFT_BUILD_FLAGS)
	TAILRACE_BINARY=$(CURDIR)/$(TAILRACE) TAILRACE_SEED=$(SEED) TAILRACE_TORTURE=$(TORTURE) \
	  TAILRACE_TORTURE_SECONDS=$(TORTURE_SECONDS) TAILRACE_TABLE=$(CURDIR)/.build/torture.txt \
	  $(SWIFT) test $(SWIFT_BUILD_FLAGS) --skip-build \
	  --filter 'ScenarioTests|TailFuzzTests|KillPointTests|PowerLossTests'
	@cat .build/torture.txt

# libFuzzer comes with the toolchain. Ours is not the only main of that program, which gold cannot tell: hence lld.
FUZZ_FLAGS := -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library -Xswiftc -DFUZZING \
  -Xcc -fsanitize=fuzzer-no-link,address -Xswiftc -use-ld=lld
FUZZ_TARGETS ?= archive lines rows mail times settings
# How long each target is fed.
SECONDS ?= 60

## fuzz: feed what reads bytes from outside with inputs that find new ways through it, SECONDS for each of FUZZ_TARGETS
fuzz: packages
	$(SWIFT) build -c release --product fuzz --scratch-path .build/fuzz $(SWIFT_BUILD_FLAGS) $(FUZZ_FLAGS)
	@for target in $(FUZZ_TARGETS); do \
	  echo "fuzz: $$target, $(SECONDS) s"; mkdir -p .build/fuzz/corpus/$$target; \
	  TAILRACE_FUZZ=$$target SWIFT_BACKTRACE=enable=no .build/fuzz/release/fuzz -max_total_time=$(SECONDS) \
	    -max_len=2048 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
	    -artifact_prefix=.build/fuzz/$$target- .build/fuzz/corpus/$$target Tests/Fuzz/Seeds/$$target \
	    2>.build/fuzz/$$target.log || { tail -40 .build/fuzz/$$target.log; exit 1; }; \
	  grep '^stat::' .build/fuzz/$$target.log; \
	done

# Tests that run the program for long, or by the clock, tell nothing more under a sanitizer.
SANITIZE_SKIP := 'ScenarioTests|TailFuzzTests|KillPointTests|PowerLossTests'

## sanitize: the tests under the address and the thread sanitizer, some ten minutes each
sanitize: packages
	LSAN_OPTIONS=suppressions=$(CURDIR)/.ci/leaks.txt $(SWIFT) test --sanitize=address --scratch-path .build/address \
	  $(SWIFT_BUILD_FLAGS) --skip $(SANITIZE_SKIP)
	TSAN_OPTIONS=halt_on_error=1 $(SWIFT) test --sanitize=thread --scratch-path .build/thread \
	  $(SWIFT_BUILD_FLAGS) --skip $(SANITIZE_SKIP)

## samplelogs: write SampleLogs anew; the same seed gives the same lines
samplelogs: packages
	$(SWIFT) run -c release $(SWIFT_BUILD_FLAGS) samplelogs --out SampleLogs --seed 2026

# System libraries that the build needs.
packages:
	@.ci/packages

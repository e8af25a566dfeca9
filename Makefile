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
# Size of the log that `make bench` writes and reads, and how often it is read.
MEGABYTES ?= 300
RUNS ?= 5

.DEFAULT_GOAL := build
.PHONY: demo build test lint bench bench-tail kernels peers torture samplelogs packages

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
	! grep -nE '[[:space:]]+$$' *.md docs/*.md docs/decisions/*.md SampleLogs/*.md

## bench: read a generated log with Tailrace and with the decompressors alone (docs/benchmarks.md)
bench: build
	$(SWIFT) build -c release --product samplelogs $(SWIFT_BUILD_FLAGS)
	.ci/bench.py $(TAILRACE) .build/release/samplelogs .build/bench $(MEGABYTES) $(RUNS)

## bench-tail: append to commit, idle, restart inside 1 GB, 30,000 files, bombs (docs/benchmarks.md)
bench-tail: build
	.ci/bench-tail.py $(TAILRACE) .build/bench-tail

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

## samplelogs: write SampleLogs anew; the same seed gives the same lines
samplelogs: packages
	$(SWIFT) run -c release $(SWIFT_BUILD_FLAGS) samplelogs --out SampleLogs --seed 2026

# System libraries that the build needs.
packages:
	@.ci/packages

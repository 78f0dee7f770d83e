# A few well-known words; meson and ninja do the work.
#
#   make run      install what is missing, build, make the demo, serve it
#   make test     what CI runs: both databases, sanitizers, API, browser
#   make check    make test, and gcc, clang, format, long races: before landing
#   make unit     the C tests alone, under ASan; T=word picks some
#   make bench    the table of speeds
#   make build  deps  format  install  clean

SHELL = /bin/sh
J ?= $(shell nproc)
PREFIX ?= /usr/local

WARN = -std=gnu17 -O1 -g -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -D_GNU_SOURCE=
PROGRAMS = embed shapegen sqlgen tplgen pogen outlines depcheck
TOOLS = $(patsubst %,build/tools/%,$(filter $(basename $(notdir $(wildcard tools/*.c))),$(PROGRAMS)))
TOOLS_SHARED = $(filter-out $(PROGRAMS:%=tools/%.c) %_test.c,$(wildcard tools/*.c))

# Packages, then what they generate, then builds: whatever -j says. Ninja has the cores.
.NOTPARALLEL:

.PHONY: all build deps test-deps generate tools test check unit bench run format format-check install clean \
	asan tsan clang fuzz

all: build

deps:
	@tools/deps.sh build

test-deps:
	@tools/deps.sh build test

# ---- tools that write C, and what they write ----

tools: $(TOOLS)

build/tools/%.o: tools/%.c $(wildcard tools/*.h) src/base/shape.h src/base/types.h
	@mkdir -p build/tools
	$(CC) $(WARN) -Isrc -c -o $@ $<

build/tools/%: build/tools/%.o $(TOOLS_SHARED:tools/%.c=build/tools/%.o)
	$(CC) -o $@ $^

.SECONDARY:

generate: $(TOOLS)
	@tools/generate.sh
	@build/tools/depcheck --layers .
	@build/tools/depcheck . | sed 's/^/make test will refuse: /'

# ---- builds: $(call compile,FOLDER,MESON OPTIONS,TARGETS) ----
# Configured again only when the list of sources or a build file has changed.

define compile
	@if ! [ -e $(1)/build.ninja ]; then $(3) meson setup $(1) $(2) > build/$(1).log 2>&1 || { cat build/$(1).log; exit 1; }; \
	elif ! cmp -s build/sources.list $(1)/.sources; then \
		meson setup --reconfigure $(1) > build/$(1).log 2>&1 || { cat build/$(1).log; exit 1; }; fi
	@cp build/sources.list $(1)/.sources
	@ninja -C $(1) -j$(J) --quiet $(4)
endef

build: deps generate
	$(call compile,build,,,)

asan: test-deps generate
	$(call compile,build-asan,-Dtests=true -Db_sanitize=address$(comma)undefined -Db_lundef=false -Doptimization=1)

# What shares memory between threads, built and run under TSan too.
RACE_TESTS = $(shell sed -n 's/^test \(.*_race_test\)\.c$$/\1/p' build/sources.list | \
	sed 's,src/,,; s,domain/,,; s,/,-,g; s,^,test-,')

tsan: test-deps generate
	$(call compile,build-tsan,-Dtests=true -Db_sanitize=thread -Db_lundef=false -Doptimization=1,,libmaillage.a $(RACE_TESTS))

clang: test-deps generate
	$(call compile,build-clang,-Dtests=true,CC=clang)

fuzz: test-deps generate
	$(call compile,build-fuzz,-Dfuzz=true -Db_lundef=false -Doptimization=1,CC=clang)

comma := ,

# ---- tests ----

test: test-deps build asan tsan
	@tests/run-tests.sh

unit: asan
	@tests/run-tests.sh unit '$(T)'

check: test-deps build asan tsan clang fuzz format-check
	@tests/run-tests.sh all

bench:
	@tools/deps.sh build bench
	@$(MAKE) --no-print-directory build
	@if [ -x tests/bench/run.sh ]; then tests/bench/run.sh; else echo 'there is no benchmark yet'; fi

# ---- the rest ----

run: build
	@tools/run.sh

# Headers are laid out by hand, their comments in columns.
FORMATTED = $(shell find src tools tests -name '*.c' -not -path '*/node_modules/*')

format:
	clang-format -i $(FORMATTED)

format-check:
	clang-format --dry-run -Werror $(FORMATTED)

install: build
	install -D -m 755 build/maillage $(DESTDIR)$(PREFIX)/bin/maillage
	install -D -m 644 deploy/maillage.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/maillage.conf
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's#/usr/local/bin/#$(PREFIX)/bin/#' deploy/maillage.service \
		> $(DESTDIR)$(PREFIX)/lib/systemd/system/maillage.service

clean:
	rm -rf build build-asan build-tsan build-clang build-fuzz

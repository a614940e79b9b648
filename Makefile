# libtraincost: `make help` lists the verbs.
# SPDX-License-Identifier: GPL-3.0-or-later

# ---- what a packager or a developer may set ----
prefix      ?= /usr/local
bindir      ?= $(prefix)/bin
libdir      ?= $(prefix)/lib
includedir  ?= $(prefix)/include
mandir      ?= $(prefix)/share/man
bashcompletiondir ?= $(prefix)/share/bash-completion/completions
zshcompletiondir  ?= $(prefix)/share/zsh/site-functions
fishcompletiondir ?= $(prefix)/share/fish/vendor_completions.d
datadir     ?= $(prefix)/share
pkgconfigdir ?= $(libdir)/pkgconfig
DESTDIR     ?=
CC          ?= cc
CC_FOR_BUILD ?= $(CC)
OBJCOPY     ?= objcopy
CXX         ?= c++
CFLAGS      ?= -O2 -g
# Flags for another machine are not for this one, and what runs during the build is not measured.
ifeq ($(CC_FOR_BUILD),$(CC))
CFLAGS_FOR_BUILD ?= $(filter-out --coverage -fprofile-arcs -ftest-coverage,$(CFLAGS))
CPPFLAGS_FOR_BUILD ?= $(CPPFLAGS)
LDFLAGS_FOR_BUILD ?= $(LDFLAGS)
else
CFLAGS_FOR_BUILD ?= -O1
endif
INSTALL     ?= install
PKG_CONFIG  ?= pkg-config
V           ?= 0
SHARED      ?= 0
INSTALL_MISSING ?= yes

# ---- what the project needs ----
# For building, and beyond that for testing.
PACKAGES = gcc libc6-dev make pkg-config libgsl-dev libyaml-dev libcsv-dev
TEST_PACKAGES = g++ libjansson-dev check valgrind mandoc chromium librsvg2-bin python3 parallel slurm-wlm munge clang libclang-rt-dev abigail-tools

version := $(shell sed -n 's/^.define TRAINCOST_VERSION_M[AI][JN]OR \([0-9]*\).*/\1./p; s/^.define TRAINCOST_VERSION_PATCH \([0-9]*\).*/\1/p' include/traincost.h | tr -d '\n')
soversion := $(firstword $(subst ., ,$(version)))

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum
OWN_CFLAGS = -std=c11 $(WARNINGS) -fno-math-errno -Iinclude -MMD -MP
# Behind the flags of others. No contraction: a fused multiply-add rounds otherwise, and the answer must have the same
# bits everywhere. No optimisation when linking: the library's objects become one, whose hidden names are made local.
EXACT_CFLAGS = -ffp-contract=off -fno-lto
LIB_CFLAGS = $(OWN_CFLAGS) $(COPIES) -Ilib -DTRAINCOST_BUILDING -fvisibility=hidden -fPIC -pthread
CLI_CFLAGS = $(OWN_CFLAGS) -Icli -fPIE
LIB_LIBS = $(shell $(PKG_CONFIG) --libs gsl yaml-0.1) -lcsv -lm
CLI_LIBS = -lcsv
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check jansson)

machine := $(shell $(CC) -dumpmachine 2>/dev/null)
ifneq ($(filter i386-% i486-% i586-% i686-%,$(machine)),)
$(error libtraincost is not for 32-bit x86, whose arithmetic has no doubles of 64 bits: its answers would have other digits)
endif

# ---- files ----
b = build
# Objects of different compilers and flags do not mix.
flavour := $(shell echo '$(CC) $(CFLAGS) $(CPPFLAGS)' | cksum | cut -d' ' -f1)
o = $(b)/objects/$(flavour)

lib_sources = $(filter-out lib/catalog/embed.c,$(wildcard lib/*/*.c))
lib_objects = $(lib_sources:%.c=$(o)/%.o) $(hot_copies) $(o)/builtin.o
# The loops over blocks, and their copies for the instruction sets that lib/engine/instruction_set.c chooses from on x86-64.
hot_sources = $(addprefix lib/engine/,points.c strata.c sampler.c sample_loops.c effect_loops.c) lib/model/model.c
ifneq ($(filter x86_64% amd64%,$(machine)),)
hot_copies = $(foreach isa,avx2 avx512,$(hot_sources:lib/%.c=$(o)/lib/%.$(isa).o))
COPIES = -DISA_COPIES
endif
avx2_CFLAGS = -mavx2
avx512_CFLAGS = -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512
# Comparisons that no trap follows may be made for all lanes at once. The loops vectorise from -O3 on; whoever asks
# for less or other than -O2 gets that.
HOT_CFLAGS = -fno-trapping-math $(if $(filter -O2,$(CFLAGS)),-O3)
embed_sources = $(addprefix lib/,catalog/embed.c catalog/table_rows.c base/csv_table.c base/array.c base/file.c base/text.c base/text_date.c base/error.c)
cli_objects = $(patsubst %.c,$(o)/%.o,$(wildcard cli/*.c cli/*/*.c)) $(o)/page_assets.o
test_objects = $(patsubst %.c,$(o)/%.o,$(wildcard tests/unit/*.c tests/unit/*/*.c)) $(calibrations)
# What `make calibrate` prints is tested too.
calibrations = $(addprefix $(o)/tests/tools/,leave_one_out.o own_calibration.o claim_calibration.o compute_calibration.o)
# The list of runs comes last.
tables = $(addprefix lib/catalog/data/,chips.csv prices.csv economics.csv throughput.csv currency.csv instances.csv places.csv claims.yaml)
static = $(b)/libtraincost.a
shared = $(b)/libtraincost.so.$(version)

ifeq ($(V),0)
say = @printf '  %-7s %s\n'
q = @
else
say = @:
endif

all: $(b)/traincost $(static) $(b)/libtraincost.so  ## build the command and the library into build/

# What is linked depends on how it was compiled; this file changes with it.
$(b)/flavour: .FORCE
	@mkdir -p $(b); echo '$(flavour)' | cmp -s - $@ || echo '$(flavour)' > $@

# ---- compile ----
$(hot_sources:%.c=$(o)/%.o) $(o)/tests/tools/bench.o $(o)/tests/tools/yardstick.o: hot = $(HOT_CFLAGS)

# The loops again, for one instruction set: their names end with it.
define copy_rule
$(o)/lib/%.$(1).o: lib/%.c Makefile
	$$(say) CC '$$< ($(1))'
	$$(q)mkdir -p $$(@D)
	$$(q)$$(CC) $$(LIB_CFLAGS) $$(CPPFLAGS) $$(CFLAGS) $$(HOT_CFLAGS) -DISA=_$(1) $$($(1)_CFLAGS) $$(EXACT_CFLAGS) -c $$< -o $$@
endef
$(foreach isa,avx2 avx512,$(eval $(call copy_rule,$(isa))))

$(o)/lib/%.o: lib/%.c Makefile
	$(say) CC $<
	$(q)mkdir -p $(@D)
	$(q)$(CC) $(LIB_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(hot) $(EXACT_CFLAGS) -c $< -o $@

$(o)/cli/%.o: cli/%.c Makefile
	$(say) CC $<
	$(q)mkdir -p $(@D)
	$(q)$(CC) $(CLI_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(EXACT_CFLAGS) -c $< -o $@

# The tests look inside the library, so they see its rooms and link their objects.
$(o)/tests/%.o: tests/%.c Makefile
	$(say) CC $<
	$(q)mkdir -p $(@D)
	$(q)$(CC) $(OWN_CFLAGS) $(COPIES) -Ilib -Icli -Itests -pthread $(CPPFLAGS) $(CFLAGS) $(hot) $(EXACT_CFLAGS) -c $< -o $@

# Runs where the library is built, not where it will be used.
$(o)/embed: $(embed_sources) $(wildcard include/*.h lib/base/*.h lib/catalog/*.h lib/engine/*.h lib/model/*.h) Makefile
	$(say) LD $@
	$(q)mkdir -p $(@D)
	$(q)$(CC_FOR_BUILD) $(filter-out -MMD -MP,$(LIB_CFLAGS)) $(CPPFLAGS_FOR_BUILD) $(CFLAGS_FOR_BUILD) $(LDFLAGS_FOR_BUILD) $(embed_sources) -lcsv -o $@

$(o)/builtin.c: $(o)/embed $(tables)
	$(say) EMBED $@
	$(q)$(o)/embed $(tables) > $@.part && mv $@.part $@

$(o)/builtin.o: $(o)/builtin.c Makefile
	$(say) CC $<
	$(q)$(CC) $(LIB_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(EXACT_CFLAGS) -c $< -o $@

# The style and the script of pages, a line a text, and the hash by which the page's own policy knows the script.
$(o)/page_assets.c: cli/render/page.css cli/render/page.js
	$(say) EMBED $@
	$(q)mkdir -p $(@D)
	$(q){ for part in style:page.css script:page.js; do \
	    echo "extern const char *const html_$${part%%:*}[];"; echo "const char *const html_$${part%%:*}[] = {"; \
	    sed '/SPDX-License-Identifier/d; s/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n",/' cli/render/$${part#*:}; echo '0};'; done; \
	  echo 'extern const char html_script_hash[];'; \
	  printf 'const char html_script_hash[] = "%s";\n' \
	    "$$(env printf "$$(sed '/SPDX-License-Identifier/d' cli/render/page.js | sha256sum | cut -c1-64 | sed 's/../\\x&/g')" | base64)"; } > $@.part && mv $@.part $@

$(o)/page_assets.o: $(o)/page_assets.c Makefile
	$(say) CC $<
	$(q)$(CC) $(CLI_CFLAGS) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# ---- link ----
# One object, whose hidden names are made local: a static link then sees the same names as a shared one.
$(static): $(lib_objects) $(b)/flavour
	$(say) AR $@
	$(q)$(LD) -r -o $(o)/traincost.o $(lib_objects)
	$(q)$(OBJCOPY) --localize-hidden $(o)/traincost.o
	$(q)rm -f $@ && $(AR) rcs $@ $(o)/traincost.o

$(shared): $(lib_objects) lib/libtraincost.map $(b)/flavour
	$(say) LD $@
	$(q)$(CC) -shared -Wl,-soname,libtraincost.so.$(soversion) -Wl,--version-script=lib/libtraincost.map -pthread $(CFLAGS) $(LDFLAGS) $(lib_objects) $(LIB_LIBS) -o $@

$(b)/libtraincost.so: $(shared)
	$(q)ln -sf $(<F) $(b)/libtraincost.so.$(soversion)
	$(q)ln -sf libtraincost.so.$(soversion) $@

# Nothing of it can be written to once it runs. SHARED=1: with the shared library in the place of the static one.
HARDENED = -pie -Wl,-z,relro -Wl,-z,now
ifeq ($(SHARED),1)
$(b)/traincost: $(cli_objects) $(b)/libtraincost.so
	$(say) LD $@
	$(q)$(CC) -pthread $(HARDENED) $(CFLAGS) $(LDFLAGS) $(cli_objects) -L$(b) -ltraincost $(CLI_LIBS) -lm -o $@
else
$(b)/traincost: $(cli_objects) $(static)
	$(say) LD $@
	$(q)$(CC) -pthread $(HARDENED) $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) $(CLI_LIBS) -o $@
endif

# Made from the tables, which only the command knows.
$(b)/completion/%: $(b)/traincost
	$(say) MAKE $@
	$(q)mkdir -p $(@D)
	$(q)$(b)/traincost completion $* > $@.part && mv $@.part $@

$(b)/traincost.pc: lib/traincost.pc.in .FORCE
	$(q)mkdir -p $(b)
	$(q)sed -e 's|@prefix@|$(prefix)|; s|@libdir@|$(libdir)|; s|@includedir@|$(includedir)|; s|@version@|$(version)|' $< > $@

# ---- test ----
$(o)/unit-tests: $(test_objects) $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) $(CHECK_LIBS) -o $@

$(b)/unit-tests: $(o)/unit-tests $(b)/flavour
	$(q)ln -sf $(o:$(b)/%=%)/unit-tests $@

$(o)/fail-alloc: $(o)/tests/tools/fail_alloc.o $(o)/tests/tools/alloc_places.o $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) -o $@

# The command with allocations that fail, and what follows it.
$(o)/faulty-traincost: $(o)/tests/tools/faulty_memory.o $(o)/tests/tools/alloc_places.o $(cli_objects) $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) $(CLI_LIBS) -o $@

$(o)/fault-command: $(o)/tests/tools/fault_command.o $(o)/faulty-traincost
	$(say) LD $@
	$(q)$(CC) $(CFLAGS) $(LDFLAGS) $< -o $@

$(o)/calibrate: $(o)/tests/tools/calibrate.o $(calibrations) $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) -o $@

$(o)/bench: $(addprefix $(o)/tests/tools/,bench.o bench_ratios.o bench_rows.o yardstick.o) $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) -o $@

demo: .installed  ## install what is missing, build, and estimate what DeepSeek-R1 cost
	@$(MAKE) --no-print-directory all
	@echo '$$ traincost examples/deepseek-r1.yaml'
	@$(b)/traincost examples/deepseek-r1.yaml

processors = $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

check: .test-installed  ## install what is missing, build, and run every test
	@$(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(processors)) all $(o)/unit-tests $(o)/fail-alloc $(o)/fault-command $(o)/calibrate $(o)/bench $(o)/fuzz
	@tests/scripts.sh $(o)/fail-alloc $(o)/fault-command $(o)/unit-tests

# Installs the packages that are missing: the only rule that changes the system.
.installed:
	@INSTALL_MISSING=$(INSTALL_MISSING) tests/install-packages.sh $(PACKAGES)

.test-installed:
	@INSTALL_MISSING=$(INSTALL_MISSING) tests/install-packages.sh $(PACKAGES) $(TEST_PACKAGES)

calibrate: $(o)/calibrate  ## print how well the ranges hold what was observed
	@$(o)/calibrate

bench: $(o)/bench all  ## measure speed beside plain ways of doing the same and beside the last time (RENEW=1 keeps it)
	@$(o)/bench $(b)/traincost tests/bench-ratios.csv $(if $(RENEW),renew)

# Each branch counts once: no function is copied into its callers, nor for other instruction sets.
coverage:  ## run the tests compiled for it and list how much of lib/ and cli/ they reach, lines and branches
	@$(MAKE) --no-print-directory CFLAGS='-O2 -g --coverage -fno-early-inlining' COPIES= hot_copies= .coverage

.coverage: all $(o)/unit-tests $(o)/fail-alloc $(o)/fault-command $(o)/measured-embed
	@tests/coverage.sh $(o) $(o)/unit-tests $(o)/fail-alloc $(o)/fault-command

# What runs during the build, among what is measured.
$(o)/measured-embed: $(o)/lib/catalog/embed.o $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) -o $@

mutate: $(o)/mutate  ## plant small faults in lib/ and cli/ and count those that the tests find (MUTATIONS=100 SEED=1)
	@tests/mutate.sh $(o)/mutate $(or $(MUTATIONS),100) $(or $(SEED),1) $(b)/mutate

$(o)/mutate: $(o)/tests/tools/mutate.o
	$(say) LD $@
	$(q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@

dist: $(b)/libtraincost-$(version).tar.gz  ## pack the sources, which build without git

$(b)/libtraincost-$(version).tar.gz: .FORCE
	@mkdir -p $(b)
	@tests/pack.sh libtraincost-$(version) > $@.part && mv $@.part $@
	@echo $@

check-abi:  ## compare the interface with the frozen one, by abigail-tools; RENEW=1: freeze it as it is
	@$(MAKE) --no-print-directory CFLAGS='-O2 -g' $(b)/libtraincost.so
	@tests/abi.sh $(b)/libtraincost.so $(if $(filter 1,$(RENEW)),--renew)

check-arch: all  ## compare what is printed here with other instruction sets, arm64 and s390x, under qemu
	@tests/arch.sh $(b)/arch $(MAKE) --no-print-directory

fuzz:  ## feed every reader broken text for a minute, guided by coverage (clang), under sanitizers (SECONDS=60)
	@case '$(SECONDS)' in *[!0-9]*) echo "SECONDS=$(SECONDS): a whole number of seconds is expected" >&2; exit 2 ;; esac
	@$(MAKE) --no-print-directory CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' .guided
	@$(MAKE) --no-print-directory CFLAGS='-O1 -g -fsanitize=address,undefined' .fuzz

readers = quantity date claim scenario table runs question arguments overlay

# The program's name chooses the reader; what it finds is kept in the build, what is worth keeping in tests/corpus. Freed
# memory is watched for its last 4 MB, which stay in the cache, and rare features are not preferred: twice the inputs.
.guided: export ASAN_OPTIONS = quarantine_size_mb=4:thread_local_quarantine_size_kb=64:max_malloc_fill_size=0
.guided: $(o)/guided-fuzz
	@for reader in $(readers); do \
	    mkdir -p $(o)/found/$$reader && cp -n tests/corpus/$$reader/* $(o)/found/$$reader/ && \
	    ln -sf guided-fuzz $(o)/$$reader && \
	    $(o)/$$reader -close_fd_mask=1 -entropic=0 -print_funcs=0 -max_total_time=$$(( $(or $(SECONDS),60) / 9 + 1 )) \
	        -timeout=10 -rss_limit_mb=2048 -artifact_prefix=$(b)/ $(o)/found/$$reader 2>$(b)/$$reader.log || \
	        { tail -n 30 $(b)/$$reader.log; exit 1; }; \
	    sed -n "s/^Done \([0-9]*\) runs in \([0-9]*\).*/$$reader: \1 inputs in \2 s/p" $(b)/$$reader.log; \
	done

$(o)/guided-fuzz: $(o)/tests/tools/guided_fuzz.o $(filter-out $(o)/cli/main.o,$(cli_objects)) $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread -fsanitize=fuzzer $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) $(CLI_LIBS) -o $@

.fuzz: $(o)/fuzz
	@$(o)/fuzz $(or $(SECONDS),60)

$(o)/fuzz: $(o)/tests/tools/fuzz.o $(lib_objects)
	$(say) LD $@
	$(q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) $^ $(LIB_LIBS) -o $@

# ---- install ----
install: all $(b)/traincost.pc $(b)/completion/bash $(b)/completion/zsh $(b)/completion/fish  ## install the command, the library, the header and the manual
	$(INSTALL) -d "$(DESTDIR)$(bindir)" "$(DESTDIR)$(libdir)" "$(DESTDIR)$(pkgconfigdir)" "$(DESTDIR)$(includedir)"
	$(INSTALL) -d "$(DESTDIR)$(mandir)/man1" "$(DESTDIR)$(mandir)/man3" "$(DESTDIR)$(mandir)/man5"
	$(INSTALL) -m 755 $(b)/traincost "$(DESTDIR)$(bindir)/"
	$(INSTALL) -m 644 $(static) "$(DESTDIR)$(libdir)/"
	$(INSTALL) -m 755 $(shared) "$(DESTDIR)$(libdir)/"
	ln -sf $(notdir $(shared)) "$(DESTDIR)$(libdir)/libtraincost.so.$(soversion)"
	ln -sf libtraincost.so.$(soversion) "$(DESTDIR)$(libdir)/libtraincost.so"
	$(INSTALL) -m 644 include/traincost.h "$(DESTDIR)$(includedir)/"
	$(INSTALL) -m 644 $(b)/traincost.pc "$(DESTDIR)$(pkgconfigdir)/"
	$(INSTALL) -d "$(DESTDIR)$(datadir)/traincost/schemas"
	$(INSTALL) -m 644 lib/json/schemas/*.schema.json "$(DESTDIR)$(datadir)/traincost/schemas/"
	$(INSTALL) -m 644 man/traincost.1 "$(DESTDIR)$(mandir)/man1/"
	$(INSTALL) -m 644 man/libtraincost.3 "$(DESTDIR)$(mandir)/man3/"
	$(INSTALL) -m 644 man/traincost-scenario.5 man/traincost-catalog.5 "$(DESTDIR)$(mandir)/man5/"
	$(INSTALL) -d "$(DESTDIR)$(bashcompletiondir)" "$(DESTDIR)$(zshcompletiondir)" "$(DESTDIR)$(fishcompletiondir)"
	$(INSTALL) -m 644 $(b)/completion/bash "$(DESTDIR)$(bashcompletiondir)/traincost"
	$(INSTALL) -m 644 $(b)/completion/zsh "$(DESTDIR)$(zshcompletiondir)/_traincost"
	$(INSTALL) -m 644 $(b)/completion/fish "$(DESTDIR)$(fishcompletiondir)/traincost.fish"
	@[ -n "$(DESTDIR)" ] || { \
	    PATH=$$PATH:/sbin:/usr/sbin; \
	    if ! ldconfig -v -N 2>/dev/null | grep -qF "$(libdir):"; then \
	        echo "The loader does not search $(libdir): programs find the library there with LD_LIBRARY_PATH or -Wl,-rpath."; \
	    elif ldconfig 2>/dev/null; then echo "ldconfig: done, the loader knows the library."; \
	    else echo "Run ldconfig as root, so that the loader knows the library."; fi; }

uninstall:  ## remove what install put there
	rm -rf "$(DESTDIR)$(datadir)/traincost/schemas"
	-rmdir "$(DESTDIR)$(datadir)/traincost" 2>/dev/null
	rm -f "$(DESTDIR)$(bindir)/traincost" "$(DESTDIR)$(libdir)/libtraincost.a" "$(DESTDIR)$(libdir)/libtraincost.so"*
	rm -f "$(DESTDIR)$(includedir)/traincost.h" "$(DESTDIR)$(pkgconfigdir)/traincost.pc"
	rm -f "$(DESTDIR)$(mandir)/man1/traincost.1" "$(DESTDIR)$(mandir)/man3/libtraincost.3"
	rm -f "$(DESTDIR)$(mandir)/man5/traincost-scenario.5" "$(DESTDIR)$(mandir)/man5/traincost-catalog.5"
	rm -f "$(DESTDIR)$(bashcompletiondir)/traincost" "$(DESTDIR)$(zshcompletiondir)/_traincost" "$(DESTDIR)$(fishcompletiondir)/traincost.fish"

clean:  ## remove build/
	rm -rf $(b)

help:  ## list these verbs
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/  \1	\2/p' Makefile | expand -t 16

-include $(wildcard $(o)/*.d $(o)/*/*.d $(o)/*/*/*.d $(o)/*/*/*/*.d)

.PHONY: all .test-installed dist demo check check-abi check-arch calibrate bench coverage mutate fuzz install uninstall clean help .installed .coverage .fuzz .guided .FORCE
.DELETE_ON_ERROR:

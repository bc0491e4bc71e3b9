# Makefile - the only makefile a person calls. `make help` lists the targets; output goes to build/ and results/ only.

.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules
Q := $(if $(V),,@)
B := build
PYTHON ?= /usr/bin/python3

# Compiled Python stays under build/: without it each command line that a test starts would spend a third of its time on compiling the harness.
PYTEST := env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX="$(CURDIR)/$(B)/python" $(PYTHON) -m pytest -q -p no:cacheprovider
# The tests that boot nothing are dealt out to one process more than there are processors, for some of them wait; those that boot want both for the emulators.
WORKERS = $(shell $(PYTHON) -c 'import xdist' 2>/dev/null && printf -- '-n %s' $$(($$(nproc) + 1)))

CC := gcc
WARNINGS := -Wall -Wextra -Werror
# the prefix map: the same commit gives the same images wherever it is cloned
COMMON := -std=gnu11 -O2 -g '-ffile-prefix-map=$(CURDIR)=.' -ffreestanding -fno-pic -no-pie -fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables $(WARNINGS) -MMD -MP
# Both kernels: frame pointers for the panic's backtrace, no SSE (interrupts save none), no red zone (exceptions push on the same stack).
KERNEL := $(COMMON) -mcmodel=kernel -mno-red-zone -mgeneral-regs-only -fno-omit-frame-pointer -momit-leaf-frame-pointer -Imachine/include
# Aegis does not restore caller-saved registers after a system call; it clears those that it used, so that nothing leaks.
AEGIS := $(KERNEL) -fzero-call-used-regs=used-gpr -Iaegis/include -I$(B)/include
ULTRIX := $(KERNEL) -Iultrix-compat/include -I$(B)/include
# function-sections: a program has of the libraries what it calls, which is less to copy and to share in a fork.
EXOS := $(COMMON) -ffunction-sections -mgeneral-regs-only -Imachine/include -Iaegis/include -Iexos/include -I$(B)/include -I$(B)
EXOS_WORKLOAD := $(EXOS) -Iworkloads/include -Iworkloads/port/exos
UNIX_WORKLOAD := $(COMMON) -ffunction-sections -mgeneral-regs-only -Iworkloads/include -Iworkloads/port/unix

MACHINE_SOURCES := machine/boot/entry.S $(wildcard machine/*.c machine/*.S)
FORMAT_SOURCES := $(wildcard machine/format/*.c)
EXPERIMENTS := $(basename $(notdir $(wildcard workloads/*.c)))
EXOS_EXPERIMENTS := $(basename $(notdir $(wildcard workloads/exos/*.c))) # of what other systems do not have
PROGRAMS := $(basename $(notdir $(wildcard workloads/programs/*.c))) # bin/NAME in every boot's archive, for workloads to open and execute
GUESTS_EXOS := $(basename $(notdir $(wildcard tests/guest/exos/*.c)))
GUESTS_FUZZ := $(basename $(notdir $(wildcard tests/guest/fuzz/*.c)))
GUESTS_UNIX := $(basename $(notdir $(wildcard tests/guest/unix/*.c)))
MUSL_PROGRAMS := $(basename $(notdir $(wildcard tests/musl/*.c))) # with an ordinary C library

objects = $(patsubst %,$(B)/$(1)/%.o,$(2))
AEGIS_OBJECTS := $(call objects,aegis,$(MACHINE_SOURCES) $(FORMAT_SOURCES) $(filter-out %/offsets.c,$(wildcard aegis/*.c aegis/*.S)))
ULTRIX_OBJECTS := $(call objects,ultrix-compat,$(MACHINE_SOURCES) $(FORMAT_SOURCES) $(filter-out %/offsets.c,$(wildcard ultrix-compat/*.c ultrix-compat/*.S)))
# Where ExOS has alternatives, they are files of exos/policy/, and a library has one of them; each shows in a flavour of its own.
EXOS_POLICY ?= linear
exos_library = $(call objects,exos,$(FORMAT_SOURCES) $(wildcard exos/*.c exos/*.S exos/policy/$(1).c))
EXOS_LIBRARY := $(call exos_library,$(EXOS_POLICY))
INVERTED_LIBRARY := $(call exos_library,inverted)
INVERTED_EXPERIMENTS := $(if $(wildcard exos/policy/inverted.c),$(filter vm,$(EXPERIMENTS))) # those in which the page table matters
EXOS_PORT := $(call objects,exos,$(wildcard workloads/lib/*.c workloads/port/exos/*.c workloads/port/exos/*.S))
UNIX_PORT := $(call objects,unix,$(wildcard workloads/lib/*.c workloads/port/unix/*.c workloads/port/unix/*.S))

KERNELS := $(B)/machine/mbr.bin $(B)/aegis/aegis.bin $(B)/ultrix-compat/ultrix-compat.bin
WORKLOADS := $(EXPERIMENTS:%=$(B)/workloads/exos/%.elf) $(EXOS_EXPERIMENTS:%=$(B)/workloads/exos/%.elf) $(EXPERIMENTS:%=$(B)/workloads/unix/%.elf) \
	$(INVERTED_EXPERIMENTS:%=$(B)/workloads/exos-inverted/%.elf) $(if $(INVERTED_EXPERIMENTS),$(PROGRAMS:%=$(B)/workloads/exos-inverted/bin/%.elf)) \
	$(PROGRAMS:%=$(B)/workloads/exos/bin/%.elf) $(PROGRAMS:%=$(B)/workloads/unix/bin/%.elf) $(B)/workloads/unix/init.elf
WORKLOADS += $(foreach one,$(WORKLOADS),$(if $(findstring /bin/,$(one)),$(one:.elf=.symbols)))
GUESTS := $(GUESTS_EXOS:%=$(B)/tests/exos/%.elf) $(GUESTS_FUZZ:%=$(B)/tests/fuzz/%.elf) $(GUESTS_UNIX:%=$(B)/tests/unix/%.elf) $(MUSL_PROGRAMS:%=$(B)/tests/musl/%.elf)

# ---- what a person calls -------------------------------------------------------------------------------------------------

.PHONY: help setup build reproduce repeat test test-fast fuzz fuzz-logs fuzz-elf run gdb bench reference screenshot doctor clean
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: ## install the Debian packages that are missing (with sudo where not root)
	@bash harness/setup.sh

build: ## compile both kernels, the libraries, the workloads, the guest tests and the probe
	@$(MAKE) --no-print-directory -j$$(nproc) everything

reproduce: setup ## the main job: build, run every experiment on every system in every emulator, check, plot, report
	@$(MAKE) --no-print-directory build
	@./exolab run

test: setup ## all tests: host units under sanitizers, harness, guest programs in both emulators
	@bash harness/setup.sh browser || echo "make test: without a browser the report is not looked at" >&2
	@$(MAKE) --no-print-directory build
	@timeout 300 $(PYTEST) $(WORKERS) -m "not emulator" tests; fast=$$?; timeout 3600 $(PYTEST) -m emulator tests && exit $$fast

test-fast: build ## the tests that need neither an emulator nor many seconds
	@timeout 300 $(PYTEST) $(WORKERS) -m "not emulator and not long" tests

repeat: build ## N=5 whole runs, each held against the first: are they identical? ARGS="--system all" for more than the default
	@bash harness/repeat.sh $(or $(N),5) $(ARGS)

fuzz-logs: ## hold a million mutated logs against what must be true of the records of any log (minutes)
	@PYTHONDONTWRITEBYTECODE=1 timeout 3600 $(PYTHON) tests/logs-fuzz/judge.py 1000000

fuzz: build ## attack Aegis with 10 million random system calls in QEMU (minutes; progress is printed)
	@PYTHONDONTWRITEBYTECODE=1 timeout 1200 $(PYTHON) tests/guest/fuzz/run.py

fuzz-elf: build ## attack the ELF loaders of both kernels and of ExOS with libFuzzer, for 10 minutes or SECONDS=...
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/fuzz-elf/run.py --seconds $(or $(SECONDS),600)

run: build ## boot a system with its console here: SYSTEM=exos PROGRAM=sh, or others of them
	@./exolab boot $(or $(SYSTEM),exos) $(or $(PROGRAM),sh)

gdb: build ## the same, stopped before its first instruction, in gdb
	@./exolab boot $(or $(SYSTEM),exos) $(or $(PROGRAM),sh) --gdb

bench: build ## measure only: ./exolab run with E="null exception" S=exos EMULATOR=qemu
	@./exolab run $(E) $(if $(S),--system $(S)) $(if $(EMULATOR),--emulator $(EMULATOR))

reference: ## make results/latest the committed reference (its logs, records, figures and report; not its images)
	$(Q)grep -q '"stamp": "",' results/latest/manifest.json || { echo "results/latest is not a whole run: make reproduce first" >&2; exit 2; }
	$(Q)rm -rf results/reference && mkdir -p results/reference
	$(Q)cp -r results/latest/{logs,figures,records.json,crosscheck.json,events.json,anatomy.json,manifest.json,report.html} results/reference/
	$(Q)if [ -e results/latest/memory.json ]; then cp results/latest/memory.json results/reference/; fi # of run --memory
	$(Q)$(PYTHON) -m harness.pages.readme && $(PYTHON) -m harness.pages.abi

screenshot: ## docs/report.png, which the README shows, from RUN=results/latest
	@bash harness/setup.sh browser
	@$(PYTHON) -m harness.pages.screenshot $(or $(RUN),results/latest)

doctor: build ## is everything there that is needed?
	@./exolab doctor

clean: ## remove build/
	$(Q)rm -rf $(B)

# ---- how it is built -----------------------------------------------------------------------------------------------------

.PHONY: everything layout
everything: $(KERNELS) $(WORKLOADS) $(GUESTS) $(B)/probe/probe.so $(B)/memory/memory.so
	@:
# A program whose source is gone would still be listed, measured and put into boots, by a commit that does not have it.
.PHONY: no-leftovers
everything: no-leftovers
PROGRAM_FILES = $(foreach one,workloads/exos workloads/exos-inverted workloads/unix tests/exos tests/fuzz tests/unix tests/musl libos,$(B)/$(one)/*.elf $(B)/$(one)/bin/*)
LEFTOVERS = $(filter-out $(WORKLOADS) $(GUESTS) $(LIBOSES:%=$(B)/libos/%.elf) $(B)/libos/inverted.elf,$(wildcard $(PROGRAM_FILES)))
no-leftovers:
	$(if $(LEFTOVERS),$(Q)rm -f $(LEFTOVERS),@:)

layout: $(KERNELS) $(WORKLOADS) # of ./exolab run --layouts, with LAYOUT and B
	@:

# What a link takes: the objects as they come, or with LAYOUT=SEED in another order with paddings among them.
LAID_OUT = $(if $(LAYOUT),$$($(PYTHON) harness/running/shuffle.py $(LAYOUT) $(B) $@ $(filter %.o,$^)),$(filter %.o,$^))

.DELETE_ON_ERROR:

$(B)/machine/mbr.bin: machine/boot/mbr.S
	@mkdir -p $(@D)
	$(Q)$(CC) -c $< -o $(@D)/mbr.o
	$(Q)ld -Ttext 0x7c00 -e start --oformat binary -o $@ $(@D)/mbr.o

# Objects stay, also those that no rule names: .PRECIOUS and not .SECONDARY, with which make would not miss one that is gone, and keep what was linked from others before.
define compile # folder under build/, flags, the kernel whose offsets.h it needs (none: leave out)
$$(B)/$(1)/%.c.o: %.c Makefile | $(if $(3),$$(B)/include/$(3)/offsets.h)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $(2) -c $$< -o $$@
$$(B)/$(1)/%.S.o: %.S Makefile | $(if $(3),$$(B)/include/$(3)/offsets.h)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $(2) -c $$< -o $$@
.PRECIOUS: $$(B)/$(1)/%.c.o $$(B)/$(1)/%.S.o
endef
$(eval $(call compile,aegis,$(AEGIS),aegis))
$(eval $(call compile,ultrix-compat,$(ULTRIX),ultrix-compat))
$(eval $(call compile,exos,$(EXOS_WORKLOAD),aegis))
$(eval $(call compile,unix,$(UNIX_WORKLOAD)))

define kernel # name, flags, objects
$$(B)/$(1)/$(1).elf: $(3) machine/kernel.ld
	$$(Q)ld -nostdlib -z max-page-size=4096 -z noexecstack --no-warn-rwx-segments -T machine/kernel.ld -o $$@ $$(LAID_OUT)
$$(B)/$(1)/$(1).bin: $$(B)/$(1)/$(1).elf
	$$(Q)objcopy -O binary --set-section-flags .bss=alloc,load,contents $$< $$@
$$(B)/include/$(1)/offsets.h: $(1)/offsets.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $(2) -MF $$@.d -MT $$@ -S $$< -o $$@.s
	$$(Q)sed -n 's/^[^#]*->\([A-Za-z_0-9]*\) \$$$$\([-0-9]*\).*/#define \1 \2/p' $$@.s > $$@
endef
$(eval $(call kernel,aegis,$(AEGIS),$(AEGIS_OBJECTS)))
$(eval $(call kernel,ultrix-compat,$(ULTRIX),$(ULTRIX_OBJECTS)))

# A program is the objects of its one source, its port and its library; both systems link at the same low address, statically.
PROGRAM_LINK := ld -nostdlib -static --gc-sections -z max-page-size=4096 -z noexecstack -z separate-code --build-id=none -Ttext-segment=0x400000 -e start $(if $(LAYOUT),--wrap=main)
$(B)/workloads/exos/%.elf: $(B)/exos/workloads/%.c.o $(EXOS_PORT) $(EXOS_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/workloads/exos-inverted/%.elf: $(B)/exos/workloads/%.c.o $(EXOS_PORT) $(INVERTED_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
# Stripped, so that what programs read and copy does not change with their debug information; NAME.symbols is for gdb.
$(B)/workloads/exos/bin/%.symbols: $(B)/exos/workloads/programs/%.c.o $(EXOS_PORT) $(EXOS_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/workloads/exos-inverted/bin/%.symbols: $(B)/exos/workloads/programs/%.c.o $(EXOS_PORT) $(INVERTED_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/workloads/unix/bin/%.symbols: $(B)/unix/workloads/programs/%.c.o $(UNIX_PORT)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/workloads/%.elf: $(B)/workloads/%.symbols
	$(Q)objcopy -S $< $@
# A program may have further sources in a folder of its name.
$(foreach flavour,exos unix,$(foreach name,$(PROGRAMS),$(eval \
	$(if $(filter exos,$(flavour)),$(B)/workloads/exos-inverted/bin/$(name).symbols) $(B)/workloads/$(flavour)/bin/$(name).symbols: $(call objects,$(flavour),$(wildcard workloads/programs/$(name)/*.c)))))
# So may a portable workload have further sources.
$(foreach flavour,exos unix,$(foreach name,$(EXPERIMENTS),$(eval \
	$(B)/workloads/$(flavour)/$(name).elf: $(call objects,$(flavour),$(wildcard workloads/$(name)/*.c)))))
# Library OSes other than ExOS, a folder each: without a line of ExOS's, on Aegis's interface alone. But inverted: ExOS with its other page table, started beside another.
LIBOSES := $(filter-out inverted,$(notdir $(patsubst %/,%,$(wildcard workloads/exos/libos/*/))))
$(eval $(call compile,bare,$(COMMON) -mgeneral-regs-only -Iaegis/include -I$(B)/include,aegis))
$(foreach name,$(LIBOSES),$(eval $(B)/libos/$(name).elf: $(call objects,bare,$(wildcard workloads/exos/libos/$(name)/*.c workloads/exos/libos/$(name)/*.S))))
$(B)/libos/inverted.elf: LIBOS_ENTRY := -e libos_start
$(B)/libos/inverted.elf: $(call objects,exos,workloads/exos/libos/inverted/main.c) $(EXOS_PORT) $(INVERTED_LIBRARY)
$(B)/libos/%.elf:
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) $(LIBOS_ENTRY) -s -o $@ $(LAID_OUT)
everything: $(LIBOSES:%=$(B)/libos/%.elf)
LIBOS_IMAGES := $(call objects,exos,workloads/exos/libos/images.S)
$(LIBOS_IMAGES): $(B)/libos/minimal.elf $(B)/libos/inverted.elf
$(B)/tests/exos/libos-three.elf: $(LIBOS_IMAGES)
# A workload for ExOS alone may have further sources in a folder of its name.
define exos_experiment
$$(B)/workloads/exos/$(1).elf: $(call objects,exos,workloads/exos/$(1).c $(wildcard workloads/exos/$(1)/*.c workloads/exos/$(1)/*.S)) $(EXOS_PORT) $(EXOS_LIBRARY)
	@mkdir -p $$(@D)
	$$(Q)$$(PROGRAM_LINK) -o $$@ $$(LAID_OUT)
endef
$(foreach name,$(EXOS_EXPERIMENTS),$(eval $(call exos_experiment,$(name))))
# Guests go into one archive, all together: without debug information, which would be most of it.
$(B)/tests/exos/%.elf: $(B)/exos/tests/guest/exos/%.c.o $(EXOS_PORT) $(EXOS_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -S -o $@ $^
$(B)/tests/fuzz/%.elf: $(B)/exos/tests/guest/fuzz/%.c.o $(EXOS_PORT) $(EXOS_LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -S -o $@ $^
$(B)/workloads/unix/%.elf: $(B)/unix/workloads/%.c.o $(UNIX_PORT)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/workloads/unix/init.elf: $(B)/unix/workloads/linux/init.c.o $(UNIX_PORT)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -o $@ $(LAID_OUT)
$(B)/tests/unix/%.elf: $(B)/unix/tests/guest/unix/%.c.o $(UNIX_PORT)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM_LINK) -S -o $@ $^

$(B)/tests/musl/%.elf: tests/musl/%.c
	@mkdir -p $(@D)
	$(Q)musl-gcc -static -O2 -s $(WARNINGS) -MMD -MP -o $@ $<

$(B)/probe/probe.so: $(wildcard harness/crosscheck/probe/*.c harness/crosscheck/probe/*.h)
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -shared -fPIC -O2 -g $(WARNINGS) -o $@ $(filter %.c,$^)

$(B)/memory/memory.so: $(wildcard harness/model/memory/*.c harness/model/memory/*.h) harness/crosscheck/probe/insn.c harness/crosscheck/probe/insn.h harness/crosscheck/probe/plugin_api.h
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -shared -fPIC -O2 -g $(WARNINGS) -Wl,-Bsymbolic -o $@ $(filter %.c,$^) # QEMU has functions of such names too

-include $(shell find $(B) -name '*.d' 2>/dev/null)

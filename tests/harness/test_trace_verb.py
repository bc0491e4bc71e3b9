"""`./exolab trace`: names, and what it says and still does when a part is broken. The emulators are shell scripts. Some of it through the real command line, which
takes a second each; the rest calls the same main()."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from handmade import ROOT, lines

from harness import cli
from harness.catalogue import SYSTEMS, Experiment, Operation
from harness.errors import Trouble
from harness.verbs import trace_verb

BUILT = ROOT / "build"
REGION = (0x40106C, 0x401077)
GUEST = lines("boot 1 exos", "tick 2 102 2002", "begin null", "operation syscall", f"region syscall {REGION[0]:#x} {REGION[1]:#x}", "samples syscall instructions 1 3x10",
              "end null ok", "exit null 0", "halt 0")  # fmt: skip

# Both play the guest's log. QEMU's plugin, if there is one, is played by $PROBE; Bochs's debugger by $TRACED.
QEMU = """#!/bin/sh
[ "$1" = --version ] && { echo "${VERSION:-QEMU emulator version 7.2.22}"; exit 0; }
for word; do
    case $word in
        file:*) serial=${word#file:} ;;
        *probe.so,*) plugin=$word ;;
    esac
done
[ -n "$plugin" ] && [ -n "$REFUSES" ] && { echo "qemu-system-x86_64: $REFUSES" >&2; exit 1; }
if [ -n "$plugin" ]; then out=${plugin#*out=}; cat "$PROBE" >"${out%%,*}"; fi
cat "$GUEST" >"$serial"
exit 33
"""
BOCHS = """#!/bin/sh
cat "$GUEST" >"$(sed -n 's/^com1:.*dev=//p' bochsrc)"
cat "$TRACED"
"""
PROBED = "columns insns R F D unknown\ninsn 0 0x40106c 0f31\ninsn 1 0x40106e 90\ninsn 2 0x40106f 90\ninterval 0x40106c 0x401077 3 0 0 0 0\ntrace 0x40106c 0x401077 11 11 0 1 2\nend 1\n"
TRACED = "Tracing enabled for CPU0\n" + "".join(
    f"(0).[{tick}] [0x00000101b06c] 0033:{address:016x} (unk. ctxt): x ; {code}\n" for tick, address, code in ((7, 0x40106C, "0f31"), (8, 0x40106E, "90"), (9, 0x40106F, "90"))
) + "Next at t=10\nTracing disabled for CPU0\n"  # fmt: skip


@pytest.fixture
def trace(tmp_path, monkeypatch, capsys):
    """trace(*arguments, probe=..., ...) -> CompletedProcess, with emulators that are scripts; `real`: in a process of its own."""
    if not (BUILT / "aegis" / "aegis.elf").exists():
        pytest.skip("nothing is built")

    def run(*arguments, probe=PROBED, traced=TRACED, absent=(), build=BUILT, real=False, **environment):
        tools = tmp_path / "bin"
        tools.mkdir()
        for name, text in {"qemu-system-x86_64": QEMU, "bochs-bin": BOCHS}.items():
            if name not in absent:
                (tools / name).write_text(text)
                (tools / name).chmod(0o755)
        for name in ("sh", "cat", "sed", "readlink", "dirname", "make", "gcc", "ld", "git"):
            (tools / name).symlink_to(shutil.which(name))
        for name, content in {"GUEST": GUEST, "PROBE": probe.encode(), "TRACED": traced.encode()}.items():
            (tmp_path / name).write_bytes(content)
            environment[name] = str(tmp_path / name)
        environment |= {"PATH": str(tools), "EXOLAB_BUILD": str(build), "EXOLAB_RESULTS": str(tmp_path / "results")}
        argv = ["exolab", "trace", *arguments, "--no-build"]
        if real:
            return subprocess.run([ROOT / argv[0], *argv[1:]], capture_output=True, text=True, timeout=60, cwd=tmp_path, env=os.environ | environment)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("harness.paths.RESULTS", tmp_path / "results")
        handlers = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)}
        status = cli.main(argv[1:])
        for one, handler in handlers.items():
            signal.signal(one, handler)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(argv, status, said.out, said.err)

    return run


def fine(done, *says) -> None:
    """It ends with what is possible, says what is not, and shows no traceback."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said and "please report" not in said
    for text in says:
        assert text in said


ASKED = ("syscall", "--system", "exos")


def test_both_emulators_trace_and_agree(trace, tmp_path):
    done = trace(*ASKED, real=True)
    fine(done, "null.syscall on exos in QEMU: 2 instructions", "QEMU and Bochs ran the same instructions, line by line; they count them 3 and 3")
    assert done.returncode == 0
    (folder,) = (tmp_path / "results").glob("trace-*")
    assert (folder / "trace-syscall.svg").read_text().startswith("<svg")
    assert "rdtsc" in (folder / "trace-syscall-exos-qemu.txt").read_text()
    assert [one["emulator"] for one in json.loads((folder / "trace.json").read_text())] == ["qemu", "bochs"]


def test_json_has_every_step(trace):
    found = json.loads(trace(*ASKED, "--format", "json").stdout)
    assert [step["address"] for step in found[0]["steps"]] == ["0x40106c", "0x40106e", "0x40106f"]
    assert found[0]["total"] == found[0]["raw"] == 3 and found[0]["trouble"] == ""


def test_an_operation_may_be_named_as_gate_writes_it(trace):
    assert "null.syscall on exos in QEMU: 2 instructions" in trace("null/syscall", "--system", "exos").stdout


def test_list_prints_each_instruction(trace):
    assert "40106e" in trace(*ASKED, "--list").stdout


def test_emulators_that_part_are_an_error(trace):
    done = trace(*ASKED, traced=TRACED.replace("000000000040106f", "0000000000401070"))
    fine(done, "QEMU and Bochs DIFFER beyond the law: line 3: qemu ran 0x40106f (90), bochs 0x401070 (90)")
    assert done.returncode == 1


def test_a_trace_that_is_not_the_record_is_an_error(trace):
    done = trace(*ASKED, "--emulator", "bochs", traced=TRACED.replace("t=10", "t=12"))
    fine(done, "DOES NOT ADD UP: the trace has 5 instructions, the guest's clock counted 3")
    assert done.returncode == 1


@pytest.mark.parametrize("probe", ["", "nonsense\n", PROBED[:-6], PROBED.replace("insn 1", "insn 9"), PROBED.replace("end 1", "end 2")], ids=["empty", "nonsense", "cut", "lost", "miscounted"])
def test_a_broken_plugin_is_said_and_bochs_goes_on(trace, probe):
    done = trace(*ASKED, probe=probe)
    fine(done, "null.syscall on exos in QEMU: no trace: the probe", "null.syscall on exos in Bochs: 2 instructions")
    assert done.returncode == 0


def test_a_qemu_without_plugins_is_said_and_bochs_goes_on(trace):
    done = trace(*ASKED, REFUSES="-plugin: invalid option")
    fine(done, "in QEMU: no trace: the probe recorded nothing whole (qemu-system-x86_64: -plugin: invalid option)", "in Bochs: 2 instructions")
    assert done.returncode == 0


def test_another_qemu_is_marked(trace):
    fine(trace(*ASKED, VERSION="QEMU emulator version 9.1.0"), "QEMU emulator version 9.1.0 is not the version that the probe was made for", "in QEMU: 2 instructions")


def test_a_bochs_without_its_debugger_is_said_and_qemu_goes_on(trace):
    done = trace(*ASKED, traced="Bochs: unknown option -rc\n")
    fine(done, "in QEMU: 2 instructions", "in Bochs: no trace: nothing was traced: this Bochs has no debugger")
    assert done.returncode == 0


def test_an_emulator_that_is_not_there_is_said_and_the_other_goes_on(trace):
    fine(trace(*ASKED, absent=("bochs-bin",)), "install the Debian package bochs", "in QEMU: 2 instructions")


def test_no_emulator_at_all_is_no_trace(trace):
    done = trace(*ASKED, absent=("bochs-bin", "qemu-system-x86_64"))
    fine(done, "install the Debian package qemu-system-x86")
    assert done.returncode == 2


def test_without_a_symbol_table_the_kernels_functions_are_addresses(trace, tmp_path):
    build = tmp_path / "build"
    build.mkdir()
    for one in BUILT.iterdir():
        if one.name != "aegis":
            (build / one.name).symlink_to(one)
    shutil.copytree(BUILT / "aegis", build / "aegis", ignore=lambda folder, names: [name for name in names if Path(folder, name).is_dir()])
    subprocess.run(["strip", build / "aegis" / "aegis.elf"], check=True)
    fine(trace(*ASKED, build=build, real=True), "aegis.elf has no symbol table with the exceptions' entries: run make build", "in Bochs: 2 instructions")


def test_a_misspelt_operation_says_what_is_near(trace):
    done = trace("syscal", real=True)
    fine(done, "did you mean")
    assert done.returncode == 2


def test_a_name_that_two_experiments_have_is_asked_for(trace):
    done = trace("lrpc")
    fine(done, "say ipc.lrpc or rpc.lrpc")
    assert done.returncode == 2


def test_help_shows_an_example(trace):
    assert "./exolab trace prot-dispatch" in trace("--help", real=True).stdout


def test_a_name_that_several_experiments_have_on_these_systems_is_asked_back():
    """linux has no libos, so there a pipe is ipc's."""
    pipe = (Operation("pipe", "a pipe"),)
    known = [Experiment("ipc", "", "", "ipc", pipe, flavours=("exos", "unix")), Experiment("libos", "", "", "libos", pipe, flavours=("exos",))]
    assert trace_verb.chosen(["pipe"], known, [SYSTEMS["linux"], SYSTEMS["ultrix-compat"]]) == [(known[0], ("pipe",))]
    assert trace_verb.chosen(["libos.pipe"], known, [SYSTEMS["linux"]]) == [(known[1], ("pipe",))]  # requests() says that no system has it
    for systems in ([SYSTEMS["exos"]], [SYSTEMS["exos"], SYSTEMS["linux"]]):
        with pytest.raises(Trouble, match="say ipc.pipe or libos.pipe"):
            trace_verb.chosen(["pipe"], known, systems)

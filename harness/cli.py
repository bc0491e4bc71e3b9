"""The command line: verbs, arguments, exit statuses. The verb `run` is run.py's; the others say here what they print."""

import argparse
import os
import sys
from functools import cache
from pathlib import Path
from typing import Callable

from harness import catalogue, completion, emulators, interrupts, paths, usage
from harness.booting import linux_tuned, process
from harness.comparing import archive, fairness, gate, setup, show, tables
from harness.crosscheck import law
from harness.errors import BAD, DEFECT, INTERRUPTED, OK, UNREAD, USAGE, Trouble
from harness.model import cost_model, memory_log, model_table
from harness.published import claims_table, judging
from harness.reading import provenance, records
from harness.running import layouts, reprocess, wall
from harness.terminal import console
from harness.verbs import doctor, rerun, run, trace_verb

EPILOG = """\
exit status (docs/harness.md has it by verb):
  0    everything asked for was done; cells that are `unsupported` are no failure
  1    a cell is fail, timeout, panic or missing, or the law bochs = qemu - R + F + D is violated; of gate: something has changed, or is unfair
  2    wrong usage, a missing tool or file, a full disk; of gate: nothing to compare, so it could not be told; of claims: not all could be told
  3    the harness itself failed: please report what it said (EXOLAB_DEBUG=1 shows where)
  130  interrupted; what was complete is kept, and `run --resume` goes on
  141  the reader of the output went away
"""

EXAMPLES = {  # by verb
    "doctor": ["doctor"],
    "list": ["list"],
    "plan": ["plan", "plan exception --system exos", "plan --quick"],
    "run": ["run", "run exception vm --system exos ultrix-compat --emulator qemu", "run --quick && ./exolab gate", "run process --layouts 20", "run ipc --wall 20", "run --resume 20260101-120000"],
    "rerun": ["rerun results/reference", "rerun results/20260101-120000/manifest.json"],
    "show": ["show", "show --run results/reference --format csv"],
    "table": ["table ipc vm --format latex"],
    "archive": ["archive --run results/latest -o run.tar.gz"],
    "reprocess": ["reprocess --run 20260101-120000"],
    "crosscheck": ["crosscheck", "crosscheck --run results/reference"],
    "claims": ["claims", "claims --run results/reference"],
    "layouts": ["layouts --run 20260101-120000 --format json"],
    "wall": ["wall --run 20260101-120000"],
    "plot": ["plot", "plot --run 20260101-120000"],
    "report": ["report", "report --run 20260101-120000"],
    "gate": ["gate", "gate --fairness", "gate --run 20260101-120000 --against results/reference"],
    "compare": ["compare results/reference results/latest"],
    "completion": ['completion bash > ~/.local/share/bash-completion/completions/exolab', 'completion zsh >> ~/.zshrc'],
    "build-linux-tuned": ["build-linux-tuned"],
    "boot": ["boot exos", "boot ultrix-compat null exception --emulator bochs", "boot exos null --gdb"],
    "trace": ["trace prot-dispatch", "trace ipc.pipe vm.appel1 --system exos linux --emulator qemu --list"],
    "model": ["model --run results/reference"],
}


def main(words: list[str] | None = None) -> int:
    """Do what the command line (or `words`) asks for. Returns the exit status; only argparse's own refusal is a SystemExit."""
    interrupts.listen()
    try:
        arguments = parser().parse_args(words)
        status = arguments.verb(arguments)
        sys.stdout.flush()
        return status
    except Trouble as trouble:
        print(f"exolab: {trouble}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("exolab: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: nothing to say and nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except OSError as error:
        print(f"exolab: {error.filename or 'a file'}: {error.strerror}: mend that and try again", file=sys.stderr)
        return USAGE
    except Exception as error:
        if os.environ.get("EXOLAB_DEBUG"):
            raise
        print(f"exolab: the harness failed, please report: {type(error).__name__}: {error}", file=sys.stderr)
        return DEFECT


@cache
def parser() -> argparse.ArgumentParser:
    """All verbs and their options. Made once: it takes longer than many a verb does."""
    top = usage.Parser(
        prog="exolab",
        description="Measures an exokernel, a monolithic kernel and Linux in instructions, in two emulators that check each other.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(required=True, metavar="VERB")

    def verb(name, function, text):
        example = "\n".join(f"  ./exolab {line}" for line in EXAMPLES.get(name, ()))
        one = verbs.add_parser(name, help=text, description=text, epilog=f"example:\n{example}\n\n{EPILOG}", formatter_class=top.formatter_class)
        one.set_defaults(verb=function, parser=one)
        return one

    def run_folder(name, function, text):
        one = verb(name, function, text)
        one.add_argument("--run", type=usage.run_folder, metavar="RUN", help="a run folder, or its name in results/ (default: results/latest)")
        return one

    verb("doctor", run_doctor, "say what is missing on this machine, and boot a canary in each emulator")
    verb("list", run_list, "list experiments, operations, systems and emulators")
    one = selection(verb("plan", run.show_plan, "say what run would do with the same arguments, in which order, and how long it may take"))
    one.set_defaults(replay=None, timeout=60, bindings=None)
    one = selection(verb("run", run.run, "measure: boot every system in every emulator, check, tabulate, plot, report"))
    timeout(one)
    one.add_argument("--no-build", action="store_true", help="take the kernels and workloads as they are")
    one.add_argument("--resume", type=usage.run_folder, metavar="RUN", help="go on with an interrupted run: only what it has not yet is booted; with --layouts, a complete one gets as many")
    one.add_argument("--replay", type=Path, metavar="DIR", help="boot nothing: play the logs recorded in DIR (a run folder)")
    one.add_argument("--bindings", type=bindings, metavar="N", help="bound of Aegis's cache of bindings: a power of two, 64 to 16384, or 0 for none (default: 4096)")
    one.add_argument("--layouts", type=nlayouts, metavar="N", help="then measure N more layouts of the images in QEMU (link order, paddings, stacks): do counts depend on them?")
    one.add_argument("--random-key", action="store_true", help="a fresh capability key (default: a fixed one, so that runs repeat)")
    one = verb("rerun", rerun.rerun, "measure again what an earlier run measured; say what differs in the set-up, and in the numbers")
    one.add_argument("manifest", type=usage.run_folder, metavar="MANIFEST", help="a run folder, or the manifest.json in it")
    one.add_argument("--no-build", action="store_true", help="take the kernels and workloads as they are")
    one.add_argument("--jobs", type=jobs, metavar="N", help="boots at a time (default: as many as there are processors)")
    one.add_argument("--replay", type=Path, metavar="DIR", help="if the run was a replay: what to play now")
    one = verb("trace", trace_verb.trace, "show every instruction that one warm execution of an operation runs, folded by function, with a flame graph")
    one.add_argument("operations", nargs="+", metavar="OPERATION", help="as `./exolab list` has them: prot-dispatch, or with its experiment ipc.lrpc")
    one.add_argument("--system", nargs="+", action="extend", metavar="S", help="default: all but linux-tuned that have it")
    one.add_argument("--emulator", nargs="+", action="extend", metavar="E", help="default: both; Bochs is compared with QEMU line by line")
    one.add_argument("--format", choices=trace_verb.FORMATS, default="text")
    one.add_argument("--list", action="store_true", help="print each instruction too, with its function, source line and ring")
    timeout(one)
    one.add_argument("--no-build", action="store_true", help="take the kernels and workloads as they are")
    run_folder("show", run_show, "print a run's records").add_argument("--format", choices=show.FORMATS, default="table")
    one = run_folder("table", run_table, "print a run's tables for another document; csv is one table of medians, latex has a macro for each number too")
    one.add_argument("experiments", nargs="*", metavar="EXPERIMENT", help="default: all of the run")
    one.add_argument("--format", choices=tables.FORMATS, default="md")
    one = run_folder("archive", run_archive, "pack a run into one file with checksums")
    one.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: NAME-OF-THE-RUN.tar.gz here")
    run_folder("reprocess", run_reprocess, "make a run's records, law checks, figures and report again, from its raw logs and manifest alone")
    run_folder("crosscheck", run_crosscheck, "print the law bochs = qemu - R + F + D for each region")
    one = run_folder("claims", run_claims, "say of each claim of the paper whether a run reproduces it, with what was measured")
    one.add_argument("--format", choices=claims_table.FORMATS, default="table")
    one = run_folder("layouts", run_layouts, "print which counts depend on the layout of the images, of a run made with --layouts")
    one.add_argument("--format", choices=layouts.FORMATS, default="table")
    one = run_folder("wall", run_wall, "print how long operations took in plain QEMU by the host's clock, of a run made with --wall")
    one.add_argument("--format", choices=wall.FORMATS, default="table")
    one = run_folder("model", run_model, "what a run's operations might cost in cycles, by a MODEL: events and simulated misses times published costs; nothing of it is measured")
    one.add_argument("experiments", nargs="*", metavar="EXPERIMENT", help="default: all of the run")
    one.add_argument("--machine", type=Path, action="append", metavar="FILE", help="another machine than those of harness/model/machines (its caches are those that were simulated)")
    one.add_argument("--format", choices=model_table.FORMATS, default="table")
    run_folder("plot", run_plot, "draw a run's figures (SVG, PNG and PDF)")
    run_folder("report", run_report, "write a run's report, one HTML page")
    one = run_folder("gate", run_gate, "hold a run against the reference, to the instruction; or with --fairness ultrix-compat against linux-tuned")
    one.add_argument("--against", type=usage.run_folder, default=paths.ROOT / "results" / "reference", metavar="RUN", help="the run to be equal to (default: results/reference)")
    one.add_argument("--fairness", action="store_true", help="demand instructions(ultrix-compat) <= instructions(linux-tuned) of every shared operation")
    one = verb("compare", run_compare, "print what differs between two runs: absolute figures, difference, ratio B / A")
    one.add_argument("a", type=usage.run_folder, metavar="A", help="a run folder: the base")
    one.add_argument("b", type=usage.run_folder, metavar="B", help="another one")
    one = verb("boot", console.boot, "boot a system with its console on this terminal, running programs one after the other (Ctrl-A x leaves)")
    one.add_argument("system", metavar="SYSTEM")
    one.add_argument("programs", nargs="*", default=[], metavar="PROGRAM", help="workloads, programs of bin/, guest tests (default: sh)")
    one.add_argument("--emulator", default="qemu", metavar="E", help="default: qemu")
    one.add_argument("--raw", action="store_true", help="show the lines of the wire format as they are")
    one.add_argument("--gdb", action="store_true", help="stop before the first instruction, with gdb on this terminal and the console in gdb's commands `console` and `type`")
    one = verb("completion", run_completion, "print the completion of a shell, with the verbs, options, experiments and runs that there are")
    one.add_argument("shell", choices=completion.SHELLS)
    verb("build-linux-tuned", run_build_linux_tuned, "build the small Linux that --system linux-tuned boots (about 10 minutes, once; it is cached)")
    return top


def selection(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The arguments that say what to measure."""
    one.add_argument("experiments", nargs="*", metavar="EXPERIMENT", help="default: all")
    one.add_argument("--system", nargs="+", action="extend", metavar="S", help="default: all but linux-tuned; `all` is that too")
    one.add_argument("--emulator", nargs="+", action="extend", metavar="E", help="default: all that measure (not replay)")
    one.add_argument("--quick", action="store_true", help="our own kernels in QEMU alone, without the probe: no cross-check, and stamped so")
    one.add_argument("--memory", action="store_true", help="simulate a TLB and caches too, for ./exolab model (slow: more boots, each ten times as long)")
    one.add_argument("--wall", type=nboots, metavar="N", help="then boot each system N times in plain QEMU, one at a time in an interleaved order, for the wall time of each operation")
    one.add_argument("--jobs", type=jobs, metavar="N", help="boots at a time (default: as many as there are processors)")
    one.add_argument("--seed", type=seed, metavar="N", help="boot in the order of this seed, systems and emulators interleaved (default: the longest first)")
    return one


def timeout(one: argparse.ArgumentParser) -> None:
    text = f"give a boot up that has printed nothing for so long (Linux: three times that), or that has no end in {process.SILENCES} times as long (default: %(default)s)"
    one.add_argument("--timeout", type=seconds, default=60, metavar="SECONDS", help=text)


def number(kind: Callable, good: Callable, said: str) -> Callable:
    """An argument's type: a number of this kind that is good; else the user is told what it must be."""

    def parsed(text: str):
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not good(value):
            raise argparse.ArgumentTypeError(f"{text} is not {said}")
        return value

    return parsed


seconds = number(float, lambda value: 0 < value < 86400, "a number of seconds, more than 0 and less than a day")
jobs = number(int, lambda value: 0 < value <= 256, "a number of boots, from 1 to 256")
nlayouts = number(int, lambda value: layouts.LEAST <= value <= layouts.MOST, f"a number of layouts, {layouts.LEAST} to {layouts.MOST}")
nboots = number(int, lambda value: wall.LEAST <= value <= wall.MOST, f"a number of boots, {wall.LEAST} to {wall.MOST}")
bindings = number(int, lambda value: value in (0, *(1 << n for n in range(6, 15))), "a power of two from 64 to 16384, or 0 for no bound")
seed = number(int, lambda value: True, "a whole number")


def run_doctor(_) -> int:
    worst = OK
    for finding in doctor.examine([one for one in emulators.load().values() if one.measures]):
        print(f"{finding.kind:8} {finding.text}", flush=True)
        worst = max(worst, {"missing": USAGE, "broken": BAD}.get(finding.kind, OK))
    return worst


def run_list(_) -> int:
    for system in catalogue.SYSTEMS.values():
        print(f"system      {system.name}{'' if system.default else ' (only if asked for)'}")
    for emulator in emulators.load().values():
        print(f"emulator    {emulator.name}{'' if emulator.measures else ' (plays recorded logs)'}")
    for experiment in catalogue.experiments():
        print(f"experiment  {experiment.name}  ({experiment.table or 'not in the paper'}) {experiment.title}")
        for operation in experiment.operations:
            print(f"  operation {operation.name}  {operation.title}")
    return OK


def run_gate(arguments) -> int:
    cells = records.load(arguments.run)
    if arguments.fairness:
        found, lost = fairness.lines(cells), fairness.lost(cells)
        print(fairness.table(found))
        print("".join(f"no number, so not fair: {text}\n" for text in lost), end="")
        return BAD if lost or any(one.unfair for one in found) else OK if any(one.fair for one in found) else USAGE
    found = gate.lines(records.load(arguments.against), cells)
    print(f"before: {arguments.against}; after: {arguments.run}\n\n{gate.table(found)}")
    return gate.status(found)


def run_compare(arguments) -> int:
    found = gate.lines(records.load(arguments.a), records.load(arguments.b))
    print(f"before (the base): {arguments.a}; after: {arguments.b}\n\n{gate.table(found)}")
    print(f"\nwhat is different in the set-up\n\n{setup.text(setup.differences(*map(provenance.loaded, (arguments.a, arguments.b))))}")
    return USAGE if gate.status(found) == gate.UNTOLD else OK


def run_build_linux_tuned(_) -> int:
    print(linux_tuned.kernel(lambda text: print(text, flush=True)))
    return OK


def run_completion(arguments) -> int:
    print(completion.text(arguments.shell, parser()), end="")
    return OK


def run_show(arguments) -> int:
    cells, about = records.load(arguments.run), provenance.loaded(arguments.run)
    print(show.FORMATS[arguments.format](cells, about))
    warn(about, arguments.format in show.UNSTAMPED)
    return OK


def run_reprocess(arguments) -> int:
    changed = reprocess.reprocess(arguments.run)
    for name, other in changed.items():
        print(f"{arguments.run / name}: {'CHANGED' if other else 'the same, byte for byte'}")
    run.draw(arguments.run)
    print(f"report: {run.write_report(arguments.run)}")
    return BAD if any(changed.values()) else OK


def run_table(arguments) -> int:
    cells, about = records.load(arguments.run), provenance.loaded(arguments.run)
    wanted = experiments_of(arguments, cells)
    found = tables.tables([record for record in cells if record["experiment"] in wanted], about.get("experiments", {}))
    print(tables.FORMATS[arguments.format](found, about.get("stamp", "")))
    warn(about, arguments.format in tables.UNSTAMPED)
    return OK


def experiments_of(arguments, cells: list[dict]) -> set[str]:
    """Those of a run that the command line names; all, if it names none. Raises Trouble."""
    known = {record["experiment"] for record in cells}
    for name in arguments.experiments:
        if name not in known and (near := usage.as_option(name)):
            raise Trouble(f"no experiment is called {name}: {near}")
    return {*run.chosen("experiment", arguments.experiments, dict.fromkeys(sorted(known)), sorted(known))}


def warn(about: dict, unstamped: bool) -> None:
    """Say a run's stamp where the format has no place for it."""
    if unstamped and about.get("stamp"):
        print(f"exolab: {about['stamp']}", file=sys.stderr)


def run_model(arguments) -> int:
    cells = records.load(arguments.run)
    wanted = experiments_of(arguments, cells)
    machines = cost_model.machines() + [cost_model.load(path) for path in arguments.machine or []]
    rows = memory_log.load(arguments.run)
    print(model_table.FORMATS[arguments.format](machines, [row for row in rows if row["experiment"] in wanted], records.per_operation(cells)))
    return OK


def run_archive(arguments) -> int:
    target = arguments.output or Path(f"{arguments.run.resolve().name}.tar.gz")
    print(f"{target}: {archive.write(arguments.run, target)} files")
    return OK


def run_crosscheck(arguments) -> int:
    checks = law.load_checks(arguments.run)
    if not checks:
        raise Trouble(f"{arguments.run} has no cell measured in both qemu and bochs: nothing to check")
    print(show.crosscheck(checks))
    return BAD if law.violated(checks) else OK


def run_claims(arguments) -> int:
    cells, about = records.load(arguments.run), provenance.loaded(arguments.run)
    found = judging.judged(cells, law.load_checks(arguments.run) if (arguments.run / "crosscheck.json").exists() else [])
    print(claims_table.FORMATS[arguments.format](found, about.get("stamp", "")))
    return USAGE if any(one.verdict == judging.UNTOLD for one in found) else OK


def run_layouts(arguments) -> int:
    records.load(arguments.run)
    found = layouts.load(arguments.run)
    if not found:
        raise Trouble(f"{arguments.run} was measured in one layout only: ./exolab run --layouts 20 measures more")
    print(layouts.FORMATS[arguments.format](found, provenance.loaded(arguments.run).get("layouts")))
    return OK


def run_wall(arguments) -> int:
    records.load(arguments.run)
    rows = wall.load_rows(arguments.run)
    if not rows:
        raise Trouble(f"{arguments.run} has counts and no times: ./exolab run --wall 20 measures them too")
    print(wall.FORMATS[arguments.format](rows, arguments.run))
    return OK


def run_plot(arguments) -> int:
    records.load(arguments.run)  # refuse what is no run folder before drawing in it
    for path in run.draw(arguments.run):
        print(path)
    return OK


def run_report(arguments) -> int:
    records.load(arguments.run)
    print(run.write_report(arguments.run))
    return OK

"""Whatever stands on the command line: a documented exit status, one clear line, what is near to a misspelt word, and never a traceback."""

import argparse
import json
import re
import shlex
import subprocess
import sys

import pytest
import sample_run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import catalogue, cli, paths, usage
from harness.terminal import debugger

VERBS = next(action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction)).choices
OPTIONS = sorted({option for verb in VERBS.values() for option in verb._option_string_actions})
WORDS = [
    *VERBS, *OPTIONS, "null", "exception", "nul", "exos", "ultrix-compat", "qemu", "bochs", "replay", "all", "latest", "sample", "sample/manifest.json", "reference", "md", "csv", "json", "latex",
    "bash", "zsh", "table", "0", "1", "-1", "4096", "1e309", "nan", "", " ", ".", "..", "/", "/dev/null", "/proc/self/mem", "-", "--", "---", "é", "\ud800", "a\nb", "x" * 300,
]  # fmt: skip
HARMLESS = [name for name in VERBS if name != "boot"]  # boot is a person's: it waits for one
STATUSES = {int(status) for status in re.findall(r"^  (\d+) ", cli.EPILOG, re.MULTILINE)}


@pytest.fixture
def sample(tmp_path):
    """results/sample, a run with every verdict."""
    return sample_run.write(tmp_path / "results" / "sample")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(HARMLESS), st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=5))
def test_any_words_end_with_a_documented_status(inside, sample, monkeypatch, verb, words):
    monkeypatch.setenv("EXOLAB_DEBUG", "1")  # an exception that is no Trouble comes through
    monkeypatch.setenv("PATH", "/nonexistent")  # no emulator, no compiler, no download
    done = inside(verb, *words)
    assert done.returncode in STATUSES - {3}
    assert done.returncode == 0 or (done.stdout + done.stderr).strip()


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example_and_the_exit_statuses(inside, verb):
    said = inside(verb, "--help")
    assert said.returncode == 0 and "exit status" in said.stdout
    assert f"example:\n  ./exolab {verb}" in said.stdout


@pytest.mark.parametrize(
    "words, says",
    [
        (["rum"], "no verb is called rum: did you mean run?"),
        (["run", "--sytem", "exos"], "unexpected --sytem: did you mean --system?"),
        (["run", "--no-build", "exeption"], "no experiment is called exeption: did you mean exception?"),
        (["plan", "--system", "exo"], "did you mean exos?"),
        (["plan", "--emulator", "qemuu"], "did you mean qemu?"),
        (["table", "exeption", "--run", "sample"], "did you mean exception?"),
        (["show", "--run", "sampel"], "did you mean sample?"),
        (["show", "--format", "jsn"], "no value of --format is called jsn: did you mean json?"),
        (["gate", "--run", "sample", "--against", "sampel"], "did you mean sample?"),
        (["compare", "sample", "sampel"], "did you mean sample?"),
        (["rerun", "sampel"], "did you mean sample?"),
        (["run", "--resume", "sampel"], "did you mean sample?"),
        (["completion", "bahs"], "did you mean bash?"),
        (["plan", "--jobs", "0"], "from 1 to 256"),
        (["doctor", "now"], "unexpected now: it takes no more words"),
        (["show", "sample"], "unexpected sample: did you mean --run sample?"),
        (["show", "sampel"], "unexpected sampel: it takes no more words"),
        (["table", "sample", "--run", "sample"], "no experiment is called sample: did you mean --run sample?"),
        (["model", "nul", "--run", "sample"], "no experiment is called nul: did you mean null?"),
        ([], "required: VERB: ./exolab --help has an example"),
        (["boot"], "required: SYSTEM: ./exolab boot --help has an example"),
        (["compare", "sample"], "required: B: ./exolab compare --help has an example"),
        (["plan", "--seed", "x"], "argument --seed: x is not a whole number"),
        (["run", "--timeout", "soon"], "soon is not a number of seconds"),
        (["run", "--layouts", "1"], "1 is not a number of layouts, 2 to 1000"),
    ],
)
def test_a_misspelt_name_is_answered_with_what_is_near(inside, sample, words, says):
    done = inside(*words)
    assert done.returncode == 2 and says in done.stderr and len(done.stderr.strip().splitlines()[-1]) < 300


def test_a_run_is_named_by_its_path_or_its_name_or_a_file_in_it(inside, sample):
    assert inside("show", "--run", sample).stdout == inside("show", "--run", "sample").stdout == inside("show", "--run", sample / "records.json").stdout != ""


def test_what_is_no_run_is_said_to_be_none(inside, sample, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "has no records.json, so it is no run folder" in inside("show", "--run", tmp_path / "empty").stderr
    assert f"there is no run {tmp_path / 'none'}: make one with ./exolab run, or give a run folder with --run: there are: sample" in inside("show", "--run", tmp_path / "none").stderr
    assert "no run has come to an end yet: make one with ./exolab run, or " in inside("show").stderr


@pytest.mark.parametrize("name", ["records.json", "crosscheck.json"])
def test_what_the_logs_can_give_again_is_not_lost(inside, sample, name):
    (sample / name).write_text((sample / name).read_text()[:200])
    done = inside("crosscheck", "--run", sample)
    assert done.returncode == 2 and f"{name} is damaged" in done.stderr and f"./exolab reprocess --run sample makes it again" in done.stderr


@pytest.mark.parametrize("version, says", [(1, "./exolab reprocess --run"), (99, "read it with the exolab that wrote it")])
@pytest.mark.parametrize("verb", ["show", "table", "plot", "report", "gate", "crosscheck", "archive"])
def test_a_folder_of_another_version_is_refused_with_what_to_do(inside, sample, verb, version, says):
    (sample / "manifest.json").write_text(json.dumps(sample_run.manifest() | {"schema": version}))
    done = inside(verb, "--run", sample)
    assert done.returncode == 2 and f"version {version}" in done.stderr and says in done.stderr


def complete(script: str, *words: str) -> list[str]:
    """What bash would offer for the last of these words."""
    line = " ".join(f"'{word}'" for word in words)
    asked = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _exolab; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout.split()


def test_bash_completes_what_there_is(inside, sample):
    script = inside("completion", "bash").stdout
    assert complete(script, "exolab", "re") == [name for name in VERBS if name.startswith("re")]
    assert complete(script, "exolab", "run", "ex") == ["exception"]
    assert complete(script, "exolab", "run", "--sys") == ["--system"]
    assert complete(script, "exolab", "run", "null", "--system", "exos", "ul") == ["ultrix-compat"]
    assert complete(script, "exolab", "show", "--run", "sam") == ["sample"]
    assert complete(script, "exolab", "table", "--format", "la") == ["latex"]


def test_zsh_has_the_same_through_bashcompinit(inside):
    text = inside("completion", "zsh").stdout
    assert "bashcompinit" in text and inside("completion", "bash").stdout in text


def test_completion_without_a_build_has_the_rest(inside, monkeypatch, tmp_path):
    monkeypatch.setattr("harness.paths.BUILD", tmp_path / "none")
    assert "ultrix-compat" in inside("completion", "bash").stdout


def test_what_few_verbs_need_is_not_imported_by_all():
    """Each of these takes as long to import as a verb takes otherwise."""
    slow = {"capstone", "elftools", "jinja2", "jsonschema", "rich"}
    asked = f"import sys; from harness import cli; print(*{slow} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=paths.ROOT)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_what_is_to_be_typed_can_be_typed(inside, tmp_path):
    """A run of results/ is called by its name, from wherever; another one by its path, as a shell reads it."""
    assert usage.named(paths.RESULTS / "20260101-120000") == "20260101-120000"
    assert usage.named(tmp_path / "my runs" / "a") == f"'{tmp_path}/my runs/a'"


def test_gdb_finds_the_symbols_of_a_tree_in_a_folder_with_a_space(monkeypatch, tmp_path):
    monkeypatch.setattr("harness.paths.BUILD", tmp_path / "a b")
    for command in debugger.symbols(catalogue.SYSTEMS["exos"], {"sh": tmp_path / "a b" / "sh.elf"}):
        verb, path = shlex.split(command)
        assert verb == "add-symbol-file" and path.startswith(f"{tmp_path}/a b/")

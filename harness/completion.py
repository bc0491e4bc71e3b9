"""Completion for shells, written out from the parser, the catalogue and the results folder: what is offered is what there is."""

import argparse

from harness import catalogue, emulators, usage
from harness.errors import Trouble

SHELLS = ("bash", "zsh")
FILES = "@files"  # a value that is a path

BASH = """\
# bash completion for exolab: eval "$(./exolab completion bash)", or put this where bash-completion looks
_exolab() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} verb=${{COMP_WORDS[1]}} words at
    if (( COMP_CWORD == 1 )); then
        words={verbs}
    else
        for (( at = COMP_CWORD - 1; at > 1; at-- )); do  # an option may have several values
            [[ ${{COMP_WORDS[at]}} == -* ]] && {{ before=${{COMP_WORDS[at]}}; break; }}
        done
        case $verb:$before in
{cases}
        esac
    fi
    if [[ $words == {files} ]]; then
        COMPREPLY=($(compgen -f -- "$word"))
    else
        COMPREPLY=($(compgen -W "$words" -- "$word"))
    fi
}}
complete -o filenames -o default -F _exolab exolab ./exolab
"""


def text(shell: str, parser: argparse.ArgumentParser) -> str:
    verbs = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction)).choices
    cases = []
    for name, one in verbs.items():
        for action in one._actions:
            if action.option_strings and (action.nargs != 0):
                cases.append(f"            {'|'.join(f'{name}:{option}' for option in action.option_strings)}) words={quoted(values(action))} ;;")
        own = [option for action in one._actions for option in action.option_strings]
        plain = [word for action in one._actions if not action.option_strings for word in values(action) if word != FILES]
        cases.append(f"            {name}:*) words={quoted([*own, *plain])} ;;")
    script = BASH.format(verbs=quoted([*verbs, "--help"]), cases="\n".join(cases), files=FILES)
    return script if shell == "bash" else f"# zsh completion for exolab: eval \"$(./exolab completion zsh)\"\nautoload -U +X bashcompinit && bashcompinit\n{script}"


def values(action: argparse.Action) -> list[str]:
    """What may stand there."""
    known = {
        "S": lambda: [*catalogue.SYSTEMS, "all"],
        "SYSTEM": lambda: [*catalogue.SYSTEMS],
        "E": lambda: [*emulators.load()],
        "EXPERIMENT": lambda: [one.name for one in experiments()],
        "OPERATION": lambda: [f"{one.name}/{operation.name}" for one in experiments() for operation in one.operations],
        "RUN": usage.runs,
    }
    if action.choices:
        return [str(one) for one in action.choices]
    return known[action.metavar]() if action.metavar in known else [FILES] if action.metavar in ("DIR", "FILE", "MANIFEST", "A", "B") else []


def experiments() -> list[catalogue.Experiment]:
    try:
        return catalogue.experiments()
    except Trouble:  # nothing is built
        return []


def quoted(words: list[str]) -> str:
    return "'" + " ".join(word for word in words if "'" not in word and " " not in word) + "'"

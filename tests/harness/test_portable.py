"""The portable experiments are the paper's and issue 4's: their names, and of how many operations a sample is, are what tables and figures are made from."""

from harness import catalogue

PORTABLE = {
    "matrix": {"matrix150": 1},
    "vm": {"dirty": 1, "prot1": 2, "prot1-inside": 2, "prot100": 1, "unprot100": 1, "trap": 1, "appel1": 1, "appel2": 100},
    "ipc": {"pipe": 2, "pipe-inlined": 2, "shm": 2, "shm-signal": 2, "shm-futex": 2, "lrpc": 1, "lrpc-pipe": 1, "lrpc-signal": 1},
    "process": {"thread-switch": 2, "thread-create-join": 1, "fork-exit-wait": 1, "fork-exec-wait": 1, "demand-zero": 100, "copy-on-write": 100},
    "macro": {"sort": 1, "build": 1, "gc": 1},
}


def test_the_portable_experiments_have_their_operations_on_every_system():
    for flavour in ("exos", "unix"):
        for name, operations in PORTABLE.items():
            experiment = catalogue.read(catalogue.paths.BUILD / "workloads" / flavour / f"{name}.elf")
            assert {one.name: one.per for one in experiment.operations} == operations

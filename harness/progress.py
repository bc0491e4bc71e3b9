"""What the user sees while a run goes on: a bar on a terminal, plain lines anywhere else."""

import sys


class Lines:
    """One line a fact; also the interface."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def start(self, total: int) -> None:
        """`total` jobs are to be done."""

    def advance(self) -> None:
        """One of them is."""

    def note(self, text: str) -> None:
        sys.stdout.write(text + "\n")  # in one piece: two boots at a time may have something to say
        sys.stdout.flush()


class Bar(Lines):
    """rich's progress bar, with the notes above it."""

    def __enter__(self):
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.bar = Progress(TextColumn("boots"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar.start()
        return self

    def __exit__(self, *_):
        self.bar.stop()

    def start(self, total: int) -> None:
        self.task = self.bar.add_task("boots", total=total)

    def advance(self) -> None:
        self.bar.advance(self.task)

    def note(self, text: str) -> None:
        self.bar.console.print(text, markup=False, highlight=False)


def display() -> Lines:
    return Bar() if sys.stdout.isatty() else Lines()

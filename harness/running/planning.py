"""What a run would do, and how long it may take by what earlier runs took. Nothing is booted."""

from harness.running import wall
from harness.running.runner import MEMORY, PROBE, Job, Plan, Runner
from harness.watching.progress import Lines, Silence


def text(plan: Plan) -> str:
    """The boots in the order in which they would start, and the estimate of the whole."""
    runner = Runner(plan, Silence())
    jobs = runner.ordered(runner.jobs()) + runner.wall_jobs({one.name for one in plan.experiments})
    rows = [(one.name, "-" if one.why_not else str(one.estimate), what(one)) for one in jobs]
    boots = [one for one in jobs if not one.why_not]
    unknown = sum(not one.estimate.known for one in boots)
    left = Lines(plan.jobs, boots={one.name: one.boot for one in boots}).left().removesuffix(" or more")
    end = f"{len(boots)} boots, {plan.jobs} at a time: {left}" + (f", of which {unknown} boots are a guess: no earlier run has them" if unknown else "")
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = [f"{row[0].ljust(widths[0])}  {row[1].rjust(widths[1] + 2)} s  {row[2]}" for row in rows]
    return "\n".join([*lines, "", end])


def what(job: Job) -> str:
    if job.why_not:
        return f"nothing: {job.why_not}"
    names = ", ".join(one.name for one in job.experiments)
    label = job.place.rpartition("-")[2]
    return names + {PROBE: ", under the probe that finds R, F and D", MEMORY: ", under the simulated TLB and caches of the cost model", wall.LABEL: ", in plain QEMU, by the host's clock, alone"}.get(label, "")

"""The verb `rerun`: measure again what an earlier run measured, say what is different in the set-up, and whether the numbers are the same.

The run itself is run.py's, the comparison of numbers gate.py's, of set-ups setup.py's.
"""

from dataclasses import replace

from harness import catalogue, emulators, paths
from harness.comparing import gate, setup
from harness.errors import INTERRUPTED, Trouble
from harness.reading import provenance, records
from harness.running import reprocess
from harness.running.folder import MANIFEST
from harness.running.runner import BOOTS_AT_A_TIME, Plan
from harness.verbs import run
from harness.watching.clock import Clock


def rerun(arguments) -> int:
    """Returns the gate's exit status, or that of an interrupted run. Raises Trouble."""
    clock = Clock()
    before_dir = arguments.manifest
    before = records.load_json(before_dir, MANIFEST) and provenance.loaded(before_dir)
    planned = reprocess.plan_of(before_dir, before)
    if not arguments.no_build:
        run.build()
        clock.lap("build")
    plan = replace(today(planned), run_dir=run.new_run_dir(), jobs=arguments.jobs or BOOTS_AT_A_TIME)
    run.wire(plan.emulators, arguments.replay)
    everything = {one.name: one for one in catalogue.experiments()}
    status = run.carry_out(plan, clock, stamp=run.full_stamp(plan, emulators.load(), everything, not plan.probed))
    print(f"\nwhat is different in the set-up; before: {before_dir}, after: {plan.run_dir}\n")
    print(setup.text(setup.differences(before, provenance.loaded(plan.run_dir))))
    if status == INTERRUPTED or not (before_dir / "records.json").exists():
        return status
    found = gate.lines(records.load(before_dir), records.load(plan.run_dir))
    print(f"\nwhat is different in the numbers\n\n{gate.table(found)}")
    return gate.status(found)


def today(planned: Plan) -> Plan:
    """The plan with the experiments as they are built now. Raises Trouble if one is not built any more."""
    built = {one.name: one for one in catalogue.experiments()}
    gone = [one.name for one in planned.experiments if one.name not in built]
    if gone:
        raise Trouble(f"{', '.join(gone)}: not built under {paths.BUILD} any more; check out the commit of that run, or measure the rest with ./exolab run")
    return replace(planned, experiments=[built[one.name] for one in planned.experiments], whole=None)

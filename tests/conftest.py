"""What all tests share: compiled.py, and that hypothesis has no deadlines, since how long an example takes says how busy the machine is and nothing of the code."""

import sys
from pathlib import Path

import hypothesis

sys.path.insert(0, str(Path(__file__).parent))

# Without the phase that climbs towards what a test calls target() for: none does, and it takes longer than all the examples of a test that draws long lists.
PHASES = [phase for phase in hypothesis.Phase if phase != hypothesis.Phase.target]
hypothesis.settings.register_profile("exolab", deadline=None, phases=PHASES)
hypothesis.settings.load_profile("exolab")

"""What all tests share: compiled.py, and that hypothesis has no deadlines, since how long an example takes says how busy the machine is and nothing of the code."""

import sys
from pathlib import Path

import hypothesis

sys.path.insert(0, str(Path(__file__).parent))

hypothesis.settings.register_profile("exolab", deadline=None)
hypothesis.settings.load_profile("exolab")

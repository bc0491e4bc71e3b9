"""Where things are. EXOLAB_BUILD and EXOLAB_RESULTS move the two folders that are written to."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(os.environ.get("EXOLAB_BUILD", ROOT / "build")).absolute()
RESULTS = Path(os.environ.get("EXOLAB_RESULTS", ROOT / "results")).absolute()

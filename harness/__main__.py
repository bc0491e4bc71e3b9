"""python -m harness: what ./exolab runs."""

import sys

from harness.cli import main

sys.exit(main())

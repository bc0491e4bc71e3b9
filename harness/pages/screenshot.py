"""docs/report.png, the picture of a report's beginning that the README shows: `make screenshot` calls this. Needs chromium (packages-browser.txt)."""

import shutil
import subprocess
import sys
from pathlib import Path

from harness import paths

TARGET = paths.ROOT / "docs" / "report.png"
WIDTH, HEIGHT, SCALE = 1100, 1320, 0.8
MOST_BYTES = 300_000  # a README is loaded over telephones too
SECONDS = 60


def browser(*arguments: str) -> list[str]:
    """The command line of a browser without a window; raises FileNotFoundError if there is none. It opens files of ours only, so it needs no sandbox (root has none)."""
    program = shutil.which("chromium")
    if not program:
        raise FileNotFoundError("chromium is missing: bash harness/setup.sh browser installs it")
    return [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--blink-settings=preferredColorScheme=1", *arguments]


def main() -> int:
    run = Path(sys.argv[1]) if len(sys.argv) > 1 else paths.RESULTS / "latest"
    page = (run / "report.html").resolve()
    if not page.exists():
        print(f"screenshot: {page} is not there: make reproduce, or ./exolab report --run {run}", file=sys.stderr)
        return 2
    try:
        command = browser(f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SCALE}", f"--screenshot={TARGET}", page.as_uri())
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except (FileNotFoundError, subprocess.SubprocessError) as error:
        print(f"screenshot: {error}", file=sys.stderr)
        return 2
    size = TARGET.stat().st_size
    print(f"{TARGET}: {size} bytes")
    return 0 if size <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())

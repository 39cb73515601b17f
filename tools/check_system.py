"""Say exactly which system packages the tests lack, with the line that installs them."""

import shutil
import sys
from pathlib import Path

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
PACKAGES = "chromium-headless-shell postgresql libatomic1"


def missing() -> list[str]:
    """What is missing, in words."""
    lacks = []
    if not any(shutil.which(name) for name in BROWSERS):
        lacks.append("a Chromium browser")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        lacks.append("the PostgreSQL server programs")
    return lacks


if __name__ == "__main__":
    lacks = missing()
    if lacks:
        print(f"The tests need {' and '.join(lacks)}. On Debian:", file=sys.stderr)
        print(f"    sudo apt-get install --no-install-recommends {PACKAGES}", file=sys.stderr)
        sys.exit(1)

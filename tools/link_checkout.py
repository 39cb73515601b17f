"""Make this checkout importable in the virtual environment and give it the command.

An editable install without a build step: a path file and a three-line script.
"""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """#!{python}
from participation.cli import main

main()
"""


def link() -> None:
    site_packages = Path(sysconfig.get_paths()["purelib"])
    (site_packages / "participation_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sys.executable).parent / "participation"
    command.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    link()

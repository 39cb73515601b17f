"""`python -m bench.analysis [--only NAME …]`: every figure, or those of the modules named.

Each module of this package with a `measure(options)` yields its figures. Texts from elsewhere are
read from a folder and never kept here; where one is missing the figure says so instead of a value.
"""

import argparse
import importlib
import os
import pkgutil
from pathlib import Path

import bench.analysis
from bench.analysis.options import Options
from bench.figures import Figure, tell


def main() -> None:
    """Measure and print; what was asked for decides the name of the results file."""
    known = _modules()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=known, default=known, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="fewer runs, for a first look")
    parser.add_argument(
        "--corpora", type=Path, default=Path(os.environ.get("MEDSKAPA_CORPORA", "corpora"))
    )
    asked = parser.parse_args()
    options = Options(is_quick=asked.quick, corpora=asked.corpora)
    figures: list[Figure] = []
    for name in asked.only:
        measured = list(importlib.import_module(f"bench.analysis.{name}").measure(options))
        tell(f"analysis-{name}", measured)
        figures += measured
    if len(asked.only) > 1:
        tell("analysis", figures)


def _modules() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules(bench.analysis.__path__))
    return [name for name in found if name not in {"__main__", "options", "corpora"}]


if __name__ == "__main__":
    main()

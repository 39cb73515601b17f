"""`python -m bench.followup [--only NAME …] [--quick]`: every figure, or those that are named.

Each module of this package with a `measure(options)` yields its figures.
"""

import argparse
import importlib
import pkgutil

import bench.followup
from bench.figures import Figure, tell
from bench.followup.options import Options


def main() -> None:
    """Measure and print; what was asked for decides the name of the results file."""
    known = _modules()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=known, default=known, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="shorter runs, for a first look")
    asked = parser.parse_args()
    figures: list[Figure] = []
    for name in asked.only:
        module = importlib.import_module(f"bench.followup.{name}")
        measured = list(module.measure(Options(is_quick=asked.quick)))
        tell(f"followup-{name}", measured)
        figures += measured
    if len(asked.only) > 1:
        tell("followup", figures)


def _modules() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules(bench.followup.__path__))
    return [name for name in found if name not in {"__main__", "options", "load"}]


if __name__ == "__main__":
    main()

"""Where files that travel beside the package lie: in a checkout, and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The folder `name`: in the wheel inside the package, in a checkout beside it."""
    inside = PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


MIGRATIONS = shipped("migrations")
TRANSLATIONS = shipped("translations")

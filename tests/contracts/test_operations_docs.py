"""docs/operations.md lists every setting and every command; an undocumented one fails.

After datasette's tests/test_docs.py.
"""

import re

from click.testing import CliRunner

from participation.cli import main
from participation.foundation.config import DEVELOPMENT_KEY, SETTINGS
from participation.foundation.paths import PACKAGE

PAGE = (PACKAGE.parent / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    documented = dict(re.findall(r"^\| `(PARTICIPATION_\w+)` \| (.+?) \|", PAGE, re.MULTILINE))
    expected = {}
    for setting in SETTINGS:
        shown = f"`{setting.default}`" if setting.default else "empty"
        expected[setting.variable] = (
            "a development key" if DEVELOPMENT_KEY in setting.default else shown
        )
    assert documented == expected


def test_every_command_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `participation ([a-z-]+)", PAGE, re.MULTILINE))
    assert documented == set(main.commands)


def test_every_command_explains_itself() -> None:
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, name
        assert len(result.output.splitlines()) > 4, name

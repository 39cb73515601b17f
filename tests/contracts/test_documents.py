"""Documents that fail when they fall behind: settings, commands, the data map.

After datasette's tests/test_docs.py.
"""

import re
from pathlib import Path

import click
import pytest

from participation.cli import main
from participation.foundation.config import SETTINGS
from participation.foundation.db import Base
from participation.registry import FEATURES

TESTS = Path(__file__).resolve().parents[1]
DOCS = TESTS.parent / "docs"
OPERATIONS = (DOCS / "operations.md").read_text(encoding="utf-8")
PRIVACY = (DOCS / "privacy.md").read_text(encoding="utf-8")
TRUST = (DOCS / "trust.md").read_text(encoding="utf-8")
PROMISES = [*map(str, range(33, 54)), "45a"]

assert FEATURES, "importing the registry registers every table"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: object) -> None:
    assert f"`{setting.variable}`" in OPERATIONS  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented_and_says_what_it_does(name: str) -> None:
    command: click.Command = main.commands[name]
    assert command.help, f"{name} has no help text"
    assert f"participation {name}" in OPERATIONS


def _data_map() -> dict[str, set[str]]:
    """Table → columns, from the lines "| `table` | … | `column` `column` |" of the data map."""
    mapped = {}
    for line in PRIVACY.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) >= 2:
            mapped[cells[0].strip("`")] = set(re.findall(r"`(\w+)`", cells[-1]))
    return mapped


def test_every_column_stands_in_the_data_map() -> None:
    mapped = _data_map()
    missing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name not in mapped.get(table.name, set())
    }
    assert missing == set(), "add it to docs/privacy.md, with why it is kept and for how long"


def test_the_data_map_names_nothing_that_is_gone() -> None:
    tables = {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
    gone = {
        f"{table}.{column}"
        for table, columns in _data_map().items()
        for column in columns
        if column not in tables.get(table, set())
    }
    assert gone == set()


def test_every_promise_about_answers_names_tests_that_there_are() -> None:
    tried = {
        line.split("|")[1].strip(): re.findall(r"`(test_\w+)::(\w+)`", line)
        for line in TRUST.splitlines()
        if re.match(r"\| \d", line)
    }
    assert set(tried) == set(PROMISES)
    assert [number for number, tests in tried.items() if not tests] == []
    there = {
        (path.stem, name)
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {one for tests in tried.values() for one in tests} - there == set()

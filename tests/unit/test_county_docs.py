"""docs/county-file.md says everything a county file may hold."""

import re
from pathlib import Path

import pytest

from participation.county.rules.facts import SHAPES
from participation.county.rules.nodes import Shape
from participation.registry import FEATURES

DOCUMENT = Path(__file__).parents[2] / "docs" / "county-file.md"
UPPER = tuple(shape for section in FEATURES.collect("county_sections") for shape in section.shapes)


def chapter(name: str) -> str:
    """The text below every heading `name`."""
    chapters = re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    return "\n".join(text for text in chapters if text.startswith(f"{name}\n"))


@pytest.mark.parametrize("shape", [*SHAPES, *UPPER], ids=lambda shape: shape.name)
def test_every_key_of_the_county_file_is_in_the_document(shape: Shape) -> None:
    text = chapter(shape.name)
    assert text, f"docs/county-file.md lacks a chapter “## {shape.name}”"
    documented = set(re.findall(r"`([a-z_]+)`", text))
    missing = set(shape.keys) - documented
    assert not missing, f"add to the chapter “{shape.name}”: {', '.join(sorted(missing))}"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_required_keys_are_said_to_be_required(shape: Shape) -> None:
    required = {
        key
        for line in chapter(shape.name).splitlines()
        if line.startswith("| `") and "| required" in line
        for key in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    assert required == set(shape.required)

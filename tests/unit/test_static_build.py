"""The stylesheets that are served: built from source, never stale, only with parts we use."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "participation" / "static" / "built"
SCRIPT = ROOT / "tools" / "build_static.py"


def test_built_files_are_what_the_sources_give() -> None:
    run = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["resident.css", "staff.css"])
def test_a_stylesheet_has_balanced_braces_and_no_foreign_address(name: str) -> None:
    css = (BUILT / name).read_text()
    assert css.count("{") == css.count("}")
    assert "http://www.w3.org/2000/svg" in css  # the arrows and marks drawn as data addresses
    assert "url(http" not in css
    assert 'url("http' not in css


def test_residents_fetch_no_web_font() -> None:
    assert "@font-face" not in (BUILT / "resident.css").read_text()
    assert "inter-medskapa.woff2" in (BUILT / "staff.css").read_text()


@pytest.mark.parametrize(
    ("name", "limit_bytes"), [("resident.css.gz", 30_000), ("staff.css.gz", 30_000)]
)
def test_a_stylesheet_stays_light_on_the_wire(name: str, limit_bytes: int) -> None:
    assert (BUILT / name).stat().st_size <= limit_bytes


def test_parts_of_the_design_system_nobody_uses_are_left_out() -> None:
    css = (BUILT / "staff.css").read_text()
    assert ".ds-button" in css
    assert ".ds-combobox" not in css
    assert ".ds-avatar" not in css


def test_every_part_the_templates_name_is_in_the_stylesheets() -> None:
    css = (BUILT / "staff.css").read_text()
    named = {
        name
        for page in (ROOT / "participation" / "templates").rglob("*.html")
        for name in re.findall(r"\bds-[a-z]+(?:-[a-z]+)*", page.read_text())
    }
    missing = {name for name in named if f".{name}" not in css}
    assert not missing, f"add to USED_PARTS in tools/build_static.py: {sorted(missing)}"


def test_licences_travel_with_the_files() -> None:
    licences = (BUILT / "LICENSES.txt").read_text()
    assert "MIT License" in licences
    assert "SIL OPEN FONT LICENSE" in licences.upper()

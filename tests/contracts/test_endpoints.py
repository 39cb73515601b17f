"""Names of endpoints are coupling that no import linter sees: resolve every one of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from participation.foundation.context import LINKS, PUBLIC_MENU
from participation.foundation.paths import PACKAGE

IN_TEMPLATES = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")
IN_CODE = re.compile(
    r"""(?:url_for|see_other|endpoint=|Address\(endpoint=)\(?\s*["']([a-z_]+\.[\w.]+)["']"""
)


def _named_endpoints() -> Iterator[tuple[Path, str]]:
    for pattern, regex in (
        ("**/*.html", IN_TEMPLATES),
        ("**/*.txt", IN_TEMPLATES),
        ("**/*.py", IN_CODE),
    ):
        for path in PACKAGE.glob(pattern):
            for name in regex.findall(path.read_text(encoding="utf-8")):
                yield path, name


def test_every_endpoint_named_in_templates_and_code_exists(app: Flask) -> None:
    missing = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path, name in _named_endpoints()
        if name not in app.view_functions
    }
    assert missing == set()


def test_the_frames_links_exist(app: Flask) -> None:
    wanted = set(LINKS.values()) | {endpoint for _label, endpoint in PUBLIC_MENU}
    assert wanted - set(app.view_functions) == set()


def test_every_navigation_item_leads_somewhere(app: Flask) -> None:
    features = app.extensions["participation"].features
    assert {item.endpoint for item in features.collect("navigation")} <= set(app.view_functions)

"""Habits that no linter knows: where markup, raw HTML, queries and inline code may live."""

import re
from pathlib import Path

from participation.foundation.paths import PACKAGE

TEMPLATES = PACKAGE / "templates"
RAW_MARKUP_ALLOWED = {"foundation/html.py", "foundation/look.py", "foundation/mail_templates.py"}


def _pages() -> list[Path]:
    return [
        path
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] not in {"components", "mail"}
    ]


def _offenders(paths: list[Path], pattern: str) -> list[str]:
    regex = re.compile(pattern)
    return [str(p.relative_to(PACKAGE)) for p in paths if regex.search(p.read_text("utf-8"))]


def test_form_and_table_markup_lives_in_components_only() -> None:
    assert _offenders(_pages(), r"<(form|input|select|textarea|table)\b") == []


def test_no_template_marks_text_as_safe() -> None:
    assert _offenders(list(TEMPLATES.rglob("*.html")), r"\|\s*safe\b") == []


def test_no_page_holds_inline_style_or_script() -> None:
    pages = [p for p in TEMPLATES.rglob("*.html") if "mail" not in p.parts]
    assert _offenders(pages, r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"") == []


def test_markup_is_made_in_one_place() -> None:
    offenders = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\bMarkup\(", path.read_text("utf-8"))
    }
    assert offenders <= RAW_MARKUP_ALLOWED


def test_no_legacy_query_interface() -> None:
    assert _offenders(list(PACKAGE.rglob("*.py")), r"\.query\(|\.filter_by\(") == []


def test_nobody_reads_the_wall_clock_behind_the_clocks_back() -> None:
    offenders = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(", path.read_text("utf-8"))
    }
    assert offenders <= {"foundation/clock.py"}


def test_no_left_over_marks() -> None:
    files = [*PACKAGE.rglob("*.py"), *TEMPLATES.rglob("*.html")]
    assert _offenders(files, r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_no_words_stand_inside_a_formatted_string_where_translators_never_see_them() -> None:
    inside = r"""\bf("[^"\n]*|'[^'\n]*)\{(_|_l|_n|gettext|ngettext|pgettext)\("""
    assert _offenders(list(PACKAGE.rglob("*.py")), inside) == []

"""Mail texts: literal values, one-line subjects, links only to this site."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from participation.foundation.mail_templates import (
    absolute_url,
    one_line,
    render_mail,
    text_as_html,
    with_links,
)
from participation.foundation.paths import PACKAGE
from participation.foundation.views_operations import MAIL_NAMES

TEMPLATE = """{% extends "mail/base.txt" %}
{% block subject %}Hello {{ name }}{% endblock %}
{% block body %}
Hello {{ name }}!

Bring:
- {{ thing }}

{{ description|lines }}

Answer here: {{ link }}
{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mail = tmp_path / "mail"
    mail.mkdir()
    for base in (PACKAGE / "templates" / "mail").glob("base.*"):
        (mail / base.name).write_text(base.read_text())
    (mail / "example.txt").write_text(TEMPLATE)
    return tmp_path


def values(**changed: str) -> dict[str, str]:
    return {
        "name": "Tuva",
        "thing": "coffee",
        "description": "One\nTwo",
        "link": absolute_url("/i/abc"),
        **changed,
    }


def test_text_and_html_say_the_same(folder: Path) -> None:
    mail = render_mail("example", "en", values(), folder)
    assert mail.subject == "Hello Tuva"
    assert "- coffee" in mail.text
    assert "One\nTwo" in mail.text
    assert "Answer here: http://localhost/i/abc" in mail.text
    assert "<ul><li>coffee</li></ul>" in mail.html
    assert '<a class="button" href="http://localhost/i/abc">Answer here</a>' in mail.html


def test_the_signature_keeps_the_mark_mail_programs_know(folder: Path) -> None:
    assert "\n-- \n" in render_mail("example", "en", values(), folder).text


def test_a_name_with_line_breaks_and_markup_stays_literal(folder: Path) -> None:
    mail = render_mail("example", "en", values(name="A\r\nBcc: x@y.se <b>{{ 7*7 }}"), folder)
    assert mail.subject == "Hello A Bcc: x@y.se <b>{{ 7*7 }}"
    assert "\nBcc" not in mail.text
    assert "<b>" not in mail.html
    assert "&lt;b&gt;{{ 7*7 }}" in mail.html


def test_what_a_person_typed_becomes_no_link(folder: Path) -> None:
    mail = render_mail("example", "en", values(description="Click: https://evil.example/"), folder)
    assert "evil.example" in mail.html
    assert 'href="https://evil' not in mail.html


def test_a_missing_value_is_an_error_not_an_empty_mail(folder: Path) -> None:
    with pytest.raises(UndefinedError):
        render_mail("example", "en", {"name": "Tuva"}, folder)


def test_the_language_and_its_direction_follow_the_recipient(folder: Path) -> None:
    assert '<html lang="ar" dir="rtl">' in render_mail("example", "ar", values(), folder).html
    assert '<html lang="sv" dir="ltr">' in render_mail("example", "sv", values(), folder).html


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "x", "/\\evil"])
def test_only_paths_of_this_site_become_addresses(path: str) -> None:
    with pytest.raises(ValueError, match="path on this site"):
        absolute_url(path)


@given(st.text())
def test_one_line_is_one_line(value: str) -> None:
    assert len(one_line(value).splitlines()) <= 1


@given(st.text())
def test_text_never_becomes_markup(value: str) -> None:
    html = str(text_as_html(value))
    for tag in ("<p>", "</p>", "<br>", "<ul>", "</ul>", "<li>", "</li>"):
        html = html.replace(tag, "")
    assert "<" not in html


def test_links_of_a_look_alike_host_are_not_ours() -> None:
    assert "<a" not in with_links("http://localhost.evil.example/x http://localhost@evil.example/")


def test_every_mail_has_a_name_for_whoever_keeps_the_system_running() -> None:
    mails = PACKAGE / "templates" / "mail"
    found = {path.relative_to(mails).with_suffix("").as_posix() for path in mails.rglob("*.txt")}
    assert found - {"base"} == MAIL_NAMES.keys()

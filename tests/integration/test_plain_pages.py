"""Pages that say the same to everybody, the error pages and the building parts."""

import pytest
from flask import Flask, render_template

from participation.foundation.i18n import LOCALES, use_locale
from participation.foundation.look import address_url, page_url, static_url
from participation.foundation.providers import Address
from tests.support.client import CheckingClient
from tests.support.html_contract import problems_of

PLAIN_PAGES = ("/about", "/joining", "/privacy", "/accessibility", "/help", "/dev/components")
ERRORS = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("address", PLAIN_PAGES)
def test_a_plain_page_opens_in_every_language(
    client: CheckingClient, address: str, language: str
) -> None:
    response = client.get(f"{address}?lang={language}")
    assert response.status_code == 200
    assert f'lang="{language}"' in response.text


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_says_what_to_do(app: Flask, status: int, language: str) -> None:
    with app.test_request_context("/anywhere"), use_locale(language):
        page = render_template(f"errors/{status}.html")
    assert problems_of(page) == []
    assert "ds-button" in page


def test_what_is_too_large_is_told_with_a_way_back_to_the_form(
    app: Flask, as_coordinator: CheckingClient
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    typed = {"title": "x" * (3 * 1024 * 1024)}
    for address, back in (
        ("/activities/new", "/activities/new"),
        ("/council/statements/abcdefghijkl/send", "/council/statements/abcdefghijkl"),
    ):
        refused = as_coordinator.submit(address, typed)
        assert refused.status_code == 413
        assert "högst 2 MB" in refused.text
        assert f'href="{back}"' in refused.text


def test_a_failed_save_gives_the_typed_text_back_as_text(app: Flask) -> None:
    with app.test_request_context("/anywhere"):
        page = render_template("errors/503.html", typed={"story": "<script>alert(1)</script>"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_changing_page_or_language_keeps_odd_query_values_harmless(app: Flask) -> None:
    with app.test_request_context("/people?endpoint=x&_external=1&q=a%26b&page=2"):
        assert page_url(3) == "/people?endpoint=x&_external=1&q=a%26b&page=3"


def test_a_static_address_changes_with_the_content() -> None:
    address, version = static_url("resident.css").split("?v=")
    assert address == "/static/resident.css"
    assert len(version) == 10


def test_a_provider_names_an_address_without_knowing_flask(app: Flask) -> None:
    with app.test_request_context("/"):
        assert address_url(Address(endpoint="pages.about")) == "/about"

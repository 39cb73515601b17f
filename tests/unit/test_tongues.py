"""Swedish words and numbers on pages in other languages."""

import pytest
from markupsafe import Markup

from participation.foundation.i18n import use_locale
from participation.foundation.tongues import apart, kept_apart, swedish, tongue


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hur är det att bo?", '<bdi lang="sv">Hur är det att bo?</bdi>'),
        ("المنتخبون", "المنتخبون"),
        ("010-000 00 00", '<bdi dir="ltr">010-000 00 00</bdi>'),
        ("2026", "2026"),
        ("Äldre · 19 نوفمبر 2026", '<bdi lang="sv">Äldre</bdi> · 19 نوفمبر 2026'),
        ("a < b", '<bdi lang="sv">a &lt; b</bdi>'),
        (Markup("<a href='/'>Hem</a>"), "<a href='/'>Hem</a>"),
        (7, "7"),
        (None, "None"),
    ],
)
def test_on_an_arabic_page_swedish_and_numbers_stay_in_one_piece(text: object, shown: str) -> None:
    with use_locale("ar"):
        assert str(apart(text)) == shown
    with use_locale("en"):
        assert apart(text) is text


def test_a_swedish_paragraph_on_an_arabic_page_says_so() -> None:
    with use_locale("ar"):
        assert tongue("Möten hålls varje år.") == ' lang="sv" dir="ltr"'
        assert tongue("اجتماعات") == ""
    assert tongue("Möten hålls varje år.") == ""


def test_what_exists_in_swedish_alone_is_marked_elsewhere_only() -> None:
    assert swedish("Äldre") == "Äldre"
    with use_locale("en"):
        assert swedish("<Äldre>") == '<bdi lang="sv">&lt;Äldre&gt;</bdi>'
        assert swedish("") == ""


def test_a_name_inside_an_arabic_sentence_is_isolated_by_signs_that_attributes_can_hold() -> None:
    with use_locale("ar"):
        assert kept_apart({"name": "Äldre", "num": 3}) == {"name": "\u2068Äldre\u2069", "num": 3}
    assert kept_apart({"name": "Äldre"}) == {"name": "Äldre"}

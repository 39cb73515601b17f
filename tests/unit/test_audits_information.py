"""What those who use a unit are told before an audit."""

from datetime import date

import pytest

from participation.audits.rules.information import (
    WAYS_OF_SAYING,
    AuditFacts,
    consent_version,
    consent_words,
    information,
)

FACTS = AuditFacts(
    unit="Stödboendet Provgården",
    question="Hur är det att bo här?",
    start=date(2026, 1, 12),
    end=date(2026, 2, 6),
    phone="010-000 00 00",
)


@pytest.mark.parametrize("key", WAYS_OF_SAYING)
def test_every_way_of_saying_names_the_unit_the_days_and_the_number(key: str) -> None:
    told = information(key, FACTS)
    words = " ".join([told.lead, told.when, told.help, *(s for p in told.parts for s in p.text)])
    assert FACTS.unit in words
    assert "2026" in words or "٢٠٢٦" in words
    assert "010-000" in words
    assert "{" not in words


@pytest.mark.parametrize("key", WAYS_OF_SAYING)
def test_consent_is_said_in_every_way_with_as_many_promises(key: str) -> None:
    version = consent_version()
    assert len(consent_words(version, key)) == len(consent_words(version, "sv"))


def test_a_county_without_a_telephone_says_nothing_of_one() -> None:
    facts = AuditFacts(unit="U", question="Q", start=FACTS.start, end=FACTS.end)
    assert information("sv", facts).help == ""


def test_braces_somebody_wrote_are_words_and_nothing_else() -> None:
    facts = AuditFacts(unit="{phone}", question="{unit.x}", start=FACTS.start, end=FACTS.end)
    told = information("sv", facts)
    assert "{phone}" in told.lead
    assert ("{unit.x}",) in [part.text for part in told.parts]


def test_easy_words_are_shorter_than_the_usual() -> None:
    def longest(key: str) -> int:
        return max(len(s.split()) for p in information(key, FACTS).parts for s in p.text)

    assert longest("sv_easy") < longest("sv")
    assert longest("sv_easy") <= 16

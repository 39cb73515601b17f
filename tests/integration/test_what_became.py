"""From a round to what became of it, and the next round that measures it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment
from participation.disclosure.models import Release
from participation.follow_up.queries.measured import (
    answered_and_measured_by,
    newest_measures,
)
from participation.follow_up.queries.voices import told_counts
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound, SurveySeries
from participation.results.models import Finding
from participation.results.services import publish_round, withdraw_finding
from tests.factories.follow_up import make_told_finding
from tests.factories.results import make_closed_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def first_and_next(
    session: Session, county: SmallCounty, often: int, seldom: int
) -> tuple[Finding, SurveyRound]:
    """A finding of 25 of 45, answered; a later closed round of the same series."""
    finding, release = make_told_finding(session, group_ids=(county.group.id,))
    first = _round_of(session, release)
    later = make_closed_round(session, often=often, seldom=seldom, slug="stod-2027")
    later.version_id = first.version_id
    later.wave_label = "2027"
    series = SurveySeries(key="yearly", title="Varje år")
    session.add(series)
    session.flush()
    first.series_id = later.series_id = series.id
    first.opens_at -= timedelta(days=365)
    first.closes_at = later.opens_at - timedelta(days=30)
    (owed,) = commitments_about(session, "finding", finding.public_id)
    answer_commitment(
        session, SYSTEM, owed, answer="yes", answer_text="Ja.", action_text="Vi skriver en mall."
    )
    session.flush()
    return finding, later


def _round_of(session: Session, release: Release) -> SurveyRound:
    found = session.scalar(
        select(SurveyRound).where(SurveyRound.public_id == release.source_public_id)
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("often", "seldom", "said"),
    [
        (24, 26, "48 % (var 56 %). Ingen säker skillnad"),
        (10, 60, "14 % (var 56 %). Skillnaden är större än vad slumpen brukar ge."),
    ],
)
def test_the_next_round_shows_whether_it_changed(
    app: Flask,
    client: CheckingClient,
    session: Session,
    county: SmallCounty,
    often: int,
    seldom: int,
    said: str,
) -> None:
    finding, later = first_and_next(session, county, often, seldom)
    assert newest_measures(session, [finding.id]) == {}  # nothing is told before it is published
    publish_round(session, SYSTEM, later.id)
    session.commit()
    (owed,) = commitments_about(session, "finding", finding.public_id)
    assert [one.id for one in answered_and_measured_by(session, later.id)] == [owed.id]
    assert told_counts(session, owed.id) == []  # who answered without a name is nobody
    assert said in client.page("/you-said-we-did")


def test_a_question_in_other_words_is_not_compared(
    app: Flask, session: Session, county: SmallCounty
) -> None:
    finding, later = first_and_next(session, county, 24, 26)
    release = publish_round(session, SYSTEM, later.id)
    session.flush()
    assert list(newest_measures(session, [finding.id])) == [finding.id]
    finding.figure_table_key = "another"
    session.flush()
    assert newest_measures(session, [finding.id]) == {}
    assert release.withdrawn_at is None


def test_the_rounds_page_leads_from_answers_to_findings_and_what_was_answered(
    app: Flask, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, later = first_and_next(session, county, 24, 26)
    release = session.get_one(Release, finding.figure_release_id)
    session.commit()
    page = client.page(f"/what-became/{release.source_public_id}")
    assert finding.title in page
    assert "Vi skriver en mall." in page
    assert "Svaren räknas" in client.page(f"/what-became/{later.public_id}")
    sheet = client.page(f"/what-became/{release.source_public_id}/poster")
    assert f"/what-became/{release.source_public_id}" in sheet
    withdraw_finding(session, SYSTEM, finding, "Den stämde inte.")
    session.commit()
    assert finding.title not in client.page(f"/what-became/{release.source_public_id}")


@pytest.mark.parametrize("path", ["", "/poster", "/poster.pdf"])
def test_a_round_with_names_or_one_that_nobody_knows_of_has_no_such_page(
    app: Flask, client: CheckingClient, session: Session, county: SmallCounty, path: str
) -> None:
    named = make_closed_round(session, mode="named")
    session.commit()
    assert client.get(f"/what-became/{named.public_id}{path}").status_code == 404
    assert client.get(f"/what-became/bcdfghjkmnpq{path}").status_code == 404

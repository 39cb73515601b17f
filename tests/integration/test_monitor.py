"""The page of an open round: how it goes by unit and week, and more time for answers."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.foundation.clock import now, to_local, today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import (
    NewResponse,
    close_round,
    issue_links,
    store_responses,
)
from participation.questionnaires.services.links import make_open_links
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient


def answer(session: Session, survey_round: SurveyRound, unit_id: int | None, count: int) -> None:
    one = NewResponse(answers={"role": "me"}, unit_id=unit_id)
    store_responses(session, survey_round, [one] * count)


@pytest.fixture
def asked(session: Session, county: object) -> SurveyRound:
    """Two units: one with letters, one with a poster; the round opened two weeks ago."""
    made = make_round(session, opens_at=now() - timedelta(days=14))
    first, second = session.scalars(select(Unit).order_by(Unit.name).limit(2))
    issue_links(session, made, 40, unit_id=first.id)
    make_open_links(session, SYSTEM, made, [second.id])
    answer(session, made, first.id, 20)
    answer(session, made, second.id, 3)
    answer(session, made, None, 9)
    session.commit()
    return made


def test_a_coordinator_sees_how_the_round_goes_and_never_a_small_count(
    as_coordinator: CheckingClient, asked: SurveyRound
) -> None:
    page = as_coordinator.page(f"/questionnaires/rounds/{asked.public_id}")
    assert "32 svar" in page
    assert "Svar per verksamhet" in page
    assert "50 %" in page  # 20 of the 40 letters
    assert "dolt" in page
    assert ">3<" not in page
    assert ">9<" not in page  # else the 3 would be what is left
    assert "Svar per vecka" in page


def test_an_anonymous_round_has_no_weeks(as_coordinator: CheckingClient, session: Session) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS, opens_at=now() - timedelta(days=14))
    answer(session, made, None, 20)
    session.commit()
    page = as_coordinator.page(f"/questionnaires/rounds/{made.public_id}")
    assert "20 svar" in page
    assert "Svar per vecka" not in page
    assert "en gång per natt" in page


def test_a_round_can_be_lengthened_and_not_shortened(
    as_coordinator: CheckingClient, asked: SurveyRound, session: Session
) -> None:
    here = f"/questionnaires/rounds/{asked.public_id}/lengthen"
    error = as_coordinator.submit(here, {"last_day": today().isoformat()})
    assert "Välj en dag senare än" in error.get_data(as_text=True)
    later = today() + timedelta(days=40)
    as_coordinator.submit(here, {"last_day": later.isoformat()})
    session.expire_all()
    assert to_local(asked.last_moment).date() == later
    line = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "round_lengthened")
    ).one()
    assert line.data["last_day"] == later.isoformat()
    assert line.data["last_day_before"] < line.data["last_day"]
    close_round(session, round_by_id(session, asked.id), SYSTEM)
    session.commit()
    again = as_coordinator.submit(here, {"last_day": (later + timedelta(days=1)).isoformat()})
    assert "Välj en dag senare än" in again.get_data(as_text=True)


def test_next_years_round_is_made_in_two_presses(
    as_coordinator: CheckingClient, asked: SurveyRound, session: Session
) -> None:
    close_round(session, round_by_id(session, asked.id), SYSTEM)
    session.commit()
    page = as_coordinator.page(f"/questionnaires/rounds/{asked.public_id}")
    assert "Ny omgång i serien" in page
    questionnaire = round_by_id(session, asked.id).version.questionnaire.public_id
    session.commit()
    here = f"/questionnaires/{questionnaire}/rounds/new?after={asked.public_id}"
    form = as_coordinator.page(here)
    assert "Alla frågor går att jämföra med 2026" in form
    assert 'value="2027"' in form
    opens = to_local(asked.opens_at).date() + timedelta(weeks=52)
    assert f'value="{opens.isoformat()}"' in form
    as_coordinator.page(f"/questionnaires/{questionnaire}/rounds/new?after=nope", status=404)

"""The workroom's cross-table: what it counts, that a look is logged, and who may look."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.crossing import cross_counts, crossables
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import NewResponse, close_round, store_responses
from participation.results.services import order_export
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient


@pytest.fixture
def closed(session: Session, county: object) -> SurveyRound:
    made = make_round(session)
    for role, whom, respect, count in (
        ("me", ["care"], "often", 12),
        ("me", ["care", "other"], "seldom", 8),
        ("kin", ["none"], "often", 9),
    ):
        given = {"role": role, "from_whom": whom, "respect": respect}
        store_responses(session, made, [NewResponse(answers=given)] * count)
    close_round(session, made, SYSTEM)
    session.commit()
    return made


def test_a_question_is_crossed_with_an_option_to_tick(
    session: Session, closed: SurveyRound
) -> None:
    offered = crossables(session, closed)
    assert [key for key in offered if key.startswith("from_whom")] == [
        "from_whom=care",
        "from_whom=other",
        "from_whom=none",
    ]
    found = cross_counts(session, closed.id, offered["respect"], offered["from_whom=care"])
    assert found == {
        ("patient", "often", "1"): 12,
        ("patient", "seldom", "1"): 8,
        ("next_of_kin", "often", "0"): 9,
    }


def test_the_page_shows_shares_by_role_and_logs_the_look(
    session: Session, closed: SurveyRound, as_coordinator: CheckingClient
) -> None:
    here = f"/results/rounds/{closed.public_id}/cross"
    assert "Varje titt loggas" in as_coordinator.page(here)
    page = as_coordinator.page(f"{here}?first=respect&second=from_whom=care")
    assert "20 personer" in page
    assert "Närstående" in page
    assert "två olika frågor" in as_coordinator.page(f"{here}?first=respect&second=respect")
    actions = session.scalars(select(EventLogEntry.action)).all()
    assert actions.count("answers_crossed") == 1


def test_an_anonymous_round_is_not_looked_at_again_when_one_answer_was_taken_back(
    session: Session, county: object, as_coordinator: CheckingClient
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    said = [{"role": "me", "from_whom": ["care"], "respect": one} for one in ("often", "seldom")]
    store_responses(session, made, [NewResponse(answers=one) for one in said for _n in range(9)])
    close_round(session, made, SYSTEM)
    session.commit()
    here = f"/results/rounds/{made.public_id}/cross?first=respect&second=from_whom=care"
    assert "18 personer" in as_coordinator.page(here)
    session.refresh(made)
    assert made.shown_count == 18
    made.response_count = 17
    session.commit()
    page = as_coordinator.page(here)
    assert "17 personer" not in page
    assert "Stängt tills mer har ändrats" in page
    with pytest.raises(Conflict):
        order_export(
            session,
            SYSTEM,
            made,
            file_format="csv",
            with_series=False,
            with_texts=False,
            reason="Prov",
        )


def test_an_anonymous_round_shows_a_pair_one_way_round(
    session: Session, closed: SurveyRound, as_coordinator: CheckingClient
) -> None:
    closed.mode = "anonymous"
    session.commit()
    here = f"/results/rounds/{closed.public_id}/cross"
    page = as_coordinator.page(f"{here}?first=respect&second=role")
    assert "åt samma håll" in page
    assert "åt samma håll" not in as_coordinator.page(f"{here}?first=role&second=respect")


def test_a_file_of_a_series_waits_for_each_of_its_rounds(session: Session, county: object) -> None:
    rounds = []
    for wave in ("2025", "2026"):
        made = make_round(
            session, mode=Mode.ANONYMOUS, series_key="varje_ar", slug=None, wave_label=wave
        )
        store_responses(session, made, [NewResponse(answers={"role": "me"})] * 9)
        rounds.append(close_round(session, made, SYSTEM))
    earlier, latest = rounds
    earlier.shown_count = 10
    session.flush()
    wanted = {"file_format": "csv", "with_texts": False, "reason": "Prov"}
    with pytest.raises(Conflict):
        order_export(session, SYSTEM, latest, with_series=True, **wanted)
    order_export(session, SYSTEM, latest, with_series=False, **wanted)
    session.refresh(latest)
    assert latest.shown_count == 9

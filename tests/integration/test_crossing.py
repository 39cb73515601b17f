"""The workroom's cross-table: what it counts, that a look is logged, and who may look."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.queries import breakdowns_of, outlook_of
from participation.disclosure.rules.outlook import Why
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import Response, SurveyRound
from participation.questionnaires.queries import content_of_round, round_by_id
from participation.questionnaires.queries.crossing import cross_counts, crossables
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import NewResponse, close_round, store_responses
from participation.questionnaires.services.withdrawing import take_back
from participation.results.services import order_export, publish_round
from participation.results.services.exporting import begin_again, finish_export
from participation.results.services.looking import may_cross, may_look, note_look, take_look
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
    session: Session, county: object, as_coordinator: CheckingClient
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    said = [{"role": role, "respect": one} for role in ("me", "kin") for one in ("often", "seldom")]
    store_responses(session, made, [NewResponse(answers=one) for one in said for _n in range(9)])
    close_round(session, made, SYSTEM)
    session.commit()
    here = f"/results/rounds/{made.public_id}/cross"
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


def test_a_third_pair_that_closes_a_ring_is_not_shown_and_none_beside_a_breakdown(
    session: Session, county: object, as_coordinator: CheckingClient
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    said = [
        {"role": role, "from_whom": whom, "respect": respect}
        for role in ("me", "kin")
        for whom in (["care"], ["other"])
        for respect in ("often", "seldom")
    ]
    store_responses(session, made, [NewResponse(answers=one) for one in said for _n in range(9)])
    close_round(session, made, SYSTEM)
    session.commit()
    here = f"/results/rounds/{made.public_id}/cross"
    assert "72 personer" in as_coordinator.page(f"{here}?first=respect&second=from_whom=care")
    assert "72 personer" in as_coordinator.page(
        f"{here}?first=from_whom=care&second=from_whom=other"
    )
    ring = as_coordinator.page(f"{here}?first=respect&second=from_whom=other")
    assert "72 personer" not in ring
    assert "Det här paret kan inte visas" in ring
    assert "Par som ni har tittat på" in ring
    again = as_coordinator.page(f"{here}?first=respect&second=from_whom=care")
    assert "72 personer" in again
    release = publish_round(session, SYSTEM, made.id, attributes=[Attribute.ROLE])
    session.commit()
    assert [one.key for one in breakdowns_of(release)[0].tables] == ["respect"]
    assert Why.LOOKED in {
        one.why[0] for one in outlook_of(release).breakdowns[0].questions if one.why
    }


def test_of_three_pairs_asked_for_at_once_the_last_that_closes_a_ring_is_refused(
    session: Session, county: object
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    store_responses(session, made, [NewResponse(answers={"role": "me"})] * 9)
    close_round(session, made, SYSTEM)
    content = content_of_round(session, made)
    pairs = (
        ("respect", "from_whom=care"),
        ("from_whom=care", "from_whom=other"),
        ("respect", "from_whom=other"),
    )
    # each page asks before any of the others has noted its look
    assert all(may_cross(session, made, content, pair).is_allowed for pair in pairs)
    taken = [take_look(session, made, content, pair, by_role=False) for pair in pairs]
    assert taken == [True, True, False]


def test_a_look_at_answers_that_changed_while_they_were_counted_is_not_shown(
    session: Session, sessions: sessionmaker[Session], county: object
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    store_responses(session, made, [NewResponse(answers={"role": "me"})] * 9)
    close_round(session, made, SYSTEM)
    content = content_of_round(session, made)
    session.commit()
    with transaction(sessions) as other:
        round_by_id(other, made.id).response_count = 8
    pair = ("respect", "from_whom=care")
    with transaction(sessions) as now, pytest.raises(Conflict):
        take_look(now, made, content, pair, by_role=False)


def test_two_answers_that_are_taken_back_at_once_are_both_counted(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    one, another = session.scalars(select(Response.id).order_by(Response.id).limit(2))
    session.commit()
    with transaction(sessions) as other:
        assert take_back(other, round_by_id(other, closed.id), one)
    assert closed.response_count == 29  # what this session read before
    assert take_back(session, closed, another)
    session.commit()
    assert (closed.response_count, closed.changed_count) == (27, 2)


def test_a_file_is_not_written_when_one_answer_was_taken_back_since_it_was_ordered(
    session: Session, county: object
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    store_responses(session, made, [NewResponse(answers={"role": "me"})] * 9)
    close_round(session, made, SYSTEM)
    order = order_export(
        session,
        SYSTEM,
        made,
        file_format="csv",
        with_series=False,
        with_texts=False,
        reason="Prov",
    )
    begin_again(session, order)
    finish_export(session, order.id, rows=9, size=90)
    made.response_count = 8
    session.flush()
    with pytest.raises(Conflict):
        begin_again(session, order)
    with pytest.raises(Conflict):  # nor given out when it was taken back while it was written
        finish_export(session, order.id, rows=9, size=90)


def test_one_answer_taken_back_and_one_that_came_close_the_round_to_looks_too(
    session: Session, county: object
) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    answers = [NewResponse(answers={"role": "me", "respect": "often"})] * 9
    store_responses(session, made, answers)
    close_round(session, made, SYSTEM)
    session.flush()
    note_look(session, made)
    session.refresh(made)
    assert may_look(made)
    made.response_count = 8
    made.response_count = 9
    session.flush()
    assert made.changed_count == 2
    assert not may_look(made)
